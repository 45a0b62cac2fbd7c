import { classes } from '../../ui/classes.ts'
import { useStageLabel } from '../pipe/stage-look.ts'
import { useWalkWords } from './walk-catalogue.ts'
import { isStandable, type WalkRow } from './walk-rows.ts'
import { useWalk } from './walk-state.ts'

interface WalkLineProps {
  readonly rows: readonly WalkRow[]
  readonly at: number
  readonly onStand: (place: number) => void
}

/** More dots than this in a stage become a count. */
const maxDots = 40

/** All steps in a line, stage by stage: done, now, later; what happens inside the step one stands in is opened. */
export function WalkLine({ rows, at, onStand }: WalkLineProps) {
  const stages = rows.filter(({ is }) => is === 'stage')
  return (
    <ol
      aria-hidden
      className="flex shrink-0 overflow-x-auto border-b border-line bg-surface px-4 py-1.5 max-[960px]:hidden"
    >
      {stages.map((stage) => (
        <StageDots key={stage.key} stage={stage} rows={rows} at={at} onStand={onStand} />
      ))}
    </ol>
  )
}

function StageDots({ stage, rows, at, onStand }: WalkLineProps & { readonly stage: WalkRow }) {
  const w = useWalkWords()
  const label = useStageLabel(stage.stage)
  const breakpoints = useWalk((state) => state.breakpoints)
  const here = rows[at]
  const ancestors = rowsAround(rows, here)
  const places = rows.flatMap((row, place) => {
    const isOfStage = row.number === stage.number && (isStandable(row) || row.is === 'unreached')
    const inside = row.parent !== null
    return isOfStage && (!inside || (row.parent !== null && ancestors.has(stepOf(rows, row)))) ? [place] : []
  })
  return (
    <li className="flex shrink-0 flex-col gap-1 border-r border-line pr-6 pl-3 first:pl-0 last:border-0">
      <span
        className={classes('text-tiny', here?.number === stage.number ? 'font-semibold text-ink' : 'text-ink-soft')}
      >
        {label}
      </span>
      <span className="flex h-4 items-center">
        {places.slice(0, maxDots).map((place) => {
          const row = rows[place]
          const paused = breakpoints.some(({ path }) => path === row?.moment?.path)
          return (
            <button
              key={place}
              type="button"
              tabIndex={-1}
              onClick={() => row && isStandable(row) && onStand(place)}
              className="flex h-4 min-h-0 w-4 min-w-0 shrink-0 items-center justify-center"
            >
              <span
                className={classes(
                  'shrink-0 border',
                  paused ? 'rounded-[2px]' : 'rounded-full',
                  row?.parent === null ? 'size-2.5' : 'size-2 border-hops',
                  place === at
                    ? 'size-3 border-[3px] border-accent bg-surface'
                    : place < at
                      ? 'border-accent bg-accent'
                      : 'border-line-strong bg-surface',
                )}
              />
            </button>
          )
        })}
        {places.length > maxDots && <span className="text-tiny text-ink-soft">+{places.length - maxDots}</span>}
        {places.length === 0 && (
          <span className="text-tiny text-ink-faint">
            {stage.entity || stage.stage.role !== 'transform' ? '' : w.walk.notReached}
          </span>
        )}
      </span>
    </li>
  )
}

/** Keys of the steps that a row stands in, its own too. */
function rowsAround(rows: readonly WalkRow[], row: WalkRow | undefined): ReadonlySet<string> {
  const keys = new Set<string>()
  for (let each = row; each !== undefined; ) {
    keys.add(each.key)
    const parent: string | null = each.parent
    each = parent === null ? undefined : rows.find(({ key }) => key === parent)
  }
  return keys
}

/** Key of the step around a row; the rule between them is passed over. */
function stepOf(rows: readonly WalkRow[], { parent }: WalkRow): string {
  const rule = rows.find(({ key }) => key === parent)
  return rule?.is === 'rule' ? (rule.parent ?? '') : (parent ?? '')
}
