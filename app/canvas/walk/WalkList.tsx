import { Square, SquareDot } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { type Json, stepSentence } from '../../../engine-worker/index.ts'
import { valueAtPath as valueAt } from '../../pipe/json-edits.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { usePreviewStore } from '../../pipe/preview-store.ts'
import { useVocabulary } from '../../pipe/vocabulary.ts'
import { useFunctionTable } from '../../store/catalogue.ts'
import { classes } from '../../ui/classes.ts'
import { stageFigures } from '../pipe/stage-figures.ts'
import { stageBar, useStageLabel } from '../pipe/stage-look.ts'
import { Tokens } from '../pipe/Tokens.tsx'
import type { useWalkOf } from './use-walk.ts'
import { useWalkWords } from './walk-catalogue.ts'
import { isStandable, type WalkRow } from './walk-rows.ts'
import { toggleBreakpoint, useWalk } from './walk-state.ts'
import { walkResult, walkText } from './walk-words.ts'

interface WalkListProps {
  readonly rows: readonly WalkRow[]
  readonly at: number
  /** The walk of the entity beside; null: one alone. */
  readonly other: ReturnType<typeof useWalkOf> | null
  readonly onStand: (place: number) => void
}

/** Everything that happens to the entity, in order: done, now and later; beside it the same for a second entity. */
export function WalkList({ rows, at, other, onStand }: WalkListProps) {
  const w = useWalkWords()
  const { value } = usePipe()
  const besides = useMemo(() => new Map(other?.rows.map((row) => [row.key, row])), [other])
  const room = useRef<HTMLOListElement>(null)
  useEffect(() => {
    void at
    room.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  return (
    <ol
      ref={room}
      aria-label={w.walk.list}
      className={classes('pb-4', other !== null && 'min-w-max min-[960px]:min-w-0')}
    >
      {rows.map((row, place) => {
        const later = at >= 0 && place > at
        const beside = besides.get(row.key)
        return (
          <li
            key={row.key}
            className={classes('flex items-stretch border-b border-line/70', later && place !== at && 'opacity-60')}
          >
            <BreakButton row={row} />
            {row.is === 'stage' ? (
              <StageRow row={row} number={row.number} now={place === at} onStand={() => onStand(place)} />
            ) : (
              <MomentRow
                row={row}
                json={valueAt(value, row.path)}
                now={place === at}
                onStand={() => isStandable(row) && onStand(place)}
              />
            )}
            {other !== null && <BesideCell row={row} beside={beside} />}
          </li>
        )
      })}
    </ol>
  )
}

function StageRow({
  row,
  number,
  now,
  onStand,
}: {
  readonly row: WalkRow
  readonly number: number
  readonly now: boolean
  readonly onStand: () => void
}) {
  const w = useWalkWords()
  const functions = useFunctionTable()
  const label = useStageLabel(row.stage)
  const preview = usePreviewStore((live) => live.preview)
  const place = number === 0 ? null : (preview?.stages[number - 1]?.stage ?? null)
  const figures = stageFigures(row.stage, place, preview, functions)
  const flow =
    figures.after === null
      ? ''
      : figures.before === null
        ? `${figures.after}`
        : w.pipe.inOut(`${figures.before}`, `${figures.after}`)
  const walkable = isStandable(row)
  return (
    <button
      type="button"
      disabled={!walkable}
      aria-current={now ? 'step' : undefined}
      onClick={onStand}
      className={classes(
        'relative flex min-h-6 min-w-0 flex-1 items-center gap-2 py-0.5 pr-3 pl-3 text-left -outline-offset-2',
        now ? 'bg-accent-soft' : 'bg-sunken',
      )}
    >
      <span aria-hidden className={classes('absolute inset-y-0.5 left-0 w-[3px] rounded-r-sm', stageBar(row.stage))} />
      <span className="w-4 text-right text-tiny text-ink-soft">{number + 1}</span>
      <span className="min-w-0 flex-1 truncate font-semibold">{label}</span>
      <span className="shrink-0 text-tiny text-ink-soft">{walkResult(row, w) || flow}</span>
    </button>
  )
}

function MomentRow({
  row,
  json,
  now,
  onStand,
}: {
  readonly row: WalkRow
  readonly json: Json | undefined
  readonly now: boolean
  readonly onStand: () => void
}) {
  const w = useWalkWords()
  const vocabulary = useVocabulary()
  const tokens = useMemo(
    () => (row.is === 'step' || row.is === 'unreached' ? stepSentence(json ?? null, vocabulary, row.path) : []),
    [row, json, vocabulary],
  )
  const bad = row.moment?.problem !== undefined
  const inside = row.depth > 1
  const index = row.path.at(-1)
  return (
    <button
      type="button"
      aria-current={now ? 'step' : undefined}
      disabled={!isStandable(row)}
      onClick={onStand}
      className={classes(
        'flex min-h-6 min-w-0 flex-1 items-start gap-2 py-1 pr-3 text-left -outline-offset-2',
        now
          ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]'
          : bad
            ? 'bg-bad-soft'
            : inside
              ? 'bg-hops-soft/40'
              : 'bg-surface',
        isStandable(row) && !now && 'hover:bg-hover',
      )}
      style={{ paddingLeft: 4 + row.depth * 18 }}
    >
      <span className="w-4 shrink-0 text-right text-tiny leading-5 text-ink-faint">
        {row.is === 'step' || row.is === 'unreached' ? (typeof index === 'number' ? index + 1 : '') : ''}
      </span>
      <span className="min-w-0 flex-1 leading-5 [overflow-wrap:anywhere]">
        {row.is === 'rule' && (
          <b className="font-semibold">
            {w.walk.row(row.row, row.of)}{' '}
            <span className="mono text-hops">{sourceId(row) ?? String(row.path.at(-1))}</span>
          </b>
        )}
        {row.is === 'entity' && (
          <b className="font-semibold">
            {w.walk.child(row.row, row.of)} <span className="mono text-hops">{row.entity?.id}</span>
          </b>
        )}
        {(row.is === 'step' || row.is === 'unreached') && <Tokens tokens={tokens} readOnly />}
        {row.moment?.problem && (
          <span className="block text-tiny text-bad">{w.engine.message(row.moment.problem)}</span>
        )}
        {row.is === 'step' && row.moment !== null && row.moment.rows > 20 && (
          <span className="block text-tiny text-ink-soft">{w.walk.moreRows(row.moment.rows - 20)}</span>
        )}
      </span>
      <Result row={row} />
    </button>
  )
}

function Result({ row }: { readonly row: WalkRow }) {
  const w = useWalkWords()
  const text = walkResult(row, w)
  const look = row.moment?.problem
    ? 'text-bad'
    : row.moment?.stopped
      ? 'text-warn'
      : row.is === 'unreached'
        ? 'text-ink-faint italic'
        : 'text-ink'
  return (
    <span className={classes('mono max-w-44 shrink-0 truncate text-right leading-5', look)} title={text}>
      {text}
    </span>
  )
}

/** `_id` of the row that a rule works on. */
function sourceId({ moment }: WalkRow): string | null {
  return /"_id":\s*"((?:[^"\\]|\\.)*)"/.exec(moment?.source ?? '')?.[1] ?? null
}

