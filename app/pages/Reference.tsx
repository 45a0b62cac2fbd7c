import { Page } from '../frame/Page.tsx'

export function Reference(_: { readonly project: string | null; readonly name: string | null }) {
  return <Page>Reference</Page>
}
