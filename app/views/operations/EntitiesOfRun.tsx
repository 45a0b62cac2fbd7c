import type { RunRecord } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { useOperationsWords } from './operations-words.ts'
import { Panel } from './Panel.tsx'
import { totalsOf } from './run-totals.ts'

const toneClasses = {
  unchanged: 'bg-line-strong',
  filtered: 'bg-ink-faint',
  written: 'bg-sink',
  deleted: 'bg-transform',
} as const
type Part = keyof typeof toneClasses
const partNames: readonly Part[] = ['unchanged', 'filtered', 'written', 'deleted']

/** What became of the entities that a run read: bars on a scale of powers, so that few are seen beside many. */
export function EntitiesOfRun({ run }: { readonly run: RunRecord }) {
  const w = useOperationsWords().operations
  const totals = totalsOf(run.spans)
  const most = Math.max(1, totals.read, ...partNames.map((part) => totals[part]))
  const widthOf = (value: number) =>
    value === 0 ? '0%' : `${Math.max(3, (100 * Math.log10(1 + value)) / Math.log10(1 + most))}%`
  return (
    <Panel title={w.outcome} aside={w.notToScale}>
      <table className="w-full">
        <tbody>
          <Line name={w.parts.read} value={totals.read} width={widthOf(totals.read)} tone="bg-source" strong />
          {partNames.map((part) => (
            <Line
              key={part}
              name={w.parts[part]}
              value={totals[part]}
              width={widthOf(totals[part])}
              tone={toneClasses[part]}
            />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

interface LineProps {
  readonly name: string
  readonly value: number
  readonly width: string
  readonly tone: string
  readonly strong?: boolean
}

function Line({ name, value, width, tone, strong = false }: LineProps) {
  return (
    <tr className="h-7">
      <th scope="row" className={`w-24 text-left ${strong ? 'font-semibold' : 'font-normal'}`}>
        {name}
      </th>
      <td>
        <span aria-hidden className={`block h-3 rounded-sm ${tone}`} style={{ width }} />
      </td>
      <td className="w-24 text-right font-semibold tabular-nums">{count(value)}</td>
    </tr>
  )
}
