import { CircleAlert } from 'lucide-react'
import type { FailureCause, Operations, Problem } from '../../../engine-worker/index.ts'
import { ago } from '../../i18n/i18n.ts'
import { count } from '../../i18n/numbers.ts'
import { href } from '../../route.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useProject } from '../../store/project/project.ts'
import { runPipes } from '../../store/project/runs.ts'
import { useOperationsWords } from './operations-words.ts'
import { Panel } from './Panel.tsx'

/** What fails now, by cause, with what to do about it and what waits for it. */
export function Causes({ project, operations }: { readonly project: string; readonly operations: Operations }) {
  const w = useOperationsWords()
  const { causes, queues } = operations
  const pipes = causes.reduce((sum, cause) => sum + cause.pipes.length, 0)
  return (
    <Panel
      title={w.operations.failures}
      framed={false}
      aside={causes.length > 0 && <span className="text-bad">{w.operations.causes(causes.length, pipes)}</span>}
    >
      {causes.length === 0 && <p className="text-ink-soft">{w.operations.noFailures}</p>}
      <ul>
        {causes.map((cause) => (
          <li
            key={`${cause.problem.code} ${cause.pipes[0]?.pipe}`}
            className="border-line border-b py-2 last:border-b-0"
          >
            <Cause project={project} cause={cause} queues={queues} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

interface CauseProps {
  readonly project: string
  readonly cause: FailureCause
  readonly queues: Operations['queues']
}

function Cause({ project, cause, queues }: CauseProps) {
  const w = useOperationsWords()
  const readOnly = useProject((state) => state.readOnly)
  const running = useEngine((state) => state.running !== null)
  const names = cause.pipes.map(({ pipe }) => pipe)
  const problem: Problem = { ...cause.problem, where: {} }
  const waiting = queues.filter(({ pipe }) => names.includes(pipe)).reduce((sum, queue) => sum + queue.waiting, 0)
  return (
    <>
      <p className="flex gap-2">
        <CircleAlert size={14} aria-hidden className="mt-0.5 shrink-0 text-bad" />
        <span className="min-w-0 flex-1 font-semibold [overflow-wrap:anywhere]">{w.engine.message(problem)}</span>
        <span className="shrink-0 text-ink-soft text-tiny">{ago(cause.since, w)}</span>
      </p>
      {problem.fix !== undefined && <p className="mt-0.5 pl-6 text-ink-soft">{w.engine.fix(problem)}</p>}
      <ul className="mt-1 flex flex-wrap gap-1 pl-6">
        {cause.pipes.map(({ pipe, times }) => (
          <li key={pipe}>
            <a
              href={href({ at: 'pipe', project, pipe })}
              className="mono inline-block rounded-md border border-line px-1.5 text-tiny hover:bg-hover"
            >
              {pipe}
              {times > 1 && <span className="text-ink-soft"> {w.operations.times(times)}</span>}
            </a>
          </li>
        ))}
      </ul>
      <p className="mt-1 flex items-center gap-2 pl-6">
        <span className="flex-1 text-warn">{waiting > 0 && w.operations.entitiesWait(count(waiting))}</span>
        <button
          type="button"
          className="link disabled:opacity-45"
          disabled={readOnly || running}
          onClick={() => void runPipes({ pipes: names })}
        >
          {w.operations.runAgain}
        </button>
      </p>
    </>
  )
}
