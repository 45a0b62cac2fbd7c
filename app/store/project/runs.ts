/** Runs as a person starts and follows them: started, kept for the Runs view, cancelled. */

import { create } from 'zustand'
import { currentWords } from '../../i18n/i18n.ts'
import { disk } from '../disk/disk.ts'
import type { RunRow } from '../disk/schema.ts'
import { statesOf, withoutEmptied } from '../engine/run-progress.ts'
import { cancel, resetPipeBreaker, startDueRun, startRun } from '../engine/runs.ts'
import { useEngine } from '../engine/state.ts'
import { failureText } from '../failure.ts'
import { toast } from '../toasts.ts'
import { ingestsSettled } from './ingest.ts'
import { askAgain } from './permissions.ts'
import { useProject } from './project.ts'

/** The runs of the open project, newest first. */
export const useRuns = create<{ readonly runs: readonly RunRow[]; readonly scheduled: boolean }>(() => ({
  runs: [],
  scheduled: false,
}))

/** Reads the runs of a project from disk; its pipes stand as their last runs left them. */
export async function loadRuns(project: string): Promise<void> {
  const runs = await disk.runs(project)
  if (useProject.getState().id !== project) return
  useRuns.setState({ runs })
  useEngine.setState(({ last, facts, datasets, state }) => {
    const states = { ...statesOf(runs), ...last }
    return { last: state === 'ready' ? withoutEmptied(states, facts, datasets) : states }
  })
}

/** Runs pipes, all when absent, and keeps what came of it. */
export async function runPipes(request: {
  readonly pipes?: readonly string[]
  readonly full?: boolean
}): Promise<void> {
  const { id, readOnly } = useProject.getState()
  if (id === null || readOnly) return
  askAgain()
  await ingestsSettled()
  const started = Date.now()
  try {
    const result = await startRun(request)
    await keep({ project: id, run: result.run, started, result })
  } catch (error) {
    toast(currentWords().run.couldNotRun(failureText(error)), 'bad')
  }
}

/** How often the schedules are looked at, in milliseconds. */
const scheduleIntervalMs = 2000
let timer: ReturnType<typeof setInterval> | undefined

/** Runs pipes by the schedules of their pumps as long as this tab is open, or stops doing so. */
export function followSchedules(scheduled: boolean): void {
  clearInterval(timer)
  useRuns.setState({ scheduled })
  if (scheduled) timer = setInterval(() => void runScheduled(), scheduleIntervalMs)
}

async function runScheduled(): Promise<void> {
  const { id, readOnly } = useProject.getState()
  if (id === null || readOnly) return followSchedules(false)
  const started = Date.now()
  const result = await startDueRun().catch(() => null)
  // Runs that found nothing to do are not kept: they would hide the others.
  if (!result || result.pipes.every((pipe) => pipe.read + pipe.reprocessed === 0 && pipe.state === 'done')) return
  await keep({ project: id, run: result.run, started, result })
}

async function keep(row: RunRow): Promise<void> {
  useRuns.setState((state) => ({ runs: [row, ...state.runs] }))
  await disk.addRun(row)
}

/** Releases or discards the entities that the tripped circuit breaker of a pipe withholds. */
export async function settleBreaker(pipe: string, how: 'commit' | 'rollback'): Promise<void> {
  await resetPipeBreaker(pipe, how)
  toast(how === 'commit' ? currentWords().run.released : currentWords().run.rolledBack)
}

/** Stops the run that is under way. */
export async function cancelRun(): Promise<void> {
  await cancel()
}
