import { Page } from '../frame/Page.tsx'

export function Runs(_: { readonly project: string }) {
  return <Page>Runs</Page>
}
