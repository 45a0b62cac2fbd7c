import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_DAY, MIN_DAY } from '../../../../engine-worker/entity/datetime.ts'
import { decodeTransit } from '../../../../engine-worker/entity/transit.ts'
import { DateTime, Day, type Json, type Value } from '../../../../engine-worker/entity/value.ts'
import { evaluate, problemOf } from './evaluate.ts'

const seconds = fc.integer({ min: MIN_DAY * 86_400, max: MAX_DAY * 86_400 + 86_399 })
const moment = fc.tuple(seconds, fc.nat({ max: 999_999_999 })).map(([s, nanos]) => new DateTime(s, nanos))
/** Well inside the range of dates, so that adding does not leave it. */
const ordinaryTime = fc
  .tuple(fc.integer({ min: -5_000_000_000, max: 5_000_000_000 }), fc.nat({ max: 999_999_999 }))
  .map(([s, nanos]) => new DateTime(s, nanos))
const zone = fc.constantFrom(
  'UTC',
  'Europe/Oslo',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Africa/Casablanca',
)
const fixedPart = fc.constantFrom('week', 'day', 'hour', 'minute', 'second', 'millisecond', 'microsecond', 'nanosecond')

function timeOf(text: string): Value {
  return decodeTransit(`~t${text}`)
}

describe('datetime-parse and datetime-format', () => {
  it('are inverse', () => {
    fc.assert(
      fc.property(moment, (v) => {
        const format = '%Y-%m-%d %H:%M:%S.%f'
        const text = evaluate(['datetime-format', format, '_S.v'], { v })
        const micros = new DateTime(v.seconds, v.nanos - (v.nanos % 1000))
        expect(evaluate(['datetime-parse', format, '_S.text'], { text })).toEqual(micros)
      }),
    )
    fc.assert(
      fc.property(
        moment,
        fc.constantFrom('%d.%m.%Y %I:%M:%S %p', '%Y%m%d%H%M%S', '%e/%m-%Y kl. %H.%M.%S%z'),
        (v, format) => {
          const text = evaluate(['datetime-format', format, '_S.v'], { v })
          expect(evaluate(['datetime-parse', format, '_S.text'], { text })).toEqual(new DateTime(v.seconds, 0))
        },
      ),
    )
  })

  it('are inverse in zones that say their offset', () => {
    fc.assert(
      fc.property(ordinaryTime, zone, (v, name) => {
        if (v.seconds < 0) return // before that, offsets have seconds, which %z cannot write
        const text = evaluate(['datetime-format', name, '%Y-%m-%dT%H:%M:%S%z', '_S.v'], { v })
        expect(evaluate(['datetime-parse', '%Y-%m-%dT%H:%M:%S%z', '_S.text'], { text })).toEqual(
          new DateTime(v.seconds, 0),
        )
      }),
    )
  })

  it('take skipped and repeated local times as documented at the function', () => {
    const parse = (text: string) => evaluate(['datetime-parse', 'Europe/Oslo', '%Y-%m-%d %H:%M', text])
    expect(parse('2021-03-28 01:59')).toEqual(timeOf('2021-03-28T00:59:00Z'))
    expect(parse('2021-03-28 02:30')).toEqual(timeOf('2021-03-28T01:30:00Z'))
    expect(parse('2021-03-28 03:00')).toEqual(timeOf('2021-03-28T01:00:00Z'))
    expect(parse('2021-10-31 02:30')).toEqual(timeOf('2021-10-31T01:30:00Z'))
    expect(parse('2021-10-31 03:00')).toEqual(timeOf('2021-10-31T02:00:00Z'))
  })

  it('read only what fits', () => {
    const parse = (format: string, ...texts: Json[]) => evaluate(['datetime-parse', format, ['list', ...texts]])
    expect(parse('%Y-%m-%d', '2021-02-30', '2021-13-01', '21-01-01', '2021-01-01x', '2021-1-5', 5, null)).toEqual([
      timeOf('2021-01-05T00:00:00Z'),
    ])
    expect(parse('%H:%M', '24:00', '23:60', '23:59')).toEqual([timeOf('1900-01-01T23:59:00Z')])
    expect(parse('%I %p', '0 am', '12 am', '12 PM', '13 pm')).toEqual([
      timeOf('1900-01-01T00:00:00Z'),
      timeOf('1900-01-01T12:00:00Z'),
    ])
    expect(parse('%Y%z', '2021Z', '2021+0130', '2021+1:30', '2021+01:75')).toEqual([
      timeOf('2021-01-01T00:00:00Z'),
      timeOf('2020-12-31T22:30:00Z'),
    ])
    expect(parse('%S.%f', '1.5', '1.123456789', '1.')).toEqual([
      timeOf('1900-01-01T00:00:01.5Z'),
      timeOf('1900-01-01T00:00:01.123456789Z'),
    ])
  })

  it('say what is wrong with a format or a zone', () => {
    expect(problemOf(['datetime-parse', '%Y-%q', '_S.v'])).toBe('dtl-bad-time-format')
    expect(problemOf(['datetime-parse', '%z %Y', '_S.v'])).toBe('dtl-bad-time-format')
    expect(problemOf(['datetime-format', '%z %Y', '_S.v'])).toBeNull()
    expect(problemOf(['datetime-format', 'Europe/Atlantis', '%Y', '_S.v'])).toBe('dtl-unknown-timezone')
    expect(problemOf(['datetime-format', '_S.zone', '%Y', '_S.v'], { zone: '+01:00' })).toBe('dtl-unknown-timezone')
    expect(problemOf(['datetime-plus', 'fortnight', 1, '_S.v'])).toBe('dtl-not-a-choice')
    expect(problemOf(['datetime-plus', '_S.part', 1, '_S.v'], { v: new Day(0), part: 'x' })).toBe(
      'dtl-unknown-date-part',
    )
    expect(problemOf(['datetime-shift', 'UTC', 'Mars', '_S.v'])).toBe('dtl-unknown-timezone')
  })

  it('take zone and format from the entity too', () => {
    const dtl = ['datetime-format', '_S.zone', '_S.format', '_S.v']
    const v = timeOf('2021-07-01T12:00:00Z')
    expect(evaluate(dtl, { v, zone: 'Asia/Tokyo', format: '%H' })).toBe('21')
    expect(evaluate(dtl, { v, zone: 'UTC', format: '%m/%Y' })).toBe('07/2021')
    expect(evaluate(dtl, { v, zone: 5, format: '%Y' })).toBeNull()
  })
})

