import { Database, ScrollText } from 'lucide-react'
import { executionLogPrefix, type PipeProgress } from '../../../engine-worker/index.ts'
import { duration, useWords } from '../../i18n/i18n.ts'
import { count } from '../../i18n/numbers.ts'
import { href } from '../../route.ts'
import { useEngine } from '../../store/engine/state.ts'
import { StateMark } from './StateMark.tsx'

interface PipeTableProps {
  readonly project: string
  readonly pipes: readonly PipeProgress[]
}

const numberColumns = ['read', 'written', 'deleted', 'unchanged', 'filtered', 'reprocessed'] as const

/** What each pipe of a run did, with a bar for its share of the time. */
export function PipeTable({ project, pipes }: PipeTableProps) {
  const w = useWords()
  const datasets = useEngine((state) => state.datasets)
  const filled = new Map(
    datasets.flatMap(({ producer, name, role }) =>
      producer && role !== 'supplied' && !name.startsWith(executionLogPrefix) ? [[producer, name]] : [],
    ),
  )
  const logs = new Set(datasets.flatMap(({ name }) => (name.startsWith(executionLogPrefix) ? [name] : [])))
  const longest = Math.max(1, ...pipes.map((pipe) => pipe.milliseconds))
  return (
    <div className="overflow-x-auto px-5 pb-6">
      <table className="w-full overflow-hidden whitespace-nowrap rounded-lg border border-line bg-surface">
        <thead className="bg-sunken text-left text-ink-soft">
          <tr>
            <th scope="col" className="px-3 py-1.5 font-semibold">
              {w.runs.pipe}
            </th>
            {numberColumns.map((name) => (
              <th key={name} scope="col" title={w.runs.says[name]} className="px-3 py-1.5 text-right font-semibold">
                {w.runs.columns[name]}
              </th>
            ))}
            <th scope="col" className="w-36 px-3 py-1.5 text-right font-semibold">
              {w.runs.time}
            </th>
          </tr>
        </thead>
        <tbody>
          {pipes.map((pipe) => (
            <tr key={pipe.pipe} className="border-t border-line hover:bg-hover">
              <th scope="row" className="max-w-80 px-3 py-1.5 text-left font-normal">
                <span className="flex items-center gap-2">
                  <StateMark state={pipe.state} />
                  <a
                    href={href({ at: 'pipe', project, pipe: pipe.pipe })}
                    className="truncate rounded-sm leading-6 hover:underline"
                  >
                    {pipe.pipe}
                  </a>
                  {filled.has(pipe.pipe) && (
                    <a
                      href={href({ at: 'data', project, dataset: filled.get(pipe.pipe) ?? '', entity: null })}
                      aria-label={w.runs.look(pipe.pipe)}
                      title={w.runs.look(pipe.pipe)}
                      className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-faint hover:text-accent"
                    >
                      <Database size={13} aria-hidden />
                    </a>
                  )}
                  {logs.has(executionLogPrefix + pipe.pipe) && (
                    <a
                      href={href({ at: 'data', project, dataset: executionLogPrefix + pipe.pipe, entity: null })}
                      aria-label={w.runs.log(pipe.pipe)}
                      title={w.runs.log(pipe.pipe)}
                      className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-faint hover:text-accent"
                    >
                      <ScrollText size={13} aria-hidden />
                    </a>
                  )}
                </span>
              </th>
              {numberColumns.map((name) => (
                <td
                  key={name}
                  className={pipe[name] === 0 ? 'px-3 py-1.5 text-right text-ink-faint' : 'px-3 py-1.5 text-right'}
                >
                  {count(pipe[name])}
                </td>
              ))}
              <td className="px-3 py-1.5 text-right">
                <span className="block">{duration(pipe.milliseconds)}</span>
                <span aria-hidden className="mt-0.5 block h-[3px] rounded-full bg-sunken">
                  <span
                    className="ml-auto block h-full rounded-full bg-accent"
                    style={{ width: `${(pipe.milliseconds / longest) * 100}%` }}
                  />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
