/**
 * The page's end of the wall: a worker that is started when needed, and ended when it does not hear. Every call that is
 * under way when the worker ends is rejected with {@link EngineStopped}; nothing waits for ever.
 */
// comlink: calls over postMessage as promises; it has neither cancellation nor rejection on termination, so both are here.
import { proxy, type Remote, wrap } from 'comlink'
import type { Engine, Problem } from '../../../engine-worker/index.ts'
import { words } from '../../i18n/i18n.ts'

/** The worker was ended while the call was under way. */
export class EngineStopped extends Error {
  constructor(readonly why: 'cancelled' | 'crashed' | 'closed') {
    super(`the engine was stopped: ${why}`)
    this.name = 'EngineStopped'
  }
}

/** What a connection does besides the engine's calls. */
interface EngineConnection {
  /** Runs one call against the worker, starting it when there is none. */
  call<T>(work: (engine: Remote<Engine>) => Promise<T>): Promise<T>
  /** Ends the worker; the next call starts another. */
  stop(why: EngineStopped['why']): void
}

/** What a connection tells of its worker. */
interface ConnectionEvents {
  /** The worker ended by itself: by an error, for want of memory, or because the browser ended it. */
  readonly crashed: (message: string) => void
  /** Whether the worker has left calls without a sign of life for a second or more. */
  readonly busy: (isBusy: boolean) => void
}

interface RunningWorker {
  readonly worker: Worker
  readonly engine: Remote<Engine>
  readonly pending: Set<(reason: EngineStopped) => void>
  /** Gives up waiting for the end of the worker. */
  readonly ending: AbortController
  /** Looks for signs of life while calls are pending. */
  timer: ReturnType<typeof setInterval> | undefined
  /** When the sign of life was asked for that has not come yet. */
  askedAt: number | null
}

/** Milliseconds between two looks at a worker that has calls to answer, and until it counts as busy. */
const lookInterval = 500
const busyAfter = 1000

/** A connection to workers made by `start`, each under a name of its own. */
export function connectEngine(start: (name: string) => Worker, events: ConnectionEvents): EngineConnection {
  let running: RunningWorker | null = null

  const stop = (why: EngineStopped['why']) => {
    const ending = running
    running = null
    if (!ending) return
    clearInterval(ending.timer)
    ending.ending.abort()
    ending.worker.terminate()
    events.busy(false)
    for (const reject of ending.pending) reject(new EngineStopped(why))
  }

  const begin = (): RunningWorker => {
    const name = `engine ${crypto.randomUUID()}`
    const worker = start(name)
    const begun: RunningWorker = {
      worker,
      engine: wrap<Engine>(worker),
      pending: new Set(),
      ending: new AbortController(),
      timer: undefined,
      askedAt: null,
    }
    const crash = (message: string) => {
      if (running !== begun) return
      stop('crashed')
      events.crashed(message)
    }
    worker.addEventListener('error', ({ message }) => crash(message))
    void whenEnded(name, begun).then((ended) => ended && crash('the browser ended the worker'))
    return begun
  }

  const watch = (watched: RunningWorker) => {
    watched.timer ??= setInterval(() => {
      const { pending, engine, askedAt } = watched
      if (pending.size === 0) {
        clearInterval(watched.timer)
        watched.timer = undefined
      } else if (askedAt === null) {
        watched.askedAt = performance.now()
        void engine.ping().then(() => {
          watched.askedAt = null
          if (running === watched) events.busy(false)
        })
      } else if (performance.now() - askedAt > busyAfter) events.busy(true)
    }, lookInterval)
  }

  return {
    stop,
    call: (work) => {
      running ??= begin()
      const { engine, pending } = running
      watch(running)
      return new Promise((resolve, reject) => {
        pending.add(reject)
        work(engine)
          .then(resolve, (error: unknown) => reject(translated(error)))
          .finally(() => pending.delete(reject))
      })
    },
  }
}

/**
 * Resolves to true when a worker has ended. A worker that the browser ends for want of memory sends no event; but it holds
 * the lock of its name as long as it lives (worker.ts), and the lock comes free then. Never resolves without locks.
 */
async function whenEnded(name: string, { engine, ending }: RunningWorker): Promise<boolean> {
  if (!('locks' in navigator)) return false
  try {
    await engine.ping()
    return await navigator.locks.request(name, { signal: ending.signal }, () => true)
  } catch {
    // It was ended by this side.
    return false
  }
}

/** Hands a function to the worker: for progress of a call, and to ask whether a server may be asked. */
export function port<T extends (...args: never[]) => unknown>(listen: T): T {
  return proxy(listen)
}

/** An error of the engine with its message in the chosen language, where it brings the problem that it stands for. */
export function translated(error: unknown): unknown {
  if (error instanceof Error && 'problem' in error && isProblem(error.problem)) {
    error.message = words().engine.message(error.problem)
  }
  return error
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'facts' in value && 'where' in value
}
