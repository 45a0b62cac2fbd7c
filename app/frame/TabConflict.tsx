import { Copy } from 'lucide-react'
import { useWords } from '../i18n/i18n.ts'
import { go } from '../route.ts'
import { useProject } from '../store/project/project.ts'
import { openStoredProject, useProjects } from '../store/project/projects.ts'
import { useSaving, useUnsavedWork } from '../store/project/saving.ts'
import { Button } from '../ui/Button.tsx'
import { exportWork, keepWork } from './unsaved-work.ts'

/** Tells when another tab works on the same project or has deleted it, and offers what can be done about it. */
export function TabConflict({ project }: { readonly project: string }) {
  const w = useWords()
  const readOnly = useProject((state) => state.readOnly)
  const saving = useSaving(({ state }) => state)
  const takenOver = useProjects((state) => state.taken)
  const unsaved = useUnsavedWork()
  const deleted = saving === 'deleted'
  const conflict = saving === 'conflict'
  if (!readOnly && !conflict && !deleted) return null
  const readOnlySays = !takenOver ? w.elsewhere.readOnly : unsaved ? w.elsewhere.takenUnsaved : w.elsewhere.taken
  const says = deleted ? w.elsewhere.deleted : conflict && !readOnly ? w.elsewhere.conflict : readOnlySays
  const keepCopy = async () => {
    const id = await keepWork()
    if (id !== null) go({ at: 'flow', project: id }, 'replace')
  }
  return (
    <div
      role="alert"
      className="flex shrink-0 flex-wrap items-center gap-3 border-b border-line bg-warn-soft px-4 py-1.5 text-warn"
    >
      <Copy size={16} aria-hidden className="shrink-0" />
      <span className="min-w-60 flex-1">{says}</span>
      {unsaved && (
        <>
          <Button small onClick={() => void exportWork()}>
            {w.unsaved.export}
          </Button>
          <Button small onClick={() => void keepCopy()}>
            {w.unsaved.keep}
          </Button>
        </>
      )}
      {!deleted && (
        <Button small onClick={() => void openStoredProject(project, true)}>
          {conflict && !readOnly ? w.elsewhere.reload : w.elsewhere.takeOver}
        </Button>
      )}
    </div>
  )
}
