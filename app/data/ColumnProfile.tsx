import { useMemo } from 'react'
import type { PropertyProfile } from '../../engine-worker/index.ts'
import { count, percent } from '../i18n/numbers.ts'
import { classes } from '../ui/classes.ts'
import { useBrowseWords } from './browse-words.ts'
import { useTextOfTransit } from './ShownValue.tsx'
import { SpreadBars, spreadColour } from './SpreadBars.tsx'
import { useSpreadText } from './spread-text.ts'

interface ColumnProfileProps {
  readonly profile: PropertyProfile
  /** Entities that were looked at. */
  readonly of: number
  /** Whether more are to come. */
  readonly isPart: boolean
  /** Whether a query tells some of them apart. */
  readonly isFound: boolean
}

/** Commonest values in a head. */
const maxListed = 3
/** With so few different values, each is a bar. */
const maxBars = 12

/** Under the name of a column: its types, how its values are spread or which are commonest, and how many there are. */
export function ColumnProfile({ profile, of, isPart, isFound }: ColumnProfileProps) {
  const w = useBrowseWords().browse.data.profile
  const { present, nulls, kinds, distinct, top, spread } = profile
  const missing = of - present.all
  const bars = useMemo(() => spread?.bins ?? (distinct <= maxBars ? top : []), [spread, distinct, top])
  return (
    <div className="flex h-36 min-w-0 flex-col px-3 pb-1 text-left text-tiny font-normal text-ink-soft">
      <span className="truncate">
        {kinds.map(({ kind }) => kind).join(' | ')}
        {isPart && <span className="text-warn"> · {w.part(count(of))}</span>}
      </span>
      {bars.length > 1 && (
        <SpreadBars
          bins={bars}
          isFound={isFound}
          className="mt-1 h-6 shrink-0"
          colour={spread ? spreadColour(spread.is) : 'fill-source'}
        />
      )}
      <span className="flex min-h-0 flex-1 flex-col justify-end overflow-hidden">
        {spread && spread.is !== 'length' ? <Ends spread={spread} /> : <Top profile={profile} isFound={isFound} />}
      </span>
      <span aria-hidden className="mt-1 h-1 w-full shrink-0 overflow-hidden rounded-full bg-line">
        <span className="block h-full bg-good" style={{ width: `${(100 * present.all) / Math.max(1, of)}%` }} />
      </span>
      <span className="flex shrink-0 flex-col">
        <span className={classes('truncate', missing > 0 && 'text-warn')}>
          {missing === 0 ? w.never : w.missing(percent(missing / Math.max(1, of)), missingKind(missing, nulls.all))}
        </span>
        {present.all > 0 && (
          <span className="truncate">{distinct === present.all ? w.unique : w.distinct(count(distinct), false)}</span>
        )}
      </span>
    </div>
  )
}

/** Whether entities without a value lack the property, have null in it, or some the one and some the other. */
function missingKind(missing: number, nulls: number): 'missing' | 'null' | 'both' {
  return nulls === 0 ? 'missing' : nulls === missing ? 'null' : 'both'
}

/** A head as one sentence, for those who hear it. */
export function useProfileSentence(): (profile: PropertyProfile, of: number) => string {
  const profileWords = useBrowseWords().browse.data.profile
  const { column } = useBrowseWords().browse
  return ({ name, present, nulls, kinds, distinct }, of) => {
    const missing = of - present.all
    return column.sentence(
      name,
      kinds.map(({ kind }) => kind).join(' | '),
      missing === 0
        ? profileWords.never
        : profileWords.missing(percent(missing / Math.max(1, of)), missingKind(missing, nulls.all)),
      distinct === present.all ? profileWords.unique : profileWords.distinct(count(distinct), false),
    )
  }
}

function Ends({ spread }: { readonly spread: NonNullable<PropertyProfile['spread']> }) {
  const text = useSpreadText(spread.is)
  return (
    <span className="flex justify-between gap-2 tabular-nums">
      <span className="truncate">{text(spread.least)}</span>
      <span className="truncate">{text(spread.most)}</span>
    </span>
  )
}

/** The commonest values with their share; the lengths of texts where none comes twice. */
function Top({ profile: { top, present, spread }, isFound }: Pick<ColumnProfileProps, 'profile' | 'isFound'>) {
  const textOf = useTextOfTransit()
  const { column } = useBrowseWords().browse
  if (top.length === 0 && spread) {
    return <span className="truncate">{column.lengths(count(spread.least), count(spread.most))}</span>
  }
  return top.slice(0, maxListed).map(({ value, all, found }) => (
    <span key={value} className="flex min-w-0 justify-between gap-2">
      <span className="min-w-0 truncate">{textOf(value)}</span>
      <span className="shrink-0 tabular-nums">
        {isFound ? `${count(found)} / ${count(all)}` : percent(all / Math.max(1, present.all))}
      </span>
    </span>
  ))
}
