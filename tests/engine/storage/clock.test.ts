/** A clock that never goes back, over one that does. */
import { expect, it } from 'vitest'
import { steady } from '../../../engine-worker/storage/clock.ts'

const SECOND = 1_000_000_000n

it('gives each moment once, and later ones later', () => {
  const now = steady(() => 5n * SECOND)
  expect([now(), now(), now()]).toEqual([5n * SECOND, 5n * SECOND + 1000n, 5n * SECOND + 2000n])
})

it('goes half as fast after the clock was set back, until that has caught up', () => {
  let [wall, elapsed] = [1000n * SECOND, 0n]
  const now = steady(
    () => wall,
    () => elapsed,
  )
  expect(now()).toBe(1000n * SECOND)
  const pass = (seconds: bigint) => {
    wall += seconds * SECOND
    elapsed += seconds * SECOND
  }
  wall -= 100n * SECOND
  pass(40n)
  expect(now()).toBe(1020n * SECOND)
  pass(160n)
  expect(now()).toBe(1100n * SECOND)
  pass(10n)
  expect(now()).toBe(1110n * SECOND)
  wall += 86_400n * SECOND
  expect(now()).toBe(87_510n * SECOND)
})
