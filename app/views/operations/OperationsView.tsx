import { Activity, ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Operations } from '../../../engine-worker/index.ts'
import { duration } from '../../i18n/i18n.ts'
import { count } from '../../i18n/numbers.ts'
import { go, href } from '../../route.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useProject } from '../../store/project/project.ts'
import { runPipes } from '../../store/project/runs.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/Empty.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Causes } from './Causes.tsx'
import { EngineNumber } from './EngineNumber.tsx'
import { EntitiesOfRun } from './EntitiesOfRun.tsx'
import { MatchRates } from './MatchRates.tsx'
import { NextRuns } from './NextRuns.tsx'
import { Notifications } from './Notifications.tsx'
import { OverTime } from './OverTime.tsx'
import { useOperationsWords } from './operations-words.ts'
import { PipeTimeline } from './PipeTimeline.tsx'
import { Prometheus } from './Prometheus.tsx'
import { Tiles } from './Tiles.tsx'

type Span = 'run' | 'hour' | 'day' | 'week'
const spans: readonly Span[] = ['run', 'hour', 'day', 'week']
const HOUR = 3_600_000
const spanLengths: Readonly<Record<Span, number>> = { run: HOUR, hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR }
/** Milliseconds between two looks while something runs. */
const refreshInterval = 2000

/** How the pipes of a project run: one run in time, or an hour, a day, a week; what fails, what waits, what comes next. */
export function OperationsView({ project, run }: { readonly project: string; readonly run: string | null }) {
  const w = useOperationsWords()
  const [span, setSpan] = useState<Span>('run')
  const version = useEngine((state) => state.version)
  const running = useEngine((state) => state.running !== null)
  const readOnly = useProject((state) => state.readOnly)
  const tick = useTicks(running)
  const number = run !== null && /^\d+$/.test(run) ? Number(run) : null
  const key = `${project} ${version} ${tick} ${number} ${span}`
  const { value, failure } = useQuery(key, () => ask('operations', { run: number, back: spanLengths[span] }), {
    about: project,
  })
  if (value === null) return failure === null ? null : <Empty title={failure} />
  if (value.runs.length === 0)
    return (
      <Empty
        icon={<Activity size={20} aria-hidden />}
        title={w.operations.emptyTitle}
        action={
          <Button look="main" disabled={readOnly || running} onClick={() => void runPipes({})}>
            {w.run.all}
          </Button>
        }
      >
        {w.operations.emptySays}
        {value.mostEngines !== null && value.mostEngines > 1 && (
          <p className="mt-3">
            {w.operations.engines}: <EngineNumber engines={value.engines} mostEngines={value.mostEngines} />
          </p>
        )}
      </Empty>
    )
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto">
      <Head project={project} operations={value} span={span} onSpan={setSpan} />
      <Tiles project={project} operations={value} />
      <div className="grid flex-1 content-start gap-3 p-3 xl:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-3">
          {span === 'run' && value.run ? (
            <PipeTimeline project={project} run={value.run} />
          ) : (
            <OverTime minutes={value.minutes} from={value.now - spanLengths[span]} to={value.now} />
          )}
          <div className="grid gap-3 lg:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
            {value.run && <EntitiesOfRun run={value.run} />}
            <MatchRates project={project} trends={value.trends} />
          </div>
        </div>
        <div className="flex min-w-0 flex-col gap-5 xl:border-line xl:border-l xl:pl-3">
          <Causes project={project} operations={value} />
          <NextRuns project={project} operations={value} />
          <Notifications project={project} />
          <Prometheus />
        </div>
      </div>
    </div>
  )
}

/** Goes up every few seconds while it is on. */
function useTicks(isOn: boolean): number {
  const [tick, setTick] = useState(0)
  useEffect(() => {
    if (!isOn) return
    const timer = setInterval(() => setTick((before) => before + 1), refreshInterval)
    return () => clearInterval(timer)
  }, [isOn])
  return tick
}

interface HeadProps {
  readonly project: string
  readonly operations: Operations
  readonly span: Span
  readonly onSpan: (span: Span) => void
}

function Head({ project, operations, span, onSpan }: HeadProps) {
  const w = useOperationsWords()
  const { runs, run } = operations
  const at = runs.findIndex(({ number }) => number === run?.number)
  const goTo = (index: number) => {
    const to = runs[index]
    if (to) go({ at: 'operations', project, run: String(to.number) }, 'replace')
  }
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b bg-surface px-4 py-2">
      <IconButton label={w.operations.earlier} disabled={at < 0 || at >= runs.length - 1} onClick={() => goTo(at + 1)}>
        <ChevronLeft size={16} aria-hidden />
      </IconButton>
      <IconButton label={w.operations.later} disabled={at <= 0} onClick={() => goTo(at - 1)}>
        <ChevronRight size={16} aria-hidden />
      </IconButton>
      <div className="min-w-0 flex-1">
        <h1 className="text-title">
          {run ? w.operations.run(run.number) : w.operations.title}{' '}
          {run && (
            <span className="ml-2 font-normal text-ink-soft text-ui">
              {w.operations.about(
                new Date(run.started).toLocaleString(),
                duration(run.milliseconds),
                run.rounds,
                run.pipes,
              )}
            </span>
          )}
        </h1>
      </div>
      {run && <FailedBadge failed={runs[at]?.failed ?? 0} idle={run.pipes - new Set(run.spans.map(pipeOf)).size} />}
      <RunBars runs={runs} chosen={run?.number ?? null} />
      <Segments
        label={w.operations.span}
        options={spans.map((id) => ({ id, label: w.operations.spans[id] }))}
        value={span}
        onChange={onSpan}
      />
      <a className="link" href={href({ at: 'runs', project })}>
        {w.operations.allRuns}
      </a>
    </header>
  )
}

function pipeOf({ pipe }: { readonly pipe: string }): string {
  return pipe
}

function FailedBadge({ failed, idle }: { readonly failed: number; readonly idle: number }) {
  const w = useOperationsWords()
  return (
    <>
      {failed > 0 && (
        <span className="rounded-full bg-bad-soft px-2 py-0.5 text-bad text-tiny">{w.runs.failedPipes(failed)}</span>
      )}
      {idle > 0 && (
        <span className="rounded-full bg-sunken px-2 py-0.5 text-ink-soft text-tiny">
          {w.operations.idle(count(idle))}
        </span>
      )}
    </>
  )
}

/** Runs that the bars show. */
const MOST_BARS = 48

/** How long the last runs took, as bars from the oldest to the newest; the list of runs says the same in words. */
function RunBars({ runs, chosen }: { readonly runs: Operations['runs']; readonly chosen: number | null }) {
  const w = useOperationsWords()
  const shown = runs.slice(0, MOST_BARS).toReversed()
  const longest = Math.max(1, ...shown.map(({ milliseconds }) => milliseconds))
  const heightOf = (milliseconds: number) => `${Math.max(8, (100 * milliseconds) / longest)}%`
  return (
    <div className="hidden h-7 items-end gap-px lg:flex" role="img" aria-label={w.operations.bars(shown.length)}>
      {shown.map(({ number, milliseconds, failed }) => (
        <span
          key={number}
          title={w.operations.bar(number, duration(milliseconds))}
          className={classes('w-1', failed > 0 ? 'bg-bad' : number === chosen ? 'bg-accent' : 'bg-line-strong')}
          style={{ height: heightOf(milliseconds) }}
        />
      ))}
    </div>
  )
}
