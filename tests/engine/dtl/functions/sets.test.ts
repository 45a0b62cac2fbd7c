import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../../../engine-worker/entity/order.ts'
import type { Value } from '../../../../engine-worker/entity/value.ts'
import { anyValue } from '../../entity/arbitrary.ts'
import { evaluate } from './evaluate.ts'

/** Lists that share values often. */
const list = fc.array(fc.oneof(fc.constantFrom<Value>('a', 'b', 1, 2, null, [1], { x: 1 }), anyValue), { maxLength: 8 })

const keysOf = (value: Value) => (Array.isArray(value) ? value.map(canonical) : [])
const keySet = (value: Value) => new Set(keysOf(value))

describe('sets', () => {
  it('intersection and difference share the first list out between them, in its order', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const shared = keysOf(evaluate(['intersection', '_S.a', '_S.b'], { a, b }))
        const rest = keysOf(evaluate(['difference', '_S.a', '_S.b'], { a, b }))
        const others = new Set(b.map(canonical))
        expect(shared).toEqual(a.map(canonical).filter((key) => others.has(key)))
        expect(rest).toEqual(a.map(canonical).filter((key) => !others.has(key)))
      }),
    )
  })
  it('union has each value of both once', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const all = keysOf(evaluate(['union', '_S.a', '_S.b'], { a, b }))
        expect(new Set(all).size).toBe(all.length)
        expect(new Set(all)).toEqual(new Set([...a, ...b].map(canonical)))
      }),
    )
  })
  it('both sides may change places, apart from the order', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(keySet(evaluate(['union', '_S.a', '_S.b'], { a, b }))).toEqual(
          keySet(evaluate(['union', '_S.b', '_S.a'], { a, b })),
        )
        expect(keySet(evaluate(['intersection', '_S.a', '_S.b'], { a, b }))).toEqual(
          keySet(evaluate(['intersection', '_S.b', '_S.a'], { a, b })),
        )
        expect(evaluate(['intersects', '_S.a', '_S.b'], { a, b })).toBe(
          evaluate(['intersects', '_S.b', '_S.a'], { a, b }),
        )
      }),
    )
  })
  it('lists intersect when their intersection is not empty', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(evaluate(['intersects', '_S.a', '_S.b'], { a, b })).toBe(
          evaluate(['is-not-empty', ['intersection', '_S.a', '_S.b']], { a, b }),
        )
      }),
    )
  })
})
