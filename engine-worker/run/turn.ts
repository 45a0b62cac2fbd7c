/** Long work lets other work of its thread have its turn. */

import type { Environment } from '../environment.ts'

const waiting: (() => void)[] = []
let channel: MessageChannel | null = null

/** Lets events of this thread be handled. Timers would be slowed down to 4 ms when repeated. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else {
      if (!channel) {
        channel = new MessageChannel()
        channel.port1.onmessage = () => waiting.shift()?.()
      }
      waiting.push(resolve)
      channel.port2.postMessage(null)
    }
  })
}

/** While pipes run, other long work rests this many times as long as it worked; at most so many seconds at once. */
const RESTS = 9
const LONGEST_REST = 0.2
const NANOSECONDS = 1e9

/** Seconds between two looks at whether pipes still run. */
const LOOK_AGAIN = 0.2

/** A {@link turn} for work that can wait: it goes on when no pipe runs, or when `signal` is aborted. */
export function turnAfterRuns(
  environment: Environment,
  isRunning: () => boolean,
): (signal: AbortSignal) => Promise<void> {
  return async (signal) => {
    await turn()
    while (isRunning() && !signal.aborted) {
      await pause(environment, LOOK_AGAIN)
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
      let owed = (RESTS * Number(environment.now() - began)) / NANOSECONDS
      await turn()
      for (; owed > 0 && isRunning(); owed -= LONGEST_REST) await pause(environment, Math.min(owed, LONGEST_REST))
      began = environment.now()
    }
  }
}

async function pause(environment: Environment, seconds: number): Promise<void> {
  await (environment.pause?.(seconds) ?? new Promise((done) => setTimeout(done, seconds * 1000)))
}
