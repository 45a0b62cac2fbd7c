import { useWords } from '../i18n/i18n.ts'
import { go, projectOfRoute, type Route } from '../route.ts'
import { useProject } from '../store/project/project.ts'
import { closeProject, openStoredProject, stayInProject, useProjects } from '../store/project/projects.ts'
import { useSaving } from '../store/project/saving.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { exportWork, keepWork } from './unsaved-work.ts'

/** Asks what to do with unsaved work before another project is opened in this tab. */
export function UnsavedDialog({ route }: { readonly route: Route }) {
  const w = useWords()
  const opening = useProjects((state) => state.opening)
  const id = useProject((state) => state.id)
  const name = useProject((state) => state.document.name)
  const saving = useSaving(({ state }) => state)
  if (id === null || opening?.state !== 'unsaved' || opening.id !== projectOfRoute(route)) return null
  const openNext = () => void openStoredProject(opening.id, opening.takeOver)
  const stay = () => {
    stayInProject()
    if (opening.id !== id) go({ at: 'flow', project: id }, 'replace')
  }
  const keep = async () => {
    if ((await keepWork()) !== null) openNext()
  }
  const discard = () => {
    closeProject()
    openNext()
  }
  return (
    <Dialog
      open
      wide
      onClose={stay}
      title={w.unsaved.title(name)}
      says={w.unsaved.says[saving === 'saved' || saving === 'saving' ? 'unavailable' : saving]}
      footer={
        <>
          <Button look="danger" className="mr-auto" onClick={discard}>
            {w.unsaved.discard}
          </Button>
          <Button onClick={stay}>{w.unsaved.stay}</Button>
          {(saving === 'quota' || saving === 'unavailable') && <Button onClick={openNext}>{w.unsaved.again}</Button>}
          <Button onClick={() => void exportWork()}>{w.unsaved.export}</Button>
          <Button look="main" onClick={() => void keep()}>
            {w.unsaved.keep}
          </Button>
        </>
      }
    />
  )
}
