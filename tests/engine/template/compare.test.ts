/** Laws of equality and order for any values. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { float, integer } from '../../../engine-worker/entity/value.ts'
import { compareValues, equalValues, holds, sortedBy, truth } from '../../../engine-worker/template/compare.ts'
import { RenderState } from '../../../engine-worker/template/state.ts'
import { type JinjaValue, Markup, PyDict, PyList, PyTuple } from '../../../engine-worker/template/values.ts'
import { registry } from './registry.ts'

const state = () => new RenderState(registry, {})
const numbers = fc.oneof(
  fc.bigInt(-(10n ** 25n), 10n ** 25n).map(integer),
  fc.double({ noNaN: true }).map(float),
  fc.boolean(),
)
const texts = fc.string({ unit: 'grapheme' })
const lists = fc.array(numbers, { maxLength: 4 }).map((items) => new PyList(items))

describe('order', () => {
  test.each<[string, fc.Arbitrary<JinjaValue>]>([
    ['numbers', numbers],
    ['texts', texts],
    ['lists', lists],
  ])('of %s is total and agrees with equality', (_, values) => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const order = (left: JinjaValue, right: JinjaValue) => Math.sign(compareValues(left, right, state()))
        expect(order(a, b) + order(b, a)).toBe(0)
        expect(order(a, b) === 0).toBe(equalValues(a, b, state()))
        if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
  test('sorting keeps equal values as they came, forwards and backwards', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat())), fc.boolean(), (pairs, reverse) => {
        const sorted = sortedBy(pairs, ([key]) => key, reverse, state())
        for (const key of [0, 1, 2, 3])
          expect(sorted.filter((pair) => pair[0] === key)).toEqual(pairs.filter((pair) => pair[0] === key))
        const keys = sorted.map(([key]) => key)
        expect(keys).toEqual([...keys].sort((a, b) => (reverse ? b - a : a - b)))
      }),
    )
  })
  test('values of different kinds have none', () => {
    expect(() => compareValues(1, 'a', state())).toThrow(/not supported/)
    expect(() => compareValues(null, 1, state())).toThrow(/not supported/)
    expect(() => compareValues(new PyList([]), new PyTuple([]), state())).toThrow(/not supported/)
  })
})

describe('equality', () => {
  test.each<[JinjaValue, JinjaValue, boolean]>([
    [1, float(1), true],
    [true, 1, true],
    ['1', 1, false],
    [new Markup('a'), 'a', true],
    [new PyList([1]), new PyTuple([1]), false],
    [2n ** 53n + 1n, float(2 ** 53), false],
    [null, false, false],
  ])('%s and %s: %s', (a, b, wanted) => {
    expect(equalValues(a, b, state())).toBe(wanted)
  })
  test('dicts are equal whatever the order of their keys', () => {
    const [a, b] = [new PyDict({ x: 1, y: 2 }), new PyDict({ y: 2, x: 1 })]
    expect(equalValues(a, b, state())).toBe(true)
    expect(holds(a, 'x', state())).toBe(true)
    expect(holds(a, 'z', state())).toBe(false)
  })
})

test.each<[JinjaValue, boolean]>([
  [0, false],
  [float(0), false],
  ['', false],
  [null, false],
  [new PyList([]), false],
  [new PyDict(), false],
  ['0', true],
  [new PyList([null]), true],
])('%s is %s', (value, wanted) => {
  expect(truth(value)).toBe(wanted)
})
