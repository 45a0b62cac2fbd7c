import { Page } from '../frame/Page.tsx'

export function Lineage(_: {
  readonly project: string
  readonly dataset: string | null
  readonly property: string | null
}) {
  return <Page>Lineage</Page>
}
