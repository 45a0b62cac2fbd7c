import { type KeyboardEvent, useMemo, useRef } from 'react'
import type { RunRecord, RunSpan } from '../../../engine-worker/index.ts'
import { duration } from '../../i18n/i18n.ts'
import { count } from '../../i18n/numbers.ts'
import { href } from '../../route.ts'
import { useEngine } from '../../store/engine/state.ts'
import { classes } from '../../ui/classes.ts'
import { useOperationsWords } from './operations-words.ts'
import { type PipeRow, type SpanGroup, timelineRows } from './spans.ts'

const colours: Readonly<Record<SpanGroup, string>> = {
  in: 'bg-source',
  concepts: 'bg-accent',
  between: 'bg-transform',
  out: 'bg-sink',
}

/** One run in time, pipe by pipe: a table whose bars say when, after what, and for how long. */
export function PipeTimeline({ project, run }: { readonly project: string; readonly run: RunRecord }) {
  const w = useOperationsWords()
  const facts = useEngine((state) => state.facts)
  const groups = useMemo(() => timelineRows(run.spans, facts), [run, facts])
  const table = useRef<HTMLTableElement>(null)
  const length = Math.max(1, run.milliseconds, ...run.spans.map((span) => span.from + span.milliseconds))
  const ticks = [0, 0.25, 0.5, 0.75].map((share) => ({ share, at: duration(share * length) }))
  return (
    <section
      aria-label={w.operations.timeline}
      className="overflow-hidden rounded-lg border border-line bg-surface shadow-low"
    >
      <table ref={table} className="w-full table-fixed" onKeyDown={(event) => moveFocus(event, table.current)}>
        <thead className="text-left text-ink-soft">
          <tr className="h-7 border-line border-b">
            <th scope="col" className="w-[30%] px-3 font-semibold lg:w-60">
              {w.runs.pipe}
            </th>
            <th scope="col" aria-label={w.operations.when} className="relative font-normal text-tiny">
              {ticks.map(({ share, at }) => (
                <span key={share} className="absolute top-1.5" style={{ left: `${100 * share}%` }}>
                  {at}
                </span>
              ))}
            </th>
            <th scope="col" className="w-20 px-2 text-right font-normal">
              {w.operations.read}
            </th>
            <th scope="col" className="w-20 px-3 text-right font-normal">
              {w.operations.written}
            </th>
          </tr>
        </thead>
        {groups.map(({ group, rows }) => (
          <tbody key={group}>
            <tr className="h-6 border-line border-b bg-sunken">
              <th scope="rowgroup" className="px-3 text-left font-semibold" colSpan={2}>
                {w.operations.groups[group]}
                <span className="ml-2 font-normal text-ink-soft text-tiny">{w.runs.pipes(rows.length)}</span>
              </th>
              <td className="px-2 text-right text-ink-soft">{count(total(rows, ({ read }) => read))}</td>
              <td className="px-3 text-right text-ink-soft">{count(total(rows, ({ written }) => written))}</td>
            </tr>
            {rows.map((row) => (
              <Row key={row.pipe} project={project} row={row} length={length} />
            ))}
          </tbody>
        ))}
      </table>
      <Legend />
    </section>
  )
}

function total(rows: readonly PipeRow[], of: (row: PipeRow) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0)
}

/** Up and down go from pipe to pipe, E to the next one that failed, Home and End to the ends. */
function moveFocus(event: KeyboardEvent, table: HTMLTableElement | null): void {
  const links = [...(table?.querySelectorAll<HTMLElement>('a[data-pipe]') ?? [])]
  const at = links.findIndex((link) => link === document.activeElement)
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
  const failed = [...links.slice(at + 1), ...links.slice(0, at)].find((link) => link.dataset.pipe === 'failed')
  const to: Readonly<Record<string, HTMLElement | undefined>> = {
    ArrowDown: links[at + 1],
    ArrowUp: links[at - 1],
    Home: links[0],
    End: links.at(-1),
    e: failed,
  }
  const next = to[event.key]
  if (!next) return
  event.preventDefault()
  next.focus()
}

function Row({ project, row, length }: { readonly project: string; readonly row: PipeRow; readonly length: number }) {
  const w = useOperationsWords()
  const { pipe, spans, from, to, failed } = row
  const percent = (at: number) => `${(100 * at) / length}%`
  const code = failed ? spans.at(-1)?.problem?.code : undefined
  return (
    <tr className="h-6 border-line border-b last:border-b-0 hover:bg-hover">
      <th scope="row" className="truncate px-3 text-left font-normal">
        <a
          data-pipe={failed ? 'failed' : ''}
          href={href({ at: 'pipe', project, pipe })}
          title={pipe}
          className={classes('pl-3 hover:underline', failed && 'text-bad')}
        >
          {pipe}
        </a>
      </th>
      <td className="relative">
        <span className="sr-only">
          {w.operations.spanSays(duration(from), duration(to - from), w.runs.states[spans.at(-1)?.state ?? 'done'])}
        </span>
        {row.waitedFrom !== null && (
          <span
            aria-hidden
            className="absolute top-1/2 h-0.5 bg-line-strong"
            style={{ left: percent(row.waitedFrom), width: percent(from - row.waitedFrom) }}
          />
        )}
        {spans.map((span) => (
          <Bar key={span.from} span={span} row={row} percent={percent} />
        ))}
        {code !== undefined && (
          <span aria-hidden className="absolute top-0.5 ml-1 truncate text-bad text-tiny" style={{ left: percent(to) }}>
            {code}
          </span>
        )}
      </td>
      <td className="px-2 text-right tabular-nums text-ink-soft">{count(row.read)}</td>
      <td className="px-3 text-right tabular-nums">{count(row.written)}</td>
    </tr>
  )
}

interface BarProps {
  readonly span: RunSpan
  readonly row: PipeRow
  readonly percent: (at: number) => string
}

/** One run of a pipe; the hatched part is what was processed again because of changes elsewhere. */
function Bar({ span, row, percent }: BarProps) {
  const w = useOperationsWords()
  const all = span.read + span.reprocessed
  const again = all === 0 ? 0 : span.reprocessed / all
  return (
    <span
      aria-hidden
      title={w.operations.spanSays(duration(span.from), duration(span.milliseconds), w.runs.states[span.state])}
      className={classes(
        'absolute inset-y-1 min-w-[3px] overflow-hidden rounded-sm',
        span.state === 'failed' ? 'bg-bad' : colours[row.group],
        row.longest && 'border-ink border-b-2',
      )}
      style={{ left: percent(span.from), width: percent(span.milliseconds) }}
    >
      {again > 0 && <span className="hatched absolute inset-y-0 right-0" style={{ width: `${100 * again}%` }} />}
    </span>
  )
}

function Legend() {
  const w = useOperationsWords()
  return (
    <p className="flex flex-wrap items-center gap-4 border-line border-t px-3 py-1.5 text-ink-soft text-tiny">
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="h-0.5 w-4 bg-line-strong" />
        {w.operations.waits}
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="relative h-2.5 w-4 overflow-hidden rounded-sm bg-transform">
          <span className="hatched absolute inset-0" />
        </span>
        {w.operations.reprocessed}
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="h-2.5 w-4 rounded-sm border-ink border-b-2 bg-accent" />
        {w.operations.longest}
      </span>
    </p>
  )
}
