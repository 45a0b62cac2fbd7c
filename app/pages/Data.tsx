import { Page } from '../frame/Page.tsx'

export function Data(_: { readonly project: string; readonly dataset: string | null; readonly entity: string | null }) {
  return <Page>Data</Page>
}
