/** Runs in the engine: started, followed and cancelled; one at a time. */
import type { RunEvent, RunResult } from '../../../engine-worker/index.ts'
import { type AskOptions, EngineStopped } from './connection.ts'
import { ask, refresh, sync } from './open-project.ts'
import { byPipe, type CurrentRun, withEvent } from './run-progress.ts'
import { useEngine } from './state.ts'

/** Stops the run under way. */
let stopping: AbortController | null = null

/** Runs pipes (all when absent) and follows their progress; one run at a time. */
export async function startRun(request: {
  readonly pipes?: readonly string[]
  readonly full?: boolean
}): Promise<RunResult> {
  return start((id, options) => ask('run', { ...request, run: id }, { ...options, early: true }))
}

let asking = false

/** Runs what is due by the schedules of the pumps; null when nothing is, or another run is under way. */
export async function startDueRun(): Promise<RunResult | null> {
  const { running, state } = useEngine.getState()
  if (running || asking || state !== 'ready') return null
  asking = true
  stopping = new AbortController()
  const id = crypto.randomUUID()
  let current: CurrentRun = { run: id, started: Date.now(), round: 0, pipes: [] }
  const progress = (event: RunEvent) => {
    // Events may come after the answer.
    if (!asking) return
    current = withEvent(current, event)
    follow(current, event)
  }
  try {
    const result = await ask('runDue', id, { onEvent: progress, signal: stopping.signal, early: true })
    asking = false
    if (result) settle(result)
    return result
  } catch (error) {
    useEngine.setState({ running: null })
    throw error
  } finally {
    asking = false
  }
}

/** Shows a run after an event of it. */
function follow(running: CurrentRun, { pipes }: RunEvent): void {
  useEngine.setState((state) => ({ running, last: { ...state.last, ...byPipe(pipes) } }))
}

/** Releases or discards the entities that the tripped circuit breaker of a pipe withholds. */
export async function resetPipeBreaker(pipe: string, how: 'commit' | 'rollback'): Promise<void> {
  await ask('resetBreaker', { pipe, how }, { early: true })
  useEngine.setState(({ last: { [pipe]: _, ...last } }) => ({ last }))
  await refresh()
}

type RunRequest = (id: string, options: AskOptions<'run'>) => Promise<RunResult>

async function start(begin: RunRequest): Promise<RunResult> {
  if (useEngine.getState().running) throw new Error('a run is under way')
  const id = crypto.randomUUID()
  const started = Date.now()
  useEngine.setState({ running: { run: id, started, round: 0, pipes: [] } })
  stopping = new AbortController()
  const { signal } = stopping
  const onEvent = (event: RunEvent) => {
    const { running } = useEngine.getState()
    if (running?.run === id) follow(withEvent(running, event), event)
  }
  try {
    await sync()
    const result = await begin(id, { onEvent, signal })
    settle(result)
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
    settle(result)
    if (!stopped) throw error
    return result
  }
}

function settle(result: RunResult): void {
  useEngine.setState((state) => ({ running: null, last: { ...state.last, ...byPipe(result.pipes) } }))
  void sync().then(refresh, () => undefined)
}

/**
 * Stops the run. When the worker does not respond at once, it is ended and another one started: what was committed
 * stays, the batch at hand is dropped whole.
 */
export function cancel(): void {
  if (useEngine.getState().running) stopping?.abort()
}
