/** Runs in the engine: started, followed and cancelled; one at a time. */
import type { RunEvent, RunResult } from '../../../engine-worker/index.ts'
import { useServerPlace } from '../server/place.ts'
import { type AskOptions, EngineStopped } from './connection.ts'
import { ask, refreshDatasets, refreshProject, syncWorker } from './open-project.ts'
import { byPipe, type CurrentRun, withEvent } from './run-progress.ts'
import { useEngine } from './state.ts'

/** Runs that this page has asked for. */
const ownRuns = new Set<string>()

/** Shows how a run goes that somebody else has started on the server of the project. */
export function showOthersRun(event: RunEvent): void {
  if (ownRuns.has(event.run)) return
  const { running } = useEngine.getState()
  if (running && ownRuns.has(running.run)) return
  const before = running?.run === event.run ? running : { run: event.run, started: Date.now(), round: 0, pipes: [] }
  showProgress(withEvent(before, event), event)
}

/** A run of somebody else has ended (null: there is no news of it any more); false where it is one of this page. */
export function endOthersRun(result: RunResult | null): boolean {
  const { running } = useEngine.getState()
  if (result === null) {
    if (running && !ownRuns.has(running.run)) useEngine.setState({ running: null })
    return false
  }
  if (ownRuns.has(result.run)) return false
  if (running && running.run !== result.run) {
    useEngine.setState((state) => ({ last: { ...state.last, ...byPipe(result.pipes) } }))
    void refreshProject().catch(() => undefined)
  } else showResult(result)
  return true
}

/** Stops the run under way. */
let stopController: AbortController | null = null

/** Runs pipes (all when absent) and follows their progress; one run at a time. */
export async function startRun(request: {
  readonly pipes?: readonly string[]
  readonly full?: boolean
}): Promise<RunResult> {
  return runAndFollow((id, options) => ask('run', { ...request, run: id }, { ...options, early: true }))
}

/** Milliseconds before the schedules are followed again after the engine has failed. */
const retryDelay = 2000

/**
 * Has the engine run pipes by the schedules of their pumps, also after the engine was started again. Resolves when
 * `signal` is aborted or another project is opened. `ended` is called after each run that did something.
 */
export async function followScheduledRuns(
  signal: AbortSignal,
  ended: (result: RunResult, started: number) => void,
): Promise<void> {
  while (!signal.aborted) {
    const controller = new AbortController()
    const abort = () => controller.abort()
    signal.addEventListener('abort', abort)
    try {
      await ask(
        'schedule',
        { name: crypto.randomUUID() },
        { ...scheduledOptions(controller, ended), signal: controller.signal },
      )
      // A cancelled run ended the question; another project ends it without having been asked to.
      if (!controller.signal.aborted) return
    } catch (error) {
      if (error instanceof EngineStopped && error.why === 'closed') return
      useEngine.setState({ running: null })
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, retryDelay))
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }
}

/** Shows scheduled runs while they are under way; `asked` stops the one that is. */
function scheduledOptions(
  controller: AbortController,
  ended: (result: RunResult, started: number) => void,
): AskOptions<'schedule'> {
  let current: CurrentRun | null = null
  return {
    isRun: true,
    // Between two runs the engine has nothing to answer.
    lasting: () => current === null,
    onEvent: (news) => {
      if (news.is === 'progress') {
        const { event } = news
        const before =
          current?.run === event.run ? current : { run: event.run, started: Date.now(), round: 0, pipes: [] }
        current = withEvent(before, event)
        stopController = controller
        showProgress(current, event)
        return
      }
      const started = current?.started ?? Date.now()
      current = null
      if (news.is === 'failed') useEngine.setState({ running: null })
      else {
        showResult(news.result)
        if (!news.isIdle) ended(news.result, started)
      }
    },
  }
}

/** Shows a run after an event of it; what its pipes have written can be seen before it ends. */
function showProgress(running: CurrentRun, { pipes }: RunEvent): void {
  useEngine.setState((state) => ({ running, last: { ...state.last, ...byPipe(pipes) } }))
  if (pipes.some(({ state }) => state === 'done')) refreshDatasetsSoon()
}

/** Milliseconds between two looks at the datasets while a run goes on. */
const refreshInterval = 1000

let refreshTimer: ReturnType<typeof setTimeout> | null = null

/** Asks for the datasets again, at most once in a while, as long as a run is under way. */
function refreshDatasetsSoon(): void {
  if (refreshTimer !== null) return
  refreshTimer = setTimeout(() => {
    refreshTimer = null
    if (useEngine.getState().running) void refreshDatasets().catch(() => undefined)
  }, refreshInterval)
}

/** Releases or discards the entities that the tripped circuit breaker of a pipe withholds. */
export async function resetPipeBreaker(pipe: string, how: 'commit' | 'rollback'): Promise<void> {
  await ask('resetBreaker', { pipe, how }, { early: true })
  useEngine.setState(({ last: { [pipe]: _, ...last } }) => ({ last }))
  await refreshProject()
}

type RunRequest = (id: string, options: AskOptions<'run'>) => Promise<RunResult>

async function runAndFollow(begin: RunRequest): Promise<RunResult> {
  if (useEngine.getState().running) throw new Error('a run is under way')
  const id = crypto.randomUUID()
  ownRuns.add(id)
  const started = Date.now()
  useEngine.setState({ running: { run: id, started, round: 0, pipes: [] } })
  stopController = new AbortController()
  const { signal } = stopController
  const onEvent = (event: RunEvent) => {
    const { running } = useEngine.getState()
    if (running?.run === id) showProgress(withEvent(running, event), event)
  }
  try {
    await syncWorker()
    const result = await begin(id, { onEvent, signal, isRun: true })
    showResult(result)
    return result
  } catch (error) {
    const stopped = error instanceof EngineStopped && error.why === 'cancelled'
    const pipes = useEngine.getState().running?.pipes ?? []
    const result: RunResult = {
      run: id,
      state: stopped ? 'cancelled' : 'failed',
      rounds: useEngine.getState().running?.round ?? 0,
      milliseconds: Date.now() - started,
      pipes: pipes.map((pipe) => (pipe.state === 'running' ? { ...pipe, state: 'cancelled' } : pipe)),
    }
    showResult(result)
    if (!stopped) throw error
    return result
  }
}

function showResult(result: RunResult): void {
  useEngine.setState((state) => ({ running: null, last: { ...state.last, ...byPipe(result.pipes) } }))
  void syncWorker().then(refreshProject, () => undefined)
}

/**
 * Stops the run. When the worker does not respond at once, it is ended and another one started: what was committed
 * stays, the batch at hand is dropped whole.
 */
export function cancelOpenRun(): void {
  const { running } = useEngine.getState()
  if (!running) return
  const { address } = useServerPlace.getState()
  if (address === null || ownRuns.has(running.run)) stopController?.abort()
  else void import('../server/calls.ts').then(({ stopServerRun }) => stopServerRun(address, running.run))
}
