/** Sort keys of rows: in the order of values, missing ones last. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SortKeys } from '../../../engine-worker/api/sort-keys.ts'
import { compare, rank } from '../../../engine-worker/entity/order.ts'
import { DateTime, Float, NI, type Value } from '../../../engine-worker/entity/value.ts'

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('same-a', 'same-b', 'same'))
const value: fc.Arbitrary<Value> = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true }).map((number) => new Float(number)),
  fc.boolean(),
  text.map((id) => new NI(id)),
  fc.tuple(fc.integer(), fc.integer({ min: 0, max: 999_999_999 })).map((moment) => new DateTime(...moment)),
  fc.constant(null),
)

it('order rows as their values are ordered, and backwards but for missing ones', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 40 }), fc.boolean(), (values, descending) => {
      const keys = new SortKeys()
      for (const each of values) keys.add(each)
      const order = keys.comparison(descending)
      values.forEach((left, a) => {
        values.forEach((right, b) => {
          const missing = [rank(left), rank(right)].includes(0)
          const expected = missing
            ? Math.sign(Number(rank(left) === 0) - Number(rank(right) === 0))
            : compare(left, right)
          expect(Math.sign(order(a, b)) + 0).toBe(
            (missing || !descending ? Math.sign(expected) : -Math.sign(expected)) + 0,
          )
        })
      })
    }),
  )
})
