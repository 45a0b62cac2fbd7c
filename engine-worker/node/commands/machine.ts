import { randomBytes } from 'node:crypto'
import { steady } from '../../storage/clock.ts'
import type { Surroundings } from '../../storage/store.ts'

/** The clock and the randomness of this machine. A pause changes no result, so nobody waits for it. */
export const machine: Surroundings = {
  now: steady(() => BigInt(Date.now()) * 1_000_000n),
  random: Math.random,
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
  pause: async () => undefined,
}
