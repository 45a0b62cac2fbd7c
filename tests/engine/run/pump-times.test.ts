/** When pumps were started, by a clock that is set back and forward. */
import { expect, it } from 'vitest'
import { PumpTimes, wallTime } from '../../../engine-worker/run/pump-times.ts'

const HOUR = 3_600_000

function clocked() {
  let wall = 10 * HOUR
  const environment = { now: () => 5_000_000n, wall: () => wall }
  return {
    times: new PumpTimes(environment),
    set: (to: number) => {
      wall = to
    },
  }
}

it('is the clock of the machine, or that of the engine where there is no other', () => {
  expect(wallTime({ now: () => 5_000_000n, wall: () => 7 })).toBe(7)
  expect(wallTime({ now: () => 5_000_000n })).toBe(5)
})

it('remembers starts and rescans', () => {
  const { times, set } = clocked()
  expect(times.of('a')).toBeUndefined()
  times.started('a', false)
  expect(times.of('a')).toEqual({ started: 10 * HOUR, rescan: null })
  set(11 * HOUR)
  times.rescanned('a')
  times.rescanned('b')
  expect(times.of('a')).toEqual({ started: 10 * HOUR, rescan: 11 * HOUR })
  expect(times.of('b')).toEqual({ started: null, rescan: 11 * HOUR })
  times.started('a', true)
  expect(times.of('a')).toEqual({ started: 11 * HOUR, rescan: 11 * HOUR })
})

it('goes back with the clock, so that what was a minute ago stays a minute ago', () => {
  const { times, set } = clocked()
  times.started('a', true)
  set(10 * HOUR + 60_000)
  times.now()
  set(9 * HOUR + 60_000)
  expect(times.now()).toBe(9 * HOUR + 60_000)
  expect([times.began, times.of('a')]).toEqual([9 * HOUR, { started: 9 * HOUR, rescan: 9 * HOUR }])
  // What is later by a clock that was set forward is due.
  set(33 * HOUR)
  times.now()
  expect([times.began, times.of('a')]).toEqual([9 * HOUR, { started: 9 * HOUR, rescan: 9 * HOUR }])
})
