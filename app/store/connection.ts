/**
 * The page's end of the wall: a worker that is started when needed, and ended when it does not hear. Every call that is
 * under way when the worker ends is rejected with {@link EngineStopped}; nothing waits for ever.
 */
// comlink: calls over postMessage as promises; it has neither cancellation nor rejection on termination, so both are here.
import { proxy, type Remote, wrap } from 'comlink'
import type { Engine, Problem } from '../../engine-worker/index.ts'
import { words } from '../i18n/i18n.ts'

/** The worker was ended while the call was under way. */
export class EngineStopped extends Error {
  constructor(readonly why: 'cancelled' | 'crashed' | 'closed') {
    super(`the engine was stopped: ${why}`)
    this.name = 'EngineStopped'
  }
}

/** What a connection does besides the engine's calls. */
export interface Connection {
  /** Runs one call against the worker, starting it when there is none. */
  call<T>(work: (engine: Remote<Engine>) => Promise<T>): Promise<T>
  /** Ends the worker; the next call starts another. */
  stop(why: EngineStopped['why']): void
}

interface Running {
  readonly worker: Worker
  readonly engine: Remote<Engine>
  readonly pending: Set<(reason: EngineStopped) => void>
}

/** A connection to workers made by `start`; `crashed` hears of a worker that failed by itself. */
export function connect(start: () => Worker, crashed: (message: string) => void): Connection {
  let running: Running | null = null

  const stop = (why: EngineStopped['why']) => {
    const ending = running
    running = null
    if (!ending) return
    ending.worker.terminate()
    for (const reject of ending.pending) reject(new EngineStopped(why))
  }

  const begin = (): Running => {
    const worker = start()
    const begun: Running = { worker, engine: wrap<Engine>(worker), pending: new Set() }
    worker.addEventListener('error', (event) => {
      if (running !== begun) return
      stop('crashed')
      crashed(event.message)
    })
    return begun
  }

  return {
    stop,
    call: (work) => {
      running ??= begin()
      const { engine, pending } = running
      return new Promise((resolve, reject) => {
        pending.add(reject)
        work(engine)
          .then(resolve, (error: unknown) => reject(translated(error)))
          .finally(() => pending.delete(reject))
      })
    },
  }
}

/** Hands a function to the worker: the one callback that crosses the wall, for progress. */
export function port<T extends (...args: never[]) => void>(listen: T): T {
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