/** The same row for the second entity; a bar where one has what the other has not. */
function BesideCell({ row, beside }: { readonly row: WalkRow; readonly beside: WalkRow | undefined }) {
  const w = useWalkWords()
  const text = beside ? walkResult(beside, w) : row.is === 'stage' ? '' : w.walk.notReached
  const rowMoment = row.moment
  const besideMoment = beside?.moment ?? null
  const differs =
    row.is !== 'stage' &&
    ((rowMoment === null) !== (besideMoment === null) ||
      rowMoment?.stopped !== besideMoment?.stopped ||
      ((rowMoment?.changes.length ?? 0) === 0) !== ((besideMoment?.changes.length ?? 0) === 0))
  return (
    <span
      className={classes(
        'mono flex w-44 shrink-0 items-start justify-end border-l-2 bg-sunken px-2 py-1 leading-5',
        differs ? 'border-warn' : 'border-transparent',
        besideMoment === null && 'text-ink-faint italic',
        besideMoment?.stopped && 'text-warn',
      )}
      title={text}
    >
      <span className="truncate">{text || walkText(null)}</span>
    </span>
  )
}

function BreakButton({ row }: { readonly row: WalkRow }) {
  const w = useWalkWords()
  const path = row.is === 'step' ? row.moment?.path : undefined
  const breakpoint = useWalk(({ breakpoints }) => breakpoints.find((each) => each.path === path))
  if (path === undefined) return <span aria-hidden className="w-6 shrink-0 bg-surface" />
  const Icon = breakpoint?.condition ? Square : SquareDot
  return (
    <button
      type="button"
      aria-label={w.walk.breakHere}
      aria-pressed={breakpoint !== undefined}
      title={w.walk.breakHere}
      onClick={() => toggleBreakpoint(path)}
      className={classes(
        'group flex w-6 min-w-6 shrink-0 items-center justify-center bg-surface -outline-offset-2 hover:bg-hover',
        breakpoint ? (row.moment?.breaks ? 'text-bad' : 'text-ink') : 'text-transparent hover:text-line-strong',
      )}
    >
      <Icon size={13} aria-hidden />
    </button>
  )
}
