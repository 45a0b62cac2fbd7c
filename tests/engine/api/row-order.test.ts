import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowOrder } from '../../../engine-worker/api/row-order.ts'
import { compare } from '../../../engine-worker/entity/order.ts'
import type { Value } from '../../../engine-worker/entity/value.ts'
import { anyValue } from '../entity/arbitrary.ts'

const pause = async () => {}

async function ordered(values: readonly Value[], descending: boolean): Promise<number[]> {
  const order = new RowOrder([{ by: 'value', descending }])
  const batch = { updated: values.map((_, at) => at), text: () => '', value: (at: number) => values[at] }
  for (const at of batch.updated) order.add({ ...batch, mayContain: () => true, content: () => ({}) }, at)
  return [...(await order.order(pause))]
}

/** The order in which a list of values is sorted. */
function expected(values: readonly Value[], descending: boolean): number[] {
  return values
    .map((_, row) => row)
    .sort((a, b) => {
      const [left = null, right = null] = [values[a], values[b]]
      if (left === null || right === null) return left === right ? a - b : left === null ? 1 : -1
      return (descending ? -compare(left, right) : compare(left, right)) || a - b
    })
}

const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'ø', 'Ω', '\u{1f600}', '\uffee', '\0', '\ud800'),
  maxLength: 12,
})

describe('keys to sort by', () => {
  it('put rows in the order of their values, whatever these are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(anyValue, fc.constant(null), text, fc.integer({ min: -3, max: 3 })), { maxLength: 40 }),
        fc.boolean(),
        async (values, descending) => {
          expect(await ordered(values, descending)).toEqual(expected(values, descending))
        },
      ),
    )
  })

  it('put texts with a common beginning in order', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.array(text, { maxLength: 40 }), async (beginning, ends) => {
        const values = ends.map((end) => beginning + end)
        expect(await ordered(values, false)).toEqual(expected(values, false))
      }),
    )
  })

  it.each([
    ['numbers', (n: number): Value => (n % 11 === 0 ? null : (n * 7919) % 1000)],
    ['texts', (n: number): Value => `customer ${(n * 7919) % 50_021}`],
  ])('merge what is sorted in pieces: %s', async (_, valueFor) => {
    const values = Array.from({ length: 50_000 }, (_, n) => valueFor(n))
    for (const descending of [false, true]) {
      expect(await ordered(values, descending)).toEqual(expected(values, descending))
    }
  })
})
