/** Runs in the engine: started, followed and cancelled; one at a time. */
import type { RunEvent, RunResult } from '../../../engine-worker/index.ts'
import { EngineStopped, port } from './connection.ts'
import { engineConnection, refresh, restartEngine, sync } from './open-project.ts'
import { byPipe, type CurrentRun, withEvent } from './run-progress.ts'
import { useEngine } from './state.ts'

/** Milliseconds in which the worker must hear that a run is cancelled. */
const cancelTimeout = 100

/** Runs pipes (all when absent) and follows their progress; one run at a time. */
export async function startRun(request: {
  readonly pipes?: readonly string[]
  readonly full?: boolean
}): Promise<RunResult> {
  return start(async (id, progress) =>
    engineConnection.call((engine) => engine.run({ ...request, run: id }, port(progress))),
  )
}

let asking = false

/** Runs what is due by the schedules of the pumps; null when nothing is, or another run is under way. */
export async function runDue(): Promise<RunResult | null> {
  const { running, state } = useEngine.getState()
  if (running || asking || state !== 'ready') return null
  asking = true
  const id = crypto.randomUUID()
  let current: CurrentRun = { run: id, started: Date.now(), round: 0, pipes: [] }
  const progress = (event: RunEvent) => {
    // Events may come after the answer.
    if (!asking) return
    current = withEvent(current, event)
    follow(current, event)
  }
  try {
    const result = await engineConnection.call((engine) => engine.runDue(id, port(progress)))
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

/** Shows a run as it stands after news of it. */
function follow(running: CurrentRun, { pipes }: RunEvent): void {
  useEngine.setState((state) => ({ running, last: { ...state.last, ...byPipe(pipes) } }))
}

/** Lets out, or takes back, what the tripped circuit breaker of a pipe withholds. */
export async function resetPipeBreaker(pipe: string, how: 'commit' | 'rollback'): Promise<void> {
  await engineConnection.call((engine) => engine.resetBreaker({ pipe, how }))
  useEngine.setState(({ last: { [pipe]: _, ...last } }) => ({ last }))
  await refresh()
}

type Start = (id: string, progress: (event: RunEvent) => void) => Promise<RunResult>

async function start(begin: Start): Promise<RunResult> {
  if (useEngine.getState().running) throw new Error('a run is under way')
  const id = crypto.randomUUID()
  const started = Date.now()
  useEngine.setState({ running: { run: id, started, round: 0, pipes: [] } })
  const progress = (event: RunEvent) => {
    const { running } = useEngine.getState()
    if (running?.run === id) follow(withEvent(running, event), event)
  }
  try {
    await sync()
    const result = await begin(id, progress)
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
 * Stops the run. When the worker does not hear it at once, it is ended and another one started: what was committed
 * stays, the batch at hand is dropped whole.
 */
export async function cancel(): Promise<void> {
  const running = useEngine.getState().running
  if (!running) return
  const heard = engineConnection
    .call((engine) => engine.cancel(running.run))
    .then(
      () => true,
      () => true,
    )
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), cancelTimeout))
  if (await Promise.race([heard, late])) return
  await restartEngine('cancelled')
}
