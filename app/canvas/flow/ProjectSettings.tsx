import { componentValue } from '../../../engine-worker/index.ts'
import { FormProvider } from '../../forms/FormProvider.tsx'
import { StageForm } from '../../forms/StageForm.tsx'
import { PipeContext } from '../../pipe/pipe.ts'
import { editContent, useContent, useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { withComponent } from './edits.ts'
import { useFlowWords } from './flow-words.ts'
import { Secrets } from './Secrets.tsx'
import { Servers } from './Servers.tsx'
import { Variables } from './Variables.tsx'

/** What belongs to the project as a whole: its variables and the metadata of its node. */
export function ProjectSettings() {
  const w = useFlowWords()
  const readOnly = useProject((state) => state.readOnly)
  const metadata = Object.values(useContent().components).find(({ kind }) => kind === 'metadata')
  const add = () =>
    editContent(w.flow.settings.addMetadata, (content) => withComponent(content, { _id: 'node', type: 'metadata' }))
  return (
    <div className="flex flex-col gap-6 border-t border-line p-4">
      <Variables />
      <Secrets />
      <Servers />
      <section>
        <h3 className="eyebrow mb-2">{w.flow.settings.metadata}</h3>
        {metadata ? (
          <PipeContext value={metadata.id}>
            <FormProvider>
              <div className="flex flex-col gap-3">
                <StageForm part="metadata" type="metadata" config={componentValue(metadata)} path={[]} />
              </div>
            </FormProvider>
          </PipeContext>
        ) : (
          <>
            <p className="mb-2 text-ink-soft">{w.flow.settings.noMetadata}</p>
            {!readOnly && (
              <Button small onClick={add}>
                {w.flow.settings.addMetadata}
              </Button>
            )}
          </>
        )}
      </section>
    </div>
  )
}
