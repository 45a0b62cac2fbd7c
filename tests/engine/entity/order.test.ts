import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentHash } from '../../../engine-worker/entity/hash.ts'
import { canonical, compare, compareText, equal, equalAsLists, joinKey } from '../../../engine-worker/entity/order.ts'
import { decodeTransit, readValue } from '../../../engine-worker/entity/transit.ts'
import type { Json, Value } from '../../../engine-worker/entity/value.ts'
import { anyEntity, anyValue, dictOf } from './arbitrary.ts'

/** Values that are close to each other, so that equality and order are tried where they matter. */
const close = fc.constantFrom<Value>(
  ...(readValue(
    '[1,1.0,"~f1","~f1.00",1.5,"~f1.5",2,10000000000000000000,1e19,"~f1e19",0,-0.0,"1",null,true,false,[],[1],[1.0],[null],{},{"a":1},{"a":1.0},{"b":1},"~:a:b","~ra:b","a:b","~t2015-01-01","~t2015-01-01T00:00:00Z","~t2015-01-01T00:00:00.5Z","~bAA==","~bAAA=","~u531a379e-31bb-4ce1-8690-158dceb64be6","\\u0001n1","\\u0001",1e999]',
  ) as Value[]),
)
const value = fc.oneof(close, fc.array(close, { maxLength: 3 }), anyValue)

describe('order', () => {
  it('is total', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0)
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 2000 },
    )
  })

  it('agrees with equality and with join keys', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(equal(a, b)).toBe(compare(a, b) === 0)
        expect(canonical(a) === canonical(b)).toBe(equal(a, b))
      }),
      { numRuns: 3000 },
    )
  })

  it('goes by the rank of types, then by value', () => {
    const sorted = ['~bAA==', ['x'], { a: 1 }, 'b', 'B', '~ra', '~:a:b', '~t2015-01-01', 2, '~f1.5', 1, true, null]
      .map((json) => decodeTransit(json as Json))
      .sort(compare)
    expect(sorted.map((item) => canonical(item))).toEqual(
      [null, true, 1, '~f1.5', 2, '~t2015-01-01', '~:a:b', '~ra', 'B', 'b', { a: 1 }, ['x'], '~bAA=='].map((json) =>
        canonical(decodeTransit(json as Json)),
      ),
    )
    expect(compareText('\u{1F600}', '\uffff')).toBeGreaterThan(0)
  })

  it('compares as lists for eq', () => {
    expect(equalAsLists(42, [42])).toBe(true)
    expect(equalAsLists([1, 2], [2, 1])).toBe(false)
    expect(equalAsLists(null, null)).toBe(true)
    expect(equalAsLists(null, [])).toBe(false)
    expect(equalAsLists(null, [null])).toBe(false)
    expect(joinKey(null)).toBeNull()
  })
})

describe('content hash', () => {
  it('ignores key order and reserved fields', () => {
    fc.assert(
      fc.property(anyEntity, (entity) => {
        const reversed = dictOf([...Object.entries(entity)].reverse())
        expect(contentHash(reversed)).toBe(contentHash(entity))
        expect(contentHash({ ...entity, _updated: 5, _ts: 7, _deleted: false })).toBe(
          contentHash({ ...entity, _deleted: false }),
        )
      }),
    )
  })

  it('differs where the content differs', () => {
    const texts = ['1', '1.0', '"1"', '"~f1"', '"~f1.0"', '[1]', '[]', 'null', 'true', '[[1]]', '[1,null]', '{"a":1}']
    const hashes = texts.map((text) => contentHash({ _id: 'x', value: readValue(`[${text}]`) }))
    expect(new Set(hashes).size).toBe(texts.length)
    expect(contentHash({ _id: 'x', _deleted: true })).not.toBe(contentHash({ _id: 'x' }))
    expect(contentHash({ _id: 'x', a: { _b: 1 } })).not.toBe(contentHash({ _id: 'x', a: {} }))
    const many = new Set(Array.from({ length: 20_000 }, (_, n) => contentHash({ _id: `${n}`, n: n % 7 })))
    expect(many.size).toBe(20_000)
    expect([...many][0]).toMatch(/^[0-9a-f]{32}$/)
  })
})
