import type { PropertyProfile } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { count, percent } from '../i18n/numbers.ts'
import { useSettings } from '../store/settings.ts'
import { classes } from '../ui/classes.ts'
import { humanText } from './human.ts'
import { useTextOfTransit } from './ShownValue.tsx'

interface ColumnProfileProps {
  readonly profile: PropertyProfile
  /** Entities that were looked at. */
  readonly of: number
}

/** Under the name of a column: its types, how its values are spread or which are commonest, and how many there are. */
export function ColumnProfile({ profile, of }: ColumnProfileProps) {
  const w = useWords().data.profile
  const { present, nulls, kinds, distinct, more, top, spread } = profile
  const missing = of - present
  return (
    <div className="flex h-24 min-w-0 flex-col px-3 pb-1 text-left text-tiny font-normal text-ink-soft">
      <span className="truncate">{kinds.join(' | ')}</span>
      <span className="flex min-h-0 flex-1 flex-col justify-end">
        {spread ? <Spread spread={spread} /> : <Top top={top} of={present} />}
      </span>
      <span aria-hidden className="mt-1 h-1 w-full overflow-hidden rounded-full bg-line">
        <span className="block h-full bg-good" style={{ width: `${(100 * present) / Math.max(1, of)}%` }} />
      </span>
      <span className="flex justify-between gap-2">
        <span className={classes('truncate', missing > 0 && 'text-warn')}>
          {missing === 0 ? w.never : w.missing(percent(missing / Math.max(1, of)), nulls > 0)}
        </span>
        {!spread && present > 0 && (
          <span className="shrink-0">
            {!more && distinct === present ? w.unique : w.distinct(count(distinct), more)}
          </span>
        )}
      </span>
    </div>
  )
}

/** Bars of equal parts from the least to the greatest value. */
function Spread({ spread }: { readonly spread: NonNullable<PropertyProfile['spread']> }) {
  const language = useSettings((state) => state.language)
  const { is, bins, least, most } = spread
  const highest = Math.max(...bins)
  const text = (value: number) =>
    is === 'moment' ? humanText(`~t${new Date(value).toISOString()}`, language) : humanText(rounded(value), language)
  return (
    <>
      <svg viewBox={`0 0 ${bins.length * 8} 24`} preserveAspectRatio="none" aria-hidden className="h-6 w-full">
        {bins.map((each, at) => {
          const height = each === 0 ? 0 : Math.max(1.5, (24 * each) / highest)
          return <rect key={at} x={at * 8} y={24 - height} width={7} height={height} className="fill-transform/70" />
        })}
      </svg>
      <span className="flex justify-between gap-2 tabular-nums">
        <span className="truncate">{text(least)}</span>
        <span className="truncate">{text(most)}</span>
      </span>
    </>
  )
}

/** The commonest values with their share. */
function Top({ top, of }: { readonly top: PropertyProfile['top']; readonly of: number }) {
  const textOf = useTextOfTransit()
  return top.map(({ value, count: times }) => (
    <span key={value} className="flex min-w-0 justify-between gap-2">
      <span className="min-w-0 truncate">{textOf(value)}</span>
      <span className="shrink-0 tabular-nums">{percent(times / Math.max(1, of))}</span>
    </span>
  ))
}

/** Numbers of a scale need no more than three digits behind the point. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
