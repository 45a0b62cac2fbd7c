import {
  componentById,
  componentValue,
  isObject,
  type JsonObject,
  putValue,
  type SafetyReport,
} from '../../../engine-worker/index.ts'
import { editContent } from '../../store/project/project.ts'
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
  const setDurable = (pipe: string, on: boolean) => {
    editContent(on ? w.step.on(pipe) : w.step.off(pipe), (content) => {
      const component = componentById(content, pipe, 'pipe')
      return component ? putValue(content, component.key, withDurable(componentValue(component), on)) : content
    })
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
              {!isBlocked && (
                <Switch label={w.make(pipe)} checked={isDurable} onChange={(on) => setDurable(pipe, on)} />
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function withDurable({ metadata: before, ...config }: JsonObject, on: boolean): JsonObject {
  const { durable: _, ...others } = before !== undefined && isObject(before) ? before : {}
  const metadata = on ? { ...others, durable: true } : others
  return Object.keys(metadata).length === 0 ? config : { ...config, metadata }
}
