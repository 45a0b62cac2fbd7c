import { Page } from '../frame/Page.tsx'

export function Deploy(_: { readonly project: string }) {
  return <Page>Deploy</Page>
}
