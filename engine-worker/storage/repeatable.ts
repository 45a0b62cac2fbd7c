/**
 * Time and randomness that are the same in every run that begins alike: one moment for all that rules ask, and for each
 * entity of a pipe random numbers of its own, however many entities were processed before it.
 */
import type { Environment } from '../environment.ts'
import { steady } from './clock.ts'

/** When the store of a run begins to stamp what it keeps; nothing but the stamps tells the two apart. */
export type StoreClock = 'first' | 'later'

/** Nanoseconds between the two, chosen so that the year and all smaller parts of a time differ: 400 days, 7:13:11.123457. */
const LATER_OFFSET = 34_585_991_123_457_000n

/** The environment of one run. Runs that are compared get the same `moment` (nanoseconds since 1970). */
export function repeatable(
  moment: bigint,
  clock: StoreClock = 'first',
): { readonly rules: Environment; readonly store: Environment } {
  let state = 0
  const random = (): number => {
    // mulberry32: 32 bits of state, spread evenly enough for data that is only compared.
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
  const rules: Environment = {
    now: () => moment,
    random,
    randomBytes: (length) => Uint8Array.from({ length }, () => Math.floor(random() * 256)),
    seed: (key) => {
      state = hashOf(key)
    },
  }
  return { rules, store: { ...rules, now: steady(() => (clock === 'later' ? moment + LATER_OFFSET : moment)) } }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value
}
