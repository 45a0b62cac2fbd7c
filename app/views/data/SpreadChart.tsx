import { useState } from 'react'
import type { PropertyProfile } from '../../../engine-worker/index.ts'
import { useBrowseWords } from '../../data/browse-words.ts'
import { SpreadBars, spreadColour } from '../../data/SpreadBars.tsx'
import { useSpreadText } from '../../data/spread-text.ts'
import { count } from '../../i18n/numbers.ts'

interface SpreadChartProps {
  readonly label: string
  readonly spread: NonNullable<PropertyProfile['spread']>
  readonly isFound: boolean
}

/** A spread with its ends and middle; as a table at the press of a button. */
export function SpreadChart({ label, spread, isFound }: SpreadChartProps) {
  const w = useBrowseWords().browse.profile
  const text = useSpreadText(spread.is)
  const [isTable, setTable] = useState(false)
  const { bins, least, middle, most } = spread
  const edgeText = (at: number) =>
    text(
      spread.is === 'length'
        ? Math.round(least + ((most - least) * at) / bins.length)
        : least + ((most - least) * at) / bins.length,
    )
  return (
    <div className="flex flex-col gap-1">
      {isTable ? (
        <div className="max-h-56 overflow-auto rounded-md border border-line">
          <table aria-label={label} className="w-full">
            <thead className="sticky top-0 bg-sunken text-left text-ink-soft">
              <tr>
                <th scope="col" className="px-2 font-semibold">
                  {w.from}
                </th>
                <th scope="col" className="px-2 font-semibold">
                  {w.to}
                </th>
                <th scope="col" className="px-2 text-right font-semibold">
                  {w.count}
                </th>
                {isFound && (
                  <th scope="col" className="px-2 text-right font-semibold">
                    {w.these}
                  </th>
                )}
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {bins.map(({ all, found }, at) => (
                <tr key={edgeText(at) + String(at)} className="border-t border-line">
                  <td className="px-2">{edgeText(at)}</td>
                  <td className="px-2">{edgeText(at + 1)}</td>
                  <td className="px-2 text-right">{count(all)}</td>
                  {isFound && <td className="px-2 text-right">{count(found)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div
          role="img"
          aria-label={`${label}. ${w.least} ${text(least)}, ${w.middle} ${text(middle)}, ${w.most} ${text(most)}`}
        >
          <SpreadBars bins={bins} isFound={isFound} className="h-16" colour={spreadColour(spread.is)} />
        </div>
      )}
      <dl className="grid grid-cols-3 gap-2 tabular-nums">
        {[
          { name: w.least, value: least },
          { name: w.middle, value: middle },
          { name: w.most, value: most },
        ].map(({ name, value }) => (
          <div key={name} className="min-w-0">
            <dt className="text-tiny text-ink-faint">{name}</dt>
            <dd className="truncate" title={text(value)}>
              {text(value)}
            </dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        className="link min-h-6 self-start"
        aria-pressed={isTable}
        onClick={() => setTable(!isTable)}
      >
        {isTable ? w.asChart : w.asTable}
      </button>
    </div>
  )
}
