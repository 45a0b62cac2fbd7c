/** Runs as a person starts and follows them: started, kept for the Runs view, cancelled. */

import { create } from 'zustand'
import type { RunResult } from '../../../engine-worker/index.ts'
import { currentWords } from '../../i18n/i18n.ts'
import { disk } from '../disk/disk.ts'
import type { RunRow } from '../disk/schema.ts'
import { statesOf, withoutEmptied } from '../engine/run-progress.ts'
import { cancelOpenRun, followScheduledRuns, resetPipeBreaker, startRun } from '../engine/runs.ts'
import { useEngine } from '../engine/state.ts'
import { failureText } from '../failure.ts'
import { useServerPlace } from '../server/place.ts'
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
    if (!(await pushBeforeRun())) return
    const result = await startRun(request)
    await keepRun({ project: id, run: result.run, started, result })
  } catch (error) {
    toast(currentWords().run.couldNotRun(failureText(error)), 'bad')
  }
}

/** What is on screen is what runs: on a server, edits are pushed first. False where that needs a decision. */
async function pushBeforeRun(): Promise<boolean> {
  if (useServerPlace.getState().address === null) return true
  const { pushEdits } = await import('../server/exchange.ts')
  const how = await pushEdits()
  if (how === 'pushed') toast(currentWords().connected.pushed)
  if (how === 'conflict') toast(currentWords().connected.conflict(null), 'bad')
  return how !== 'conflict'
}

/** Ends the following of the schedules. */
let scheduleController: AbortController | null = null

/** Runs pipes by the schedules of their pumps as long as the project is open in this tab, or stops doing so. */
export function followSchedules(scheduled: boolean): void {
  scheduleController?.abort()
  scheduleController = null
  const { id, readOnly } = useProject.getState()
  if (!scheduled || id === null || readOnly) {
    useRuns.setState({ scheduled: false })
    return
  }
  useRuns.setState({ scheduled: true })
  const controller = new AbortController()
  scheduleController = controller
  const storeRun = (result: RunResult, started: number) =>
    void keepRun({ project: id, run: result.run, started, result }).catch(() => undefined)
  void followScheduledRuns(controller.signal, storeRun).then(() => {
    if (scheduleController === controller) followSchedules(false)
  })
}

/** Keeps what came of a run. */
export async function keepRun(row: RunRow): Promise<void> {
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
  await cancelOpenRun()
}
