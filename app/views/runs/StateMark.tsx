import { Ban, CircleAlert, CircleCheck, CircleDashed, CircleSlash, LoaderCircle } from 'lucide-react'
import type { RunState } from '../../../engine-worker/index.ts'
import { useWords } from '../../i18n/i18n.ts'

/** The state of a run or of a pipe in it, with its name. */
export function StateMark({ state }: { readonly state: RunState }) {
  const w = useWords()
  const name = w.runs.states[state]
  switch (state) {
    case 'done':
      return <CircleCheck size={16} aria-label={name} className="shrink-0 text-good" />
    case 'failed':
      return <CircleAlert size={16} aria-label={name} className="shrink-0 text-bad" />
    case 'running':
      return <LoaderCircle size={16} aria-label={name} className="shrink-0 animate-spin text-accent" />
    case 'cancelled':
      return <CircleSlash size={16} aria-label={name} className="shrink-0 text-warn" />
    case 'not-runnable':
      return <Ban size={16} aria-label={name} className="shrink-0 text-ink-faint" />
    default:
      return <CircleDashed size={16} aria-label={name} className="shrink-0 text-ink-faint" />
  }
}
