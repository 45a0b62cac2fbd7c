import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import type { Usage } from './use-costs.ts'

const width = 480
const height = 140

/** The daily counts as a line, with where it leads; as a table for those who do not see it. */
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
  const time = (day: string) => Date.parse(`${day}T00:00:00Z`)
  const start = time(first.day)
  const end = time(forecast?.day ?? last.day)
  const most = Math.max(1, ...samples.map(({ bytes }) => bytes), forecast?.bytes ?? 0)
  const point = (day: string, bytes: number) =>
    `${(((time(day) - start) / (end - start)) * width).toFixed(1)},${(height - (bytes / most) * height).toFixed(1)}`
  const line = samples.map(({ day, bytes }) => point(day, bytes))
  const summary = w.subscription.historySays(
    w.subscription.size(first.bytes),
    first.day,
    w.subscription.size(last.bytes),
    last.day,
  )
  return (
    <SectionCard title={w.subscription.history} says={w.subscription.size(last.bytes)}>
      <svg viewBox={`-2 -4 ${width + 4} ${height + 8}`} className="w-full" role="img" aria-label={summary}>
        <path d={`M0,${height} H${width}`} className="stroke-line-strong" />
        <polyline points={line.join(' ')} fill="none" strokeWidth={2} className="stroke-accent" />
        {forecast !== null && (
          <polyline
            points={`${point(last.day, last.bytes)} ${point(forecast.day, forecast.bytes)}`}
            fill="none"
            strokeDasharray="4 4"
            className="stroke-ink-soft"
          />
        )}
      </svg>
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
