import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Value } from '../../../../engine-worker/entity/value.ts'
import { anyValue } from '../../entity/arbitrary.ts'
import { evaluate, problemOf } from './evaluate.ts'

const list = fc.array(anyValue, { maxLength: 8 })
const place = fc.option(fc.integer({ min: -12, max: 12 }), { nil: null })

/** All indexes by the definition: start, start + stride, … as long as they are before (or behind) the end. */
function pickedIndexes(length: number, start: number | null, end: number | null, stride: number): number[] {
  const indexes = Array.from({ length }, (_, i) => i)
  const fromEnd = (at: number) => (at < 0 ? at + length : at)
  const from = start === null ? (stride > 0 ? 0 : length - 1) : fromEnd(start)
  const to = end === null ? (stride > 0 ? length : -1) : fromEnd(end)
  if (stride > 0) {
    const first = Math.max(0, from)
    return indexes.filter((i) => i >= first && i < to && (i - first) % stride === 0)
  }
  const first = Math.min(length - 1, from)
  return indexes
    .filter((i) => i <= first && i > (end === null ? -1 : Math.max(to, -1)) && (first - i) % -stride === 0)
    .reverse()
}

describe('slice', () => {
  it('takes the places its three numbers describe', () => {
    fc.assert(
      fc.property(
        list,
        place,
        place,
        fc.integer({ min: -4, max: 4 }).filter((n) => n !== 0),
        (values, start, end, stride) => {
          const expected = pickedIndexes(values.length, start, end, stride).map((i) => values[i])
          expect(evaluate(['slice', start, end, stride, '_S.values'], { values })).toEqual(expected)
        },
      ),
    )
  })
  it('refuses to go nowhere', () => {
    expect(problemOf(['slice', 0, 3, 0, '_S.values'], { values: [1] })).toBe('dtl-step-is-zero')
  })
  it('cuts at the ends when a position lies far outside', () => {
    expect(evaluate(['slice', -(10n ** 30n), 10n ** 30n, '_S.values'], { values: [1, 2] })).toEqual([1, 2])
  })
})

describe('insert', () => {
  it('keeps the list around the new value', () => {
    fc.assert(
      fc.property(list, fc.integer({ min: -12, max: 12 }), anyValue, (values, index, value) => {
        const result = evaluate(['insert', '_S.index', '_S.values', '_S.value'], { index, values, value })
        const at = index < 0 ? Math.max(0, values.length + index) : Math.min(index, values.length)
        expect(result).toEqual([...values.slice(0, at), value, ...values.slice(at)])
      }),
    )
  })
})

describe('nth, first and last', () => {
  it('agree with each other', () => {
    fc.assert(
      fc.property(list, (values) => {
        expect(evaluate(['nth', 0, '_S.values'], { values })).toEqual(evaluate(['first', '_S.values'], { values }))
        expect(evaluate(['nth', -1, '_S.values'], { values })).toEqual(evaluate(['last', '_S.values'], { values }))
        expect(evaluate(['nth', values.length, '_S.values'], { values })).toBeNull()
      }),
    )
  })
})

describe('range', () => {
  it('counts past the numbers that floats can hold', () => {
    const start = 2n ** 53n - 2n
    expect(evaluate(['range', '_S.start', '_S.stop'], { start: Number(start), stop: start + 3n })).toEqual([
      Number(start),
      Number(start) + 1,
      2n ** 53n,
    ])
  })
  it('is as long as its numbers say', () => {
    const bound = fc.integer({ min: -50, max: 50 })
    fc.assert(
      fc.property(
        bound,
        bound,
        fc.integer({ min: -5, max: 5 }).filter((n) => n !== 0),
        (start, stop, step) => {
          const expected: Value[] = []
          for (let n = start; step > 0 ? n < stop : n > stop; n += step) expected.push(n)
          expect(evaluate(['range', start, stop, step])).toEqual(expected)
        },
      ),
    )
  })
  it('ends in a problem instead of filling the memory', () => {
    expect(problemOf(['range', 0, 10n ** 12n])).toBe('dtl-budget')
    expect(problemOf(['range', 0, 10, 0])).toBe('dtl-step-is-zero')
  })
})

describe('in', () => {
  it('says the same for constant and for computed items', () => {
    const few = fc.array(fc.constantFrom('a', 'b', 1, null), { maxLength: 7 })
    fc.assert(
      fc.property(few, few, (values, items) => {
        const expected = values.length > 0 && values.every((value) => items.includes(value))
        expect(evaluate(['in', '_S.values', '_S.items'], { values, items })).toBe(expected)
        expect(evaluate(['in', '_S.values', ['list', ...items]], { values })).toBe(expected)
      }),
    )
  })
})

describe('combine and flatten', () => {
  it('combine of lists is flatten of the list of them', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(evaluate(['combine', '_S.a', '_S.b'], { a, b })).toEqual(
          evaluate(['flatten', ['list', '_S.a', '_S.b']], { a, b }),
        )
      }),
    )
  })
})

describe('budget', () => {
  it('counts copies of large lists, and long texts, as work', () => {
    const values = Array.from({ length: 1000 }, (_, i) => i)
    for (const inner of [
      ['combine', '_S.values', '_S.values'],
      ['sorted', '_S.values'],
      ['union', '_S.values', '_S.values'],
      ['slice', 1, '_S.values'],
      ['key-values', ['enumerate', '_S.values']],
      ['rjust', 100_000, '-', ['string', '_.']],
    ]) {
      expect(problemOf(['map', inner, '_S.values'], { values }, { budget: 100_000 })).toBe('dtl-budget')
    }
  })
})
