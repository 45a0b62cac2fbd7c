/** Long work lets other work of its thread have its turn. */

import type { Environment } from '../environment.ts'

const waitingTurns: (() => void)[] = []
let channel: MessageChannel | null = null

/** Lets events of this thread be handled. Timers would be slowed down to 4 ms when repeated. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else {
      if (!channel) {
        channel = new MessageChannel()
        channel.port1.onmessage = () => waitingTurns.shift()?.()
      }
      waitingTurns.push(resolve)
      channel.port2.postMessage(null)
    }
  })
}

/** While pipes run, other long work rests this many times as long as it worked, and at most this many seconds at once. */
const REST_FACTOR = 9
const MAX_REST_SECONDS = 0.2
const NANOSECONDS = 1e9

/** Seconds between two looks at whether pipes still run. */
const POLL_SECONDS = 0.2

/** A {@link turn} for work that can wait: it goes on when no pipe runs, or when `signal` is aborted. */
export function turnAfterRuns(
  environment: Environment,
  isRunning: () => boolean,
): (signal: AbortSignal) => Promise<void> {
  return async (signal) => {
    await turn()
    while (isRunning() && !signal.aborted) {
      await pause(environment, POLL_SECONDS)
      await turn()
    }
  }
}

/**
 * Begins work that is not urgent, and gives its {@link turn}: while pipes run, the work takes a tenth of the time, however
 * long one piece of it is.
 */
export function turnsBesideRuns(environment: Environment, isRunning: () => boolean): () => () => Promise<void> {
  return () => {
    let began = environment.now()
    return async () => {
      let restSeconds = (REST_FACTOR * Number(environment.now() - began)) / NANOSECONDS
      await turn()
      for (; restSeconds > 0 && isRunning(); restSeconds -= MAX_REST_SECONDS)
        await pause(environment, Math.min(restSeconds, MAX_REST_SECONDS))
      began = environment.now()
    }
  }
}

async function pause(environment: Environment, seconds: number): Promise<void> {
  await (environment.pause?.(seconds) ?? new Promise((done) => setTimeout(done, seconds * 1000)))
}
