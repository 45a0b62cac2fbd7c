import { Page } from '../frame/Page.tsx'

export function Tests(_: { readonly project: string }) {
  return <Page>tests</Page>
}
