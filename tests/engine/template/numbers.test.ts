/** Numbers as Python writes, reads and rounds them. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Float } from '../../../engine-worker/entity/value.ts'
import { fixed } from '../../../engine-worker/template/number-format.ts'
import {
  divideRounded,
  exactRatio,
  floatText,
  roundTo,
  toFloat,
  toInteger,
} from '../../../engine-worker/template/numbers.ts'

describe('floats', () => {
  test.each([
    [1, '1.0'],
    [-0, '-0.0'],
    [1e16, '1e+16'],
    [123456789012345680, '1.2345678901234568e+17'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1e-7, '1e-07'],
    [2.5e300, '2.5e+300'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NaN, 'nan'],
  ])('%d is written %s', (value, text) => {
    expect(floatText(value)).toBe(text)
  })
  test('what is written reads back as the same', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(toFloat(floatText(value))).toBe(value)
      }),
    )
  })
  test('a float is exactly its ratio', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const [numerator, denominator] = exactRatio(value)
        if (denominator < 2n ** 1000n) expect(Number(numerator) / Number(denominator)).toBe(value === 0 ? 0 : value)
      }),
    )
  })
})

describe('rounding', () => {
  test.each([
    [2.5, 0, 2],
    [3.5, 0, 4],
    [2.675, 2, 2.67],
    [1250, -2, 1200],
    [-0.5, 0, -0],
  ])('%d to %d digits is %d', (value, digits, wanted) => {
    const rounded = roundTo(value, digits)
    expect(rounded instanceof Float ? rounded.value : rounded).toBe(wanted)
  })
  test('halves go to the even number, everything else to the nearest', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(1n, 10n ** 9n), (top, bottom) => {
        const twice = (top - divideRounded(top, bottom) * bottom) * 2n
        const distance = twice < 0n ? -twice : twice
        expect(distance <= bottom).toBe(true)
        if (distance === bottom) expect(divideRounded(top, bottom) % 2n).toBe(0n)
      }),
    )
  })
  test('fixed digits are those of the exact value', () => {
    expect(fixed(0.1, 20)).toBe('0.10000000000000000555')
    expect(fixed(0.5, 0)).toBe('0')
    expect(fixed(1.5, 0)).toBe('2')
  })
})

describe('integers from text', () => {
  test.each<[string, number, number | bigint]>([
    [' 42 ', 10, 42],
    ['1_000', 10, 1000],
    ['0x1f', 16, 31],
    ['0b11', 0, 3],
    ['-ff', 16, -255],
    ['٣', 10, 3],
    ['12345678901234567890', 10, 12345678901234567890n],
  ])('%s in base %d', (text, base, wanted) => {
    expect(toInteger(text, base)).toBe(wanted)
  })
  test.each(['', '1__0', '1.5', '0x1f', 'abc', '9'.repeat(5000)])('%.20s is none', (text) => {
    expect(() => toInteger(text)).toThrow()
  })
})
