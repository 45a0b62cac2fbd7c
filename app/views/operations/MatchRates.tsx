import type { Operations } from '../../../engine-worker/index.ts'
import { decimalText } from '../../i18n/i18n.ts'
import { href } from '../../route.ts'
import { useOperationsWords } from './operations-words.ts'
import { Panel } from './Panel.tsx'
import { Sparkline } from './Sparkline.tsx'

/** A rate that fell by more than this share of all is worth a look. */
const notableFall = 0.02
/** Rates that are shown at once. */
const maxRates = 12

/** How many entities of merges share one with others, and how many joins find something, over the last runs. */
export function MatchRates({ project, trends }: { readonly project: string; readonly trends: Operations['trends'] }) {
  const w = useOperationsWords()
  const sorted = trends.toSorted((a, b) => lastChange(a.rates) - lastChange(b.rates)).slice(0, maxRates)
  const runs = Math.max(0, ...trends.map(({ rates }) => rates.length))
  return (
    <Panel title={w.operations.matches} aside={runs > 0 && w.operations.runs(runs)}>
      {sorted.length === 0 ? (
        <p className="text-ink-soft">{w.operations.noMatches}</p>
      ) : (
        <table className="w-full table-fixed">
          <thead className="sr-only">
            <tr>
              <th scope="col">{w.runs.pipe}</th>
              <th scope="col">{w.operations.kind}</th>
              <th scope="col">{w.operations.course}</th>
              <th scope="col">{w.operations.rate}</th>
              <th scope="col">{w.operations.change}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ pipe, is, name, rates }) => {
              const difference = lastChange(rates)
              const tone = difference < -notableFall ? 'text-warn' : ''
              return (
                <tr key={`${pipe} ${is} ${name}`} className="h-7 border-line border-b last:border-b-0">
                  <th scope="row" className="truncate text-left font-normal">
                    <a href={href({ at: 'pipe', project, pipe })} title={pipe} className="hover:underline">
                      {is === 'merge' ? pipe : `${pipe} → ${name}`}
                    </a>
                  </th>
                  <td className="w-14 text-ink-soft">{is}</td>
                  <td className="w-20">
                    <Sparkline values={rates} className={tone || 'text-ink-faint'} />
                  </td>
                  <td className={`w-14 text-right font-semibold tabular-nums ${tone}`}>
                    {decimalText(100 * (rates.at(-1) ?? 0), 1)} %
                  </td>
                  <td className={`w-14 text-right tabular-nums ${tone || 'text-ink-soft'}`}>
                    {rates.length > 1 && `${difference > 0 ? '+' : ''}${decimalText(100 * difference, 1)}`}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

/** How the newest rate differs from the one before. */
function lastChange(rates: readonly number[]): number {
  return (rates.at(-1) ?? 0) - (rates.at(-2) ?? rates.at(-1) ?? 0)
}
