import { useEffect } from 'react'
import { FileOpener } from '../../canvas/flow/FileOpener.tsx'
import { FlowCanvas } from '../../canvas/flow/FlowCanvas.tsx'
import { FlowInspector } from '../../canvas/flow/FlowInspector.tsx'
import { KeyDialog } from '../../canvas/pipe/KeyDialog.tsx'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { Tour } from '../../frame/Tour.tsx'
import { loadCatalogue } from '../../store/engine/open-project.ts'

/** The whole project as a graph, with the facts of what is chosen beside it. */
export function FlowView({ project }: { readonly project: string }) {
  useEffect(() => {
    // The palette is made of the engine's declarations.
    loadCatalogue().catch(() => undefined)
  }, [])
  return (
    <PageLayout inspector={<FlowInspector project={project} />}>
      <FlowCanvas project={project} />
      <Tour />
      <FileOpener />
      <KeyDialog />
    </PageLayout>
  )
}
