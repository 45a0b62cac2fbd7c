import { useMemo } from 'react'
import type { RunRecord, RunSpan } from '../../../engine-worker/index.ts'
import { duration } from '../../i18n/i18n.ts'
import { href } from '../../route.ts'
import { useEngine } from '../../store/engine/state.ts'
import { classes } from '../../ui/classes.ts'
import { type TimelineBar, type TimelineRow, TimelineTable } from '../../ui/TimelineTable.tsx'
import { useOperationsWords } from './operations-words.ts'
import { sumOf } from './run-totals.ts'
import { type PipeRow, type SpanGroup, timelineRows } from './spans.ts'

const groupColours: Readonly<Record<SpanGroup, string>> = {
  in: 'bg-source',
  concepts: 'bg-accent',
  between: 'bg-transform',
  out: 'bg-sink',
}

/** One run in time, pipe by pipe: when, after what, and for how long. */
export function PipeTimeline({ project, run }: { readonly project: string; readonly run: RunRecord }) {
  const w = useOperationsWords()
  const facts = useEngine((state) => state.facts)
  const groups = useMemo(() => timelineRows(run.spans, facts), [run, facts])
  const length = Math.max(1, run.milliseconds, ...run.spans.map((span) => span.from + span.milliseconds))
  const timelineBar = (span: RunSpan, row: PipeRow): TimelineBar => ({
    from: span.from,
    milliseconds: span.milliseconds,
    look: classes(span.state === 'failed' ? 'bg-bad' : groupColours[row.group], row.longest && 'border-ink border-b-2'),
    title: w.operations.spanSays(duration(span.from), duration(span.milliseconds), w.runs.states[span.state]),
    hatched: reprocessedShare(span),
  })
  const timelineRow = (row: PipeRow): TimelineRow => {
    const { pipe, spans, from, to, failed, waitedFrom, read, written } = row
    const last = spans.at(-1)
    return {
      name: pipe,
      href: href({ at: 'pipe', project, pipe }),
      failed,
      says: w.operations.spanSays(duration(from), duration(to - from), w.runs.states[last?.state ?? 'done']),
      bars: spans.map((span) => timelineBar(span, row)),
      waitedFrom,
      note: failed ? last?.problem?.code : undefined,
      figures: [read, written],
    }
  }
  return (
    <section
      aria-label={w.operations.timeline}
      className="overflow-hidden rounded-lg border border-line bg-surface shadow-low"
    >
      <TimelineTable
        name={w.runs.pipe}
        when={w.operations.when}
        figures={[w.operations.read, w.operations.written]}
        length={length}
        groups={groups.map(({ group, rows }) => ({
          key: group,
          heading: (
            <>
              {w.operations.groups[group]}
              <span className="ml-2 font-normal text-ink-soft text-tiny">{w.runs.pipes(rows.length)}</span>
            </>
          ),
          figures: [sumOf(rows, ({ read }) => read), sumOf(rows, ({ written }) => written)],
          rows: rows.map(timelineRow),
        }))}
      />
      <Legend />
    </section>
  )
}

/** How much of what a pipe processed was processed again because of changes elsewhere. */
function reprocessedShare({ read, reprocessed }: RunSpan): number {
  return reprocessed === 0 ? 0 : reprocessed / (read + reprocessed)
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
