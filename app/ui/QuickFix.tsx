import { Wand2 } from 'lucide-react'
import type { Problem } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { useProject } from '../store/project/project.ts'
import { applyQuickFixes, quickFixOf } from '../store/quick-fix.ts'
import { Button } from './Button.tsx'

/** A button that solves problems of one kind, where each offers a change; nothing otherwise. */
export function QuickFix({ problems }: { readonly problems: readonly Problem[] }) {
  const w = useWords()
  const readOnly = useProject((state) => state.readOnly)
  const repairs = problems.map(quickFixOf)
  const [first] = repairs
  if (!first || readOnly || repairs.includes(null)) return null
  const isSame = repairs.every((each) => JSON.stringify(each) === JSON.stringify(first))
  const one = isSame ? w.problems.quickFix(first) : null
  const label = problems.length === 1 && one !== null ? one : w.problems.quickFixAll(problems.length, one)
  return (
    <span className="shrink-0">
      <Button small icon={<Wand2 size={12} aria-hidden />} onClick={() => applyQuickFixes(problems, label)}>
        {label}
      </Button>
    </span>
  )
}
