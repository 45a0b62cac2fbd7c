import type { PipeProgress } from '../../../engine-worker/index.ts'
import { duration, useWords } from '../../i18n/i18n.ts'
import { href } from '../../route.ts'
import { classes } from '../../ui/classes.ts'

interface TimelineProps {
  readonly project: string
  readonly pipes: readonly PipeProgress[]
}

const bars: Readonly<Record<PipeProgress['state'], string>> = {
  done: 'bg-accent',
  failed: 'bg-bad',
  cancelled: 'bg-warn',
  running: 'bg-accent animate-pulse',
  waiting: 'bg-line-strong',
  'not-runnable': 'bg-line-strong',
}

/** Places of the marks on the axis, as shares of the run. */
const marks = [0, 0.25, 0.5, 0.75, 1]

/** A run by pipe in time: when each was at work. The same numbers stand in the table below. */
export function RunTimeline({ project, pipes }: TimelineProps) {
  const w = useWords()
  const timed = pipes.flatMap((pipe) =>
    pipe.spans === undefined || pipe.spans.length === 0 ? [] : [{ ...pipe, spans: pipe.spans }],
  )
  const all = Math.max(1, ...timed.flatMap(({ spans }) => spans.map(([, to]) => to)))
  if (timed.length < 2) return null
  const byStart = timed.toSorted((a, b) => (a.spans[0]?.[0] ?? 0) - (b.spans[0]?.[0] ?? 0))
  return (
    <section aria-label={w.runs.timeline} className="mx-5 mb-4 shrink-0 rounded-lg border border-line bg-surface">
      <div className="relative ml-52 h-6 border-b border-line" aria-hidden>
        {marks.map((share) => (
          <span
            key={share}
            className={classes(
              'absolute top-1 whitespace-nowrap text-tiny text-ink-faint',
              share === 1 ? '-translate-x-full pr-1' : 'pl-1',
            )}
            style={{ left: `${share * 100}%` }}
          >
            {duration(share * all)}
          </span>
        ))}
      </div>
      <ul className="max-h-96 overflow-auto py-1">
        {byStart.map(({ pipe, spans, state, milliseconds }) => (
          <li key={pipe} className="flex h-6 items-center hover:bg-hover">
            <a
              href={href({ at: 'pipe', project, pipe })}
              title={pipe}
              aria-label={w.runs.span(pipe, duration(spans[0]?.[0] ?? 0), duration(milliseconds))}
              className="w-52 shrink-0 truncate rounded-sm px-3 hover:underline"
            >
              {pipe}
            </a>
            <span aria-hidden className="relative h-full flex-1">
              {spans.map(([from, to], index) => (
                <span
                  key={index}
                  title={`${duration(from)} – ${duration(to)}`}
                  className={classes('absolute top-1.5 h-3 rounded-[3px]', bars[state])}
                  style={{ left: `${(from / all) * 100}%`, width: `max(3px, ${((to - from) / all) * 100}%)` }}
                />
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
