import { Wand2 } from 'lucide-react'
import type { Problem } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { useProject } from '../store/project/project.ts'
import { applyQuickFix, quickFixName } from '../store/quick-fix.ts'
import { Button } from './Button.tsx'

/** A button that applies the quick fix of a problem; nothing where it has none. */
export function QuickFix({ problem }: { readonly problem: Problem }) {
  const w = useWords()
  const readOnly = useProject((state) => state.readOnly)
  const name = quickFixName(problem)
  if (name === null || readOnly) return null
  const label = w.problems.quickFix(name)
  return (
    <span className="shrink-0">
      <Button small icon={<Wand2 size={12} aria-hidden />} onClick={() => applyQuickFix(problem, label)}>
        {label}
      </Button>
    </span>
  )
}
