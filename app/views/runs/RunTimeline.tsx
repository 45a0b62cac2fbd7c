import type { PipeProgress } from '../../../engine-worker/index.ts'
import { duration, useWords } from '../../i18n/i18n.ts'
import { href } from '../../route.ts'
import { type TimelineRow, TimelineTable } from '../../ui/TimelineTable.tsx'

interface RunTimelineProps {
  readonly project: string
  readonly pipes: readonly PipeProgress[]
}

const barClasses: Readonly<Record<PipeProgress['state'], string>> = {
  done: 'bg-accent',
  failed: 'bg-bad',
  cancelled: 'bg-warn',
  running: 'bg-accent animate-pulse',
  waiting: 'bg-line-strong',
  'not-runnable': 'bg-line-strong',
}

/** A run by pipe in time: when each was at work. The same numbers stand in the table below. */
export function RunTimeline({ project, pipes }: RunTimelineProps) {
  const w = useWords()
  const timed = pipes.flatMap((pipe) =>
    pipe.spans === undefined || pipe.spans.length === 0 ? [] : [{ ...pipe, spans: pipe.spans }],
  )
  if (timed.length < 2) return null
  const length = Math.max(1, ...timed.flatMap(({ spans }) => spans.map(([, to]) => to)))
  const byStart = timed.toSorted((a, b) => (a.spans[0]?.[0] ?? 0) - (b.spans[0]?.[0] ?? 0))
  const rows = byStart.map(
    ({ pipe, spans, state, milliseconds }): TimelineRow => ({
      name: pipe,
      href: href({ at: 'pipe', project, pipe }),
      failed: state === 'failed',
      says: w.runs.span(duration(spans[0]?.[0] ?? 0), duration(milliseconds)),
      bars: spans.map(([from, to]) => ({
        from,
        milliseconds: to - from,
        look: barClasses[state],
        title: `${duration(from)} – ${duration(to)}`,
      })),
      figures: [],
    }),
  )
  return (
    <section
      aria-label={w.runs.timeline}
      className="mx-5 mb-4 max-h-96 shrink-0 overflow-auto rounded-lg border border-line bg-surface"
    >
      <TimelineTable
        name={w.runs.pipe}
        when={w.runs.when}
        figures={[]}
        length={length}
        groups={[{ key: 'all', figures: [], rows }]}
      />
    </section>
  )
}
