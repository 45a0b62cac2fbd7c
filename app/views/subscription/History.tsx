import { Download } from 'lucide-react'
import { saveFile } from '../../store/save-file.ts'
import { Button } from '../../ui/Button.tsx'
import { saveCsv } from './invoice-files.ts'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import { usageSeries } from './usage-series.ts'
import type { Usage } from './use-costs.ts'

const chartWidth = 480
const chartHeight = 150
/** From the largest system on; the last one is for all others. */
const shadeClasses = [
  'fill-accent',
  'fill-source',
  'fill-transform',
  'fill-sink',
  'fill-warn',
  'fill-good',
  'fill-line-strong',
]

/** The daily counts by system, one above the other, with where they lead; as a table for those who do not see it. */
export function History({ usage: { samples, forecast } }: { readonly usage: Usage }) {
  const w = useSubscriptionWords()
  const [first] = samples
  const last = samples.at(-1)
  if (first === undefined || last === undefined || first === last) {
    return (
      <SectionCard title={w.subscription.history}>
        <p className="py-1 text-ink-soft">{w.subscription.firstCount}</p>
      </SectionCard>
    )
  }
  const timeOfDay = (day: string) => Date.parse(`${day}T00:00:00Z`)
  const start = timeOfDay(first.day)
  const end = timeOfDay(forecast?.day ?? last.day)
  const most = Math.max(1, ...samples.map(({ bytes }) => bytes), forecast?.bytes ?? 0)
  const xOf = (day: string) => ((timeOfDay(day) - start) / (end - start)) * chartWidth
  const yOf = (bytes: number) => chartHeight - (bytes / most) * chartHeight
  const pointText = (day: string, bytes: number) => `${xOf(day).toFixed(1)},${yOf(bytes).toFixed(1)}`
  const series = usageSeries(samples, shadeClasses.length)
  const summary = w.subscription.historySays(
    w.subscription.size(first.bytes),
    first.day,
    w.subscription.size(last.bytes),
    last.day,
  )
  const saveTable = () => {
    const fields = ['day', 'bytes', ...series.map(({ system }) => system ?? w.subscription.others)]
    const data = samples.map(({ day, bytes }, at) => [day, bytes, ...series.map(({ sizes }) => sizes[at] ?? 0)])
    return saveCsv([fields, ...data], 'usage.csv')
  }
  return (
    <SectionCard
      title={w.subscription.history}
      says={w.subscription.size(last.bytes)}
      aside={
        <>
          <Button small icon={<Download size={14} aria-hidden />} onClick={() => void saveTable()}>
            {w.subscription.saveCsv}
          </Button>
          <Button
            small
            icon={<Download size={14} aria-hidden />}
            onClick={() => saveFile(JSON.stringify(samples, null, 2), 'usage.json', 'application/json')}
          >
            {w.subscription.saveJson}
          </Button>
        </>
      }
    >
      <div className="flex flex-wrap items-start gap-4 py-1">
        <svg
          viewBox={`-2 -4 ${chartWidth + 4} ${chartHeight + 8}`}
          className="min-w-64 flex-1"
          role="img"
          aria-label={summary}
        >
          {series.map(({ system, from, to }, shade) => (
            <polygon
              key={system ?? ''}
              className={`${shadeClasses[shade]} opacity-80`}
              points={[
                ...samples.map(({ day }, at) => pointText(day, to[at] ?? 0)),
                ...samples.map(({ day }, at) => pointText(day, from[at] ?? 0)).toReversed(),
              ].join(' ')}
            />
          ))}
          <path d={`M0,${chartHeight} H${chartWidth}`} className="stroke-line-strong" />
          <polyline
            points={samples.map(({ day, bytes }) => pointText(day, bytes)).join(' ')}
            fill="none"
            strokeWidth={2}
            className="stroke-accent"
          />
          {forecast !== null && (
            <polyline
              points={`${pointText(last.day, last.bytes)} ${pointText(forecast.day, forecast.bytes)}`}
              fill="none"
              strokeDasharray="4 4"
              className="stroke-ink-soft"
            />
          )}
        </svg>
        {series.length > 1 && (
          <ul className="min-w-40">
            {series.map(({ system, sizes }, shade) => (
              <li key={system ?? ''} className="flex items-center gap-2">
                <svg viewBox="0 0 10 10" className="size-2.5 shrink-0" aria-hidden>
                  <rect width={10} height={10} rx={2} className={shadeClasses[shade]} />
                </svg>
                <span className="min-w-0 flex-1 truncate">
                  {system === null ? w.subscription.others : system || w.subscription.none.system}
                </span>
                <span className="tabular-nums">{w.subscription.size(sizes.at(-1) ?? 0)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <p className="py-1 text-ink-soft">
        {summary}{' '}
        {forecast === null
          ? w.subscription.noForecast
          : w.subscription.forecast(
              w.subscription.size(Math.abs(forecast.perMonth)),
              forecast.perMonth >= 0,
              w.subscription.size(forecast.bytes),
              forecast.day,
            )}
      </p>
      <details className="py-1">
        <summary className="text-accent">{w.subscription.asTable}</summary>
        <table className="w-full tabular-nums">
          <tbody>
            {samples.toReversed().map(({ day, bytes }) => (
              <tr key={day}>
                <th scope="row" className="text-left font-normal">
                  {day}
                </th>
                <td className="text-right">{w.subscription.size(bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </SectionCard>
  )
}
