import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalValue } from '../../../../engine-worker/entity/bigdecimal.ts'
import { canonical, compare } from '../../../../engine-worker/entity/order.ts'
import { Decimal, Float, type Value } from '../../../../engine-worker/entity/value.ts'
import { anyValue } from '../../entity/arbitrary.ts'
import { evaluate } from './evaluate.ts'

const list = fc.array(anyValue, { maxLength: 10 })
const ranked = fc
  .array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 })
  .map((ranks) => ranks.map((rank, no) => ({ rank, no })))

function asList(value: Value): Value[] {
  if (!Array.isArray(value)) throw new Error('a list is expected')
  return value
}

describe('sorted', () => {
  it('gives the same values, each not after a greater one', () => {
    fc.assert(
      fc.property(list, (values) => {
        const sorted = asList(evaluate(['sorted', '_S.values'], { values }))
        for (let i = 1; i < sorted.length; i++)
          expect(compare(sorted[i - 1] ?? null, sorted[i] ?? null)).toBeLessThanOrEqual(0)
        expect(sorted.map(canonical).sort()).toEqual(values.map(canonical).sort())
      }),
    )
  })
  it('keeps the places of values with equal keys, in both directions', () => {
    fc.assert(
      fc.property(ranked, (values) => {
        const rising = [...values].sort((a, b) => a.rank - b.rank || a.no - b.no)
        const falling = [...values].sort((a, b) => b.rank - a.rank || a.no - b.no)
        expect(evaluate(['sorted', '_.rank', '_S.values'], { values })).toEqual(rising)
        expect(evaluate(['sorted-descending', '_.rank', '_S.values'], { values })).toEqual(falling)
      }),
    )
  })
  it('leaves the source as it was', () => {
    const values = [3, 1, 2]
    evaluate(['reversed', ['sorted', '_S.values']], { values })
    expect(values).toEqual([3, 1, 2])
  })
})

describe('min and max', () => {
  it('are the ends of the sorted list', () => {
    fc.assert(
      fc.property(ranked, (values) => {
        const first = evaluate(['first', ['sorted', '_.rank', '_S.values']], { values })
        expect(evaluate(['min', '_.rank', '_S.values'], { values })).toEqual(first)
        const greatest = evaluate(['first', ['sorted-descending', '_.rank', '_S.values']], { values })
        expect(evaluate(['max', '_.rank', '_S.values'], { values })).toEqual(greatest)
      }),
    )
  })
})

describe('sum', () => {
  it('adds integers exactly, however large', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 20 }), (values) => {
        const exact = values.reduce((total, value) => total + BigInt(value), 0n)
        expect(String(evaluate(['sum', '_S.values'], { values }))).toBe(String(exact))
      }),
    )
  })
  it('is of the most precise type among its numbers', () => {
    expect(evaluate(['sum', ['list', 1, 2]])).toBe(3)
    expect(evaluate(['sum', ['list', 1, new Float(2)]])).toEqual(new Float(3))
    const exact = evaluate(['sum', ['list', '~f0.10', 0.2, 1]])
    expect(exact instanceof Decimal && decimalValue(exact).toFixed()).toBe('1.3')
  })
})
