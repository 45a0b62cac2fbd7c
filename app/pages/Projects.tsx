import { Page } from '../frame/Page.tsx'

export function Projects() {
  return <Page>projects</Page>
}
