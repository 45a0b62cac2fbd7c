import { Activity, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { PipeProgress, RunResult } from '../../../engine-worker/index.ts'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { ago, duration, useWords } from '../../i18n/i18n.ts'
import { href } from '../../route.ts'
import type { RunRow } from '../../store/disk/schema.ts'
import type { CurrentRun } from '../../store/engine/run-progress.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useProject } from '../../store/project/project.ts'
import { runPipes, useRuns } from '../../store/project/runs.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/Empty.tsx'
import { PipeTable } from './PipeTable.tsx'
import { RunTimeline } from './RunTimeline.tsx'
import { StateMark } from './StateMark.tsx'

/** What runs, what ran, what failed and where. */
export function RunsView({ project }: { readonly project: string }) {
  const w = useWords()
  const running = useEngine((state) => state.running)
  const runs = useRuns((state) => state.runs)
  const readOnly = useProject((state) => state.readOnly)
  const [chosen, setChosen] = useState<string | null>(null)
  const row = runs.find((each) => each.run === chosen) ?? (running ? null : (runs[0] ?? null))
  if (!running && runs.length === 0) {
    return (
      <Empty
        icon={<Activity size={20} aria-hidden />}
        title={w.runs.emptyTitle}
        action={
          <Button look="main" disabled={readOnly} onClick={() => void runPipes({})}>
            {w.run.all}
          </Button>
        }
      >
        {w.runs.emptySays}
      </Empty>
    )
  }
  return (
    <div className="flex min-h-0 flex-1">
      <nav aria-label={w.runs.list} className="flex w-44 shrink-0 flex-col border-r border-line bg-surface lg:w-64">
        <div className="flex items-center gap-2 p-2 pl-4">
          <p className="eyebrow flex-1">{w.runs.list}</p>
          <a className="link inline-flex min-h-6 items-center" href={href({ at: 'operations', project, run: null })}>
            {w.views.operations.label}
          </a>
          <Button
            small
            look="quiet"
            disabled={readOnly || running !== null}
            icon={<RotateCcw size={12} aria-hidden />}
            title={w.run.fromScratch}
            onClick={() => void runPipes({ full: true })}
          >
            {w.runs.full}
          </Button>
        </div>
        <ul className="min-h-0 flex-1 overflow-auto px-2 pb-2">
          {running && (
            <li>
              <RunLink
                current={row === null}
                state="running"
                title={w.runs.now}
                says={w.runs.round(running.round)}
                onClick={() => setChosen(null)}
              />
            </li>
          )}
          {runs.map((each) => (
            <li key={each.run}>
              <RunLink
                current={each === row}
                state={each.result.state}
                title={ago(each.started, w)}
                says={summary(each.result, w)}
                onClick={() => setChosen(each.run)}
              />
            </li>
          ))}
        </ul>
      </nav>
      <PageLayout>
        {row ? (
          <FinishedRun project={project} row={row} />
        ) : (
          running && <RunningRun project={project} running={running} />
        )}
      </PageLayout>
    </div>
  )
}

function summary(result: RunResult, w: ReturnType<typeof useWords>): string {
  const failed = result.pipes.filter((pipe) => pipe.state === 'failed').length
  const words = failed > 0 ? w.runs.failedPipes(failed) : w.runs.pipes(result.pipes.length)
  return `${words} · ${duration(result.milliseconds)}`
}

interface RunLinkProps {
  readonly current: boolean
  readonly state: PipeProgress['state']
  readonly title: string
  readonly says: string
  readonly onClick: () => void
}

function RunLink({ current, state, title, says, onClick }: RunLinkProps) {
  return (
    <button
      type="button"
      aria-current={current ? 'true' : undefined}
      onClick={onClick}
      className={classes(
        'flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left',
        current ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <span className="mt-0.5">
        <StateMark state={state} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">{title}</span>
        <span className="block truncate text-tiny text-ink-soft">{says}</span>
      </span>
    </button>
  )
}

function RunningRun({ project, running }: { readonly project: string; readonly running: CurrentRun }) {
  const w = useWords()
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto">
      <header className="px-5 pt-4 pb-3">
        <h1 className="text-head">{w.runs.now}</h1>
        <p className="text-ink-soft">{w.runs.round(running.round)}</p>
      </header>
      <RunTimeline project={project} pipes={running.pipes} />
      <PipeTable project={project} pipes={running.pipes} />
    </div>
  )
}

function FinishedRun({ project, row }: { readonly project: string; readonly row: RunRow }) {
  const w = useWords()
  const { result, started } = row
  const problems = result.pipes.flatMap((pipe) =>
    pipe.problems.map((problem) => ({ ...problem, where: { pipe: pipe.pipe, ...problem.where } })),
  )
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto">
      <header className="px-5 pt-4 pb-3">
        <h1 className="flex items-center gap-2 text-head">
          <StateMark state={result.state} />
          {w.runs.states[result.state]}
        </h1>
        <p className="text-ink-soft">
          {w.runs.about(new Date(started).toLocaleString(), result.rounds, duration(result.milliseconds))}
        </p>
      </header>
      {problems.length > 0 && (
        <section
          aria-label={w.problems.title}
          className="mx-5 mb-4 overflow-hidden rounded-lg border border-line bg-surface"
        >
          <ProblemList problems={problems} project={project} />
        </section>
      )}
      <RunTimeline project={project} pipes={result.pipes} />
      <PipeTable project={project} pipes={result.pipes} />
    </div>
  )
}
