import { ChevronRight, CircleCheck, Filter, Pencil } from 'lucide-react'
import { Fragment, useMemo } from 'react'
import type { EntityWalk, WalkMoment } from '../../../engine-worker/index.ts'
import { PropertyName } from '../../data/PropertyName.tsx'
import { count } from '../../i18n/numbers.ts'
import { showPlace } from '../../pipe/focus.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { usePipeView } from '../../pipe/pipe-view.ts'
import { href } from '../../route.ts'
import { useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { useStageLabel } from '../pipe/stage-look.ts'
import { BreakForm } from './BreakForm.tsx'
import { FoundRows } from './FoundRows.tsx'
import { MergedFrom } from './MergedFrom.tsx'
import { NearMisses } from './NearMisses.tsx'
import { StepValues } from './StepValues.tsx'
import type { useWalkOf } from './use-walk.ts'
import { useWalkWords } from './walk-catalogue.ts'
import { stopOf, type WalkRow } from './walk-rows.ts'
import { useWalk } from './walk-state.ts'
import { walkText } from './walk-words.ts'

interface WalkDetailProps {
  readonly rows: readonly WalkRow[]
  readonly at: number
  readonly walk: EntityWalk | null
  readonly other: ReturnType<typeof useWalkOf> | null
  readonly onStand: (place: number) => void
}

/** The step that one stands on: where it is, its value link by link, what it changed, what it found, and the ends. */
export function WalkDetail({ rows, at, walk, other, onStand }: WalkDetailProps) {
  const row = rows[at]
  if (!row) return null
  return (
    <div className="flex flex-col gap-3 p-4">
      <Where rows={rows} row={row} />
      {row.members.length > 0 && <MergedFrom row={row} />}
      {row.moment !== null && <StepValues key={row.key} row={row} moment={row.moment} />}
      {row.moment !== null && <BeforeAfter rows={rows} at={at} moment={row.moment} />}
      {row.moment !== null && row.moment.found.length > 0 && (
        <FoundRows found={row.moment.found} all={row.moment.foundInAll} />
      )}
      {row.moment !== null && row.moment.foundInAll === 0 && <NearMisses row={row} source={sourceOf(rows, row)} />}
      {row.moment !== null && <BreakForm path={row.moment.path} moment={row.moment} />}
      <Stopped rows={rows} who={walk?.entity ?? ''} onStand={onStand} />
      {other !== null && (
        <Stopped rows={other.rows} who={other.walk?.entity ?? ''} onStand={(place) => selectRow(other, place)} />
      )}
      {walk !== null && <Ends walk={walk} />}
    </div>
  )
}

/** What the steps around a row read: what its rule is applied to, otherwise what comes into the stage. */
function sourceOf(rows: readonly WalkRow[], row: WalkRow): string {
  for (let each: WalkRow | undefined = row; each !== undefined; ) {
    if (each.is === 'rule' && each.moment?.source !== undefined) return each.moment.source
    const { parent }: WalkRow = each
    each = parent === null ? undefined : rows.find(({ key }) => key === parent)
  }
  return row.entity?.text ?? '{}'
}

/** Goes on with the second entity, at one of its rows; the first takes its place. */
function selectRow({ rows, walk }: ReturnType<typeof useWalkOf>, place: number): void {
  const key = rows[place]?.key
  if (walk?.entity === null || walk?.entity === undefined || key === undefined) return
  const { entity } = usePipeView.getState()
  usePipeView.setState({ entity: walk.entity })
  useWalk.setState(entity === null ? { key, other: null } : { key, other: entity })
}

/** The way from the pipe to the step: pipe › stage › step › row › rule › step. */
function Where({ rows, row }: { readonly rows: readonly WalkRow[]; readonly row: WalkRow }) {
  const w = useWalkWords()
  const { id } = usePipe()
  const label = useStageLabel(row.stage)
  const names: string[] = []
  for (let each: WalkRow | undefined = row; each !== undefined; ) {
    const index = each.path.at(-1)
    names.unshift(
      each.is === 'rule'
        ? `${w.walk.row(each.row, each.of)} ${String(index)}`
        : typeof index === 'number'
          ? w.walk.step(index + 1, each.moment?.changes[0]?.name ?? '')
          : label,
    )
    const { parent }: WalkRow = each
    each = parent === null ? undefined : rows.find(({ key }) => key === parent)
  }
  const edit = () => {
    usePipeView.setState({ mode: 'cards', selected: row.path })
    showPlace(row.path)
  }
  return (
    <header className="flex items-center gap-2">
      <nav
        aria-label={w.walk.path}
        className="flex min-w-0 flex-1 flex-wrap items-center gap-x-1 text-tiny text-ink-soft"
      >
        {[id, label, ...names].map((name, index, all) => (
          <Fragment key={index}>
            {index > 0 && <ChevronRight size={11} aria-hidden />}
            <span className={classes(index === all.length - 1 && 'font-semibold text-ink')}>{name}</span>
          </Fragment>
        ))}
      </nav>
      <Button small icon={<Pencil size={12} aria-hidden />} onClick={edit}>
        {w.walk.edit}
      </Button>
    </header>
  )
}

/** What is being made, property by property: as it was before the step and as it is after it. */
function BeforeAfter({
  rows,
  at,
  moment,
}: {
  readonly rows: readonly WalkRow[]
  readonly at: number
  readonly moment: WalkMoment
}) {
  const w = useWalkWords()
  const before = useMemo(() => propertiesBefore(rows, at), [rows, at])
  const changed = new Map(moment.changes.map((change) => [change.name, change]))
  const names = [...new Set([...before.keys(), ...changed.keys()])]
  const shown = names.slice(-60)
  if (names.length === 0) return null
  return (
    <section
      aria-label={w.walk.beforeAfter}
      className="overflow-hidden rounded-lg border border-line bg-surface shadow-low"
    >
      <table className="w-full table-fixed">
        <thead>
          <tr className="text-left text-tiny text-ink-soft">
            <th className="px-3 py-1.5 font-normal">{w.walk.made}</th>
            <th className="px-3 py-1.5 font-normal">{w.pipe.before}</th>
            <th className="px-3 py-1.5 font-normal">{w.pipe.after}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((name) => {
            const change = changed.get(name)
            const valueBefore = change ? change.before : (before.get(name) ?? null)
            const is = change ? change.after : valueBefore
            return (
              <tr key={name} className={classes('border-t border-line/60', change && 'bg-good-soft')}>
                <th className="mono truncate px-3 py-1 text-left font-normal text-source" title={name}>
                  <PropertyName name={name} />
                </th>
                <td
                  className={classes('mono truncate px-3 py-1', valueBefore === null && 'text-ink-faint italic')}
                  title={valueBefore ?? ''}
                >
                  {valueBefore === null ? w.walk.none : walkText(valueBefore)}
                </td>
                <td
                  className={classes(
                    'mono truncate px-3 py-1',
                    change && 'font-semibold',
                    is === null && 'text-ink-faint italic',
                  )}
                  title={is ?? ''}
                >
                  {is === null ? w.walk.none : walkText(is)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {names.length > shown.length && (
        <p className="border-t border-line px-3 py-1 text-tiny text-ink-soft">
          {w.walk.others(count(names.length - shown.length))}
        </p>
      )}
    </section>
  )
}

/** The target as the steps before one, in the same rule, have made it. */
function propertiesBefore(rows: readonly WalkRow[], at: number): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  const here = rows[at]
  if (!here) return texts
  const scope = ruleAround(rows, at)
  for (let place = 0; place < at; place++) {
    const row = rows[place]
    if (row?.is !== 'step' || row.entity !== here.entity || row.stage.id !== here.stage.id) continue
    // A step around others holds what they change, too.
    if (ruleAround(rows, place) !== scope || isAround(rows, row, here)) continue
    for (const { name, after } of row.moment?.changes ?? []) {
      if (after === null) texts.delete(name)
      else texts.set(name, after)
    }
  }
  return texts
}

function ruleAround(rows: readonly WalkRow[], at: number): string {
  for (let each = rows[at]; each !== undefined; ) {
    const { parent }: WalkRow = each
    if (parent === null) return ''
    each = rows.find(({ key }) => key === parent)
    if (each?.is === 'rule') return each.key
  }
  return ''
}

function isAround(rows: readonly WalkRow[], outer: WalkRow, inner: WalkRow): boolean {
  for (let each: WalkRow | undefined = inner; each !== undefined; ) {
    if (each.key === outer.key) return true
    const { parent }: WalkRow = each
    each = parent === null ? undefined : rows.find(({ key }) => key === parent)
  }
  return false
}

interface StoppedProps {
  readonly rows: readonly WalkRow[]
  readonly who: string
  readonly onStand: (place: number) => void
}

/** Why an entity does not go on, with the way to the step. */
function Stopped({ rows, who, onStand }: StoppedProps) {
  const w = useWalkWords()
  const place = stopOf(rows)
  const row = place === null ? undefined : rows[place]
  const label = useStageLabelOf(row)
  if (place === null || !row) return null
  const index = row.path.at(-1)
  const how = row.moment?.problem ? 'failed' : row.entity?.stopped === 'discarded' ? 'discarded' : 'filtered'
  return (
    <section className="flex items-start gap-2 rounded-lg border border-warn bg-warn-soft p-3">
      <Filter size={14} aria-hidden className="mt-0.5 shrink-0 text-warn" />
      <div className="min-w-0 flex-1">
        <p>
          <b className="font-semibold">{who}</b>:{' '}
          {w.pipe.outcome[how](label, row.number, typeof index === 'number' ? index + 1 : null)}
        </p>
        {row.moment?.problem && <p className="text-ink-soft">{w.engine.message(row.moment.problem)}</p>}
      </div>
      <Button small onClick={() => onStand(place)}>
        {w.walk.toStop}
      </Button>
    </section>
  )
}

function useStageLabelOf(row: WalkRow | undefined): string {
  return useStageLabel(row?.stage ?? { id: '', role: 'transform', type: '', config: {}, path: [], implied: false })
}

/** Where it all ended: what goes to the sink, and what was stopped on the way. */
function Ends({ walk }: { readonly walk: EntityWalk }) {
  const w = useWalkWords()
  const { id } = usePipe()
  const project = useProject((state) => state.id) ?? ''
  const stopped = walk.stages.flatMap(({ stage, entities }) =>
    entities.flatMap(({ id: each, stopped: how }) => (how === null ? [] : [{ stage, id: each, how }])),
  )
  return (
    <section aria-label={w.walk.ends} className="overflow-hidden rounded-lg border border-line bg-surface shadow-low">
      <h3 className="eyebrow px-3 pt-2">{w.walk.ends}</h3>
      <ul className="py-1">
        {walk.ends.map(({ id: each }) => (
          <li key={each} className="flex items-center gap-2 px-3 py-1">
            <CircleCheck size={13} aria-hidden className="shrink-0 text-good" />
            <a
              className="mono min-w-0 flex-1 truncate hover:underline"
              href={href({ at: 'data', project, dataset: id, entity: each })}
            >
              {each}
            </a>
            <span className="shrink-0 text-tiny text-good">{w.walk.toSink}</span>
          </li>
        ))}
        {stopped.map(({ id: each, stage, how }) => (
          <li key={`${stage} ${each}`} className="flex items-center gap-2 px-3 py-1">
            <Filter size={13} aria-hidden className="shrink-0 text-warn" />
            <span className="mono min-w-0 flex-1 truncate">{each}</span>
            <span className="shrink-0 text-tiny text-warn">
              {w.walk.stoppedAt(how, Number(stage.split('/')[1] ?? 0) + 2)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
