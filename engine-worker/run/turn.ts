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

/**
 * While pipes run, other long work rests this many times as long as it worked, and at most this many milliseconds at
 * once.
 */
const RESTS = 9
const LONGEST_REST = 1
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

/** A {@link turn} for work that is not urgent: while pipes run it takes a tenth of the time. */
export function turnBesideRuns(environment: Environment, isRunning: () => boolean): () => Promise<void> {
  let began: bigint | null = null
  return async () => {
    const worked = began === null ? 0 : Number(environment.now() - began) / NANOSECONDS
    if (isRunning()) {
      const seconds = Math.min(LONGEST_REST, RESTS * worked)
      await pause(environment, seconds)
    } else await turn()
    began = environment.now()
  }
}

async function pause(environment: Environment, seconds: number): Promise<void> {
  await (environment.pause?.(seconds) ?? new Promise((done) => setTimeout(done, seconds * 1000)))
}
