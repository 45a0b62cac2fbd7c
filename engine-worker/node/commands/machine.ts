import { randomBytes } from 'node:crypto'
import type { Environment } from '../../environment.ts'
import { steady } from '../../storage/clock.ts'

/** The clock and the randomness of this machine. Pauses are skipped, because they change no result. */
export const machine: Environment = {
  now: steady(() => BigInt(Date.now()) * 1_000_000n),
  random: Math.random,
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
  pause: async () => undefined,
}
