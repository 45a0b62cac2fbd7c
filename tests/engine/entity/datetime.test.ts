import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dateOf,
  dateTime,
  daysOf,
  fromNanos,
  MAX_DAY,
  MIN_DAY,
  printTime,
  readTime,
  toNanos,
} from '../../../engine-worker/entity/datetime.ts'
import { DateTime, Day } from '../../../engine-worker/entity/value.ts'

const days = fc.integer({ min: MIN_DAY, max: MAX_DAY })
const moment = fc
  .tuple(days, fc.nat({ max: 86_399 }), fc.nat({ max: 999_999_999 }))
  .map(([day, second, nanos]) => new DateTime(day * 86_400 + second, nanos))

describe('the calendar', () => {
  it('agrees with the platform', () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = new Date(day * 86_400_000)
        const { year, month, day: dayOfMonth } = dateOf(day)
        expect([year, month, dayOfMonth]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()])
        expect(daysOf(year, month, dayOfMonth)).toBe(day)
      }),
    )
  })

  it('ends with the years 1 and 9999', () => {
    expect(printTime(new Day(MIN_DAY))).toBe('0001-01-01')
    expect(printTime(new DateTime(MAX_DAY * 86_400 + 86_399, 999_999_999))).toBe('9999-12-31T23:59:59.999999999Z')
    expect(dateTime((MAX_DAY + 1) * 86_400, 0)).toBeNull()
    expect(dateTime(MIN_DAY * 86_400 - 1, 0)).toBeNull()
  })
})

describe('the text of moments', () => {
  it('is read as it was printed', () => {
    fc.assert(
      fc.property(moment, days, (value, day) => {
        expect(readTime(printTime(value))).toEqual(value)
        expect(readTime(printTime(new Day(day)))).toEqual(new Day(day))
        expect(fromNanos(toNanos(value))).toEqual(value)
        expect(printTime(value).slice(0, 19)).toBe(new Date(value.seconds * 1000).toISOString().slice(0, 19))
      }),
    )
  })

  it('is strict', () => {
    const wrong =
      '2015-1-1 2015-02-29 2015-00-10 0000-01-01 2015-01-01T00:00:00 2015-01-01T24:00:00Z 2015-01-01T00:60:00Z ' +
      '2015-01-01T00:00:00.Z 2015-01-01T00:00:00.1234567890Z 2015-01-01T00:00:00+00:00 2015-01-01 00:00:00Z ' +
      '2015/01/01 2015-01-01T00:00:0xZ 2015-01-01T00.00:00Z'
    for (const text of wrong.split(/ (?!00)/)) expect([text, readTime(text)]).toEqual([text, null])
  })
})
