import { Copy } from 'lucide-react'
import { useWords } from '../i18n/i18n.ts'
import { useProject } from '../store/project.ts'
import { openProject, useProjects } from '../store/projects.ts'
import { Button } from '../ui/Button.tsx'

/** Tells when another tab works on the same project, and offers to work here instead. */
export function Elsewhere({ project }: { readonly project: string }) {
  const w = useWords()
  const readOnly = useProject((state) => state.readOnly)
  const saving = useProjects((state) => state.saving)
  const taken = useProjects((state) => state.taken)
  const conflict = saving === 'conflict'
  if (!readOnly && !conflict) return null
  const says = conflict ? w.elsewhere.conflict : taken ? w.elsewhere.taken : w.elsewhere.readOnly
  return (
    <div
      role="alert"
      className="flex shrink-0 items-center gap-3 border-b border-line bg-warn-soft px-4 py-1.5 text-warn"
    >
      <Copy size={16} aria-hidden className="shrink-0" />
      <span className="min-w-0 flex-1">{says}</span>
      <Button small onClick={() => void openProject(project, true)}>
        {conflict ? w.elsewhere.reload : w.elsewhere.takeOver}
      </Button>
    </div>
  )
}
