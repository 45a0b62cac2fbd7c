import type { KeyboardEvent } from 'react'
import { useEffect, useMemo, useRef } from 'react'
import { useViewHandlers } from '../../commands/view-handlers.ts'
import { followable } from '../../pipe/outcome.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { usePipeView } from '../../pipe/pipe-view.ts'
import { usePreviewStore } from '../../pipe/preview-store.ts'
import { useWalkTarget } from '../../store/walk-target.ts'
import { Empty } from '../../ui/Empty.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { useWalkOf } from './use-walk.ts'
import { WalkBar } from './WalkBar.tsx'
import { WalkDetail } from './WalkDetail.tsx'
import { WalkLine } from './WalkLine.tsx'
import { WalkList } from './WalkList.tsx'
import { useWalkWords } from './walk-catalogue.ts'
import { firstStandable, isStandable, makerOf, rowByKey, stopOf, type WalkRow } from './walk-rows.ts'
import { toggleBreakpoint, useWalk, walkPipe } from './walk-state.ts'
import { rowWords } from './walk-words.ts'

/**
 * One entity on its way through the pipe, step by step, beside a second one where that helps: the list of everything that
 * happens at the left, and the step that one stands on at the right.
 */
export function WalkView() {
  const w = useWalkWords()
  const { id } = usePipe()
  const entity = usePipeView((state) => state.entity)
  const preview = usePreviewStore((live) => live.preview)
  const ids = useMemo(() => [...new Set((preview ? followable(preview) : []).map((each) => each.id))], [preview])
  const { key, other, breakpoints } = useWalk()
  const own = useWalkOf(entity)
  const second = useWalkOf(other, other !== null)
  const list = useRef<HTMLDivElement>(null)
  const { rows, walk } = own
  useEffect(() => walkPipe(id), [id])
  useTarget(id, own)
  const at = Math.max(
    rows.findIndex((row) => row.key === key),
    key === null ? firstStandable(rows) : -1,
  )
  const row = rows[at] ?? rows[firstStandable(rows)] ?? null
  const place = row === null ? -1 : rows.indexOf(row)
  const selectRow = (next: number) => {
    const target = rows[next]
    if (target) useWalk.setState({ key: target.key })
  }
  const go = (way: 'next' | 'back' | 'into' | 'out') => selectRow(rowByKey(rows, place, way))
  const selectEdge = (last: boolean) => selectRow(last ? rows.findLastIndex(isStandable) : rows.findIndex(isStandable))
  const goToBreakpoint = () => {
    const next = rows.findIndex(({ moment }, each) => each > place && moment?.breaks === true)
    selectRow(next >= 0 ? next : rows.findIndex(({ moment }) => moment?.breaks === true))
  }
  const compareWithNeighbour = (way: -1 | 1) => {
    const now = ids.indexOf(walk?.entity ?? '')
    const next = ids[now + way]
    if (next !== undefined) usePipeView.setState({ entity: next })
  }
  const toggleComparison = () => {
    const now = ids.indexOf(walk?.entity ?? '')
    useWalk.setState({ other: other === null ? (ids[now + 1] ?? ids[now - 1] ?? null) : null })
  }
  const breakHere = () => {
    if (row?.moment) toggleBreakpoint(row.moment.path)
  }
  const stop = stopOf(rows)
  const actions = {
    next: () => go('next'),
    back: () => go('back'),
    into: () => go('into'),
    out: () => go('out'),
    first: () => selectEdge(false),
    last: () => selectEdge(true),
    breakpoint: goToBreakpoint,
    breakHere,
    compare: toggleComparison,
    stop: () => selectRow(stop ?? -1),
  }
  useViewHandlers({
    'walk.next': actions.next,
    'walk.back': actions.back,
    'walk.into': actions.into,
    'walk.out': actions.out,
    'walk.break': breakHere,
    'walk.continue': goToBreakpoint,
    'walk.compare': toggleComparison,
    ...(stop === null ? {} : { 'walk.stop': actions.stop }),
  })
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: actions.next,
    ArrowLeft: actions.back,
    ArrowDown: actions.into,
    ArrowUp: actions.out,
    Home: actions.first,
    End: actions.last,
    '[': () => compareWithNeighbour(-1),
    ']': () => compareWithNeighbour(1),
  }
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  useEffect(() => list.current?.focus(), [])
  if (own.failure === null && walk !== null && walk.entity === null) {
    const [problem] = walk.problems
    return (
      <Empty title={w.walk.nothing}>
        {problem ? w.engine.message(problem) : entity === null ? w.pipe.noData.says : w.pipe.outcome.notInSource}
      </Empty>
    )
  }
  return (
    <section aria-label={w.walk.label(walk?.entity ?? '')} className="flex min-h-0 flex-1 flex-col">
      <WalkBar
        actions={actions}
        ids={ids}
        entity={walk?.entity ?? entity ?? ''}
        other={other}
        hasBreakpoint={rows.some(({ moment }) => moment?.breaks)}
        stopped={stop !== null}
        where={positionWords(rows, place)}
        stale={own.stale}
      />
      <FailureBar failure={own.failure} />
      <WalkLine rows={rows} at={place} onStand={selectRow} />
      <div className="flex min-h-0 flex-1 flex-col min-[960px]:flex-row">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of a debugger; each row is a button, too */}
        <div
          ref={list}
          tabIndex={-1}
          data-walk-list=""
          onKeyDown={handleKeyDown}
          className="min-h-0 min-w-0 flex-[11] overflow-auto border-line outline-none min-[960px]:border-r"
        >
          <WalkList rows={rows} at={place} other={other === null ? null : second} onStand={selectRow} />
        </div>
        <div className="min-h-0 min-w-0 flex-[10] overflow-auto">
          {row !== null && (
            <WalkDetail rows={rows} at={place} walk={walk} other={other === null ? null : second} onStand={selectRow} />
          )}
        </div>
      </div>
      <p role="status" className="sr-only">
        {row === null ? '' : rowWords(row, w)}
      </p>
      <p className="flex h-7 shrink-0 items-center gap-3 border-t border-line bg-surface px-4 text-tiny text-ink-soft">
        <span className="min-w-0 flex-1 truncate">{w.walk.breakpoints(breakpoints.length)}</span>
        <span className="shrink-0 max-[960px]:hidden">{w.walk.keys}</span>
      </p>
    </section>
  )

  function positionWords(all: readonly WalkRow[], current: number): string {
    const outer = all.filter((each) => isStandable(each) && each.depth <= topDepth(each))
    const before = outer.filter((each) => all.indexOf(each) <= current).length
    const here = all[current]
    return w.walk.where(before, outer.length, here !== undefined && here.depth > topDepth(here))
  }
}

/** How deep the steps of the default rule stand: one deeper where several entities come into the stage. */
function topDepth({ entity, moment, depth }: WalkRow): number {
  return entity === null || moment === null ? depth : depth - moment.depth + 1
}

/** Goes where another view has sent the walk: to the step that made a value. */
function useTarget(pipe: string, { walk, rows, stale }: ReturnType<typeof useWalkOf>): void {
  const target = useWalkTarget((state) => state.target)
  useEffect(() => {
    if (!target || target.pipe !== pipe || walk === null || stale) return
    useWalkTarget.setState({ target: null })
    const place = target.property === null ? stopOf(rows) : makerOf(rows, walk, target.output, target.property)
    const row = place === null ? undefined : rows[place]
    if (row) useWalk.setState({ key: row.key })
  }, [target, pipe, walk, rows, stale])
}
