import { componentById } from '../../engine-worker/index.ts'
import { Page } from '../frame/Page.tsx'
import { useContent } from '../store/project.ts'

/** One pipe. */
export function Pipe({ pipe }: { readonly project: string; readonly pipe: string }) {
  const component = componentById(useContent(), pipe, 'pipe')
  return (
    <Page>
      <pre className="min-h-0 flex-1 overflow-auto p-4">{component?.text}</pre>
    </Page>
  )
}