describe('datetime', () => {
  it('counts nanoseconds', () => {
    fc.assert(
      fc.property(moment, (v) => {
        const nanos = BigInt(v.seconds) * 1_000_000_000n + BigInt(v.nanos)
        expect(evaluate(['datetime', '_S.n'], { n: nanos })).toEqual(v)
        expect(evaluate(['datetime', ['string', '_S.v']], { v })).toEqual(v)
      }),
    )
    expect(evaluate(['datetime', 10n ** 30n])).toBeNull()
    expect(evaluate(['datetime', ['list', 1.5, '2021-05-17', '2021-05-17T10:00:00', true]])).toEqual([
      timeOf('2021-05-17T00:00:00Z'),
    ])
  })
})

describe('datetime-plus and datetime-diff', () => {
  it('are inverse for parts of fixed length', () => {
    fc.assert(
      fc.property(ordinaryTime, fixedPart, fc.integer({ min: -50_000, max: 50_000 }), (v, part, n) => {
        const later = evaluate(['datetime-plus', part, n, '_S.v'], { v })
        expect(evaluate(['datetime-diff', part, '_S.later', '_S.v'], { later, v })).toBe(n)
        expect(evaluate(['datetime-plus', part, -n, '_S.later'], { later })).toEqual(v)
      }),
    )
  })

  it('count whole months and years', () => {
    fc.assert(
      fc.property(ordinaryTime, ordinaryTime, fc.constantFrom('month', 'year'), (a, b, part) => {
        const n = evaluate(['datetime-diff', part, '_S.a', '_S.b'], { a, b }) as number
        expect(evaluate(['datetime-diff', part, '_S.b', '_S.a'], { a, b })).toBe(n === 0 ? 0 : -n)
        const month = Math.abs(a.seconds - b.seconds) / (part === 'year' ? 365.2425 : 30.436875) / 86_400
        expect(Math.abs(Math.abs(n) - month)).toBeLessThan(1.1)
      }),
    )
    expect(evaluate(['datetime-plus', 'month', 1, '~t2023-01-31T00:00:00Z'])).toEqual(timeOf('2023-02-28T00:00:00Z'))
    expect(evaluate(['datetime-plus', 'year', -1, '~t2024-02-29T10:00:00.5Z'])).toEqual(
      timeOf('2023-02-28T10:00:00.5Z'),
    )
    expect(evaluate(['datetime-plus', 'year', 10_000, '~t2024-02-29T10:00:00Z'])).toBeNull()
    expect(evaluate(['datetime-plus', 'nanosecond', 10n ** 40n, '~t2024-02-29T10:00:00Z'])).toBeNull()
    expect(evaluate(['datetime-plus', 'day', 1, '~t2024-02-28'])).toEqual(timeOf('2024-02-29T00:00:00Z'))
  })
})

describe('datetime-shift', () => {
  it('goes there and back where no clock is changed', () => {
    fc.assert(
      fc.property(ordinaryTime, zone, (v, name) => {
        const there = evaluate(['datetime-shift', 'UTC', name, '_S.v'], { v }) as DateTime
        const back = evaluate(['datetime-shift', name, 'UTC', '_S.there'], { there }) as DateTime
        const again = evaluate(['datetime-shift', 'UTC', name, '_S.back'], { back })
        expect(again).toEqual(there)
      }),
    )
  })
})
