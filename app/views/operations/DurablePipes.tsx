import type { SafetyReport } from '../../../engine-worker/index.ts'
import { setAt } from '../../pipe/pipe-changes.ts'
import { Switch } from '../../ui/Switch.tsx'
import { useDurableWords } from './durable-words.ts'

interface DurablePipesProps extends Pick<SafetyReport, 'durable' | 'advised'> {
  readonly isBlocked: boolean
  readonly onChanged: () => void
}

/** The durable pipes, and those for which it is advised, each with a switch that is a step of history. */
export function DurablePipes({ durable, advised, isBlocked, onChanged }: DurablePipesProps) {
  const w = useDurableWords().durable
  const shown = [...durable, ...advised].sort((a, b) => (a < b ? -1 : 1))
  const change = (pipe: string, on: boolean) => {
    setAt(pipe, ['metadata', 'durable'], on ? true : undefined, on ? w.step.on(pipe) : w.step.off(pipe))
    onChanged()
  }
  return (
    <section aria-label={w.durable}>
      <h3 className="eyebrow mb-1">{w.durable}</h3>
      <p className="mb-2 text-ink-soft">{shown.length === 0 ? w.teach : w.durableSays}</p>
      <ul className="max-h-48 overflow-auto">
        {shown.map((pipe) => {
          const isDurable = durable.includes(pipe)
          return (
            <li key={pipe} className="flex items-center gap-2 border-line border-b py-1 last:border-b-0">
              <span className="min-w-0 flex-1 truncate">{pipe}</span>
              {!isDurable && <span className="text-ink-soft text-tiny">{w.advised}</span>}
              {!isBlocked && <Switch label={w.make(pipe)} checked={isDurable} onChange={(on) => change(pipe, on)} />}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
