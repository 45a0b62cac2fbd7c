import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BigDecimal } from '../../../../engine-worker/entity/bigdecimal.ts'
import { toBigDecimal } from '../../../../engine-worker/entity/decimal.ts'
import { compare, equal } from '../../../../engine-worker/entity/order.ts'
import { decodeTransit } from '../../../../engine-worker/entity/transit.ts'
import {
  Decimal,
  Float,
  float,
  integer,
  type Json,
  kindOf,
  type Value,
} from '../../../../engine-worker/entity/value.ts'
import { evaluate, problemOf } from './evaluate.ts'

type Numeric = number | bigint | Float | Decimal

const wholeNumber = fc
  .oneof(fc.integer(), fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }))
  .map(integer)
const floating = fc.oneof(
  fc.double({ min: -1e12, max: 1e12, noNaN: true }).map(float),
  fc.integer({ min: -1000, max: 1000 }).map(float),
)
const exactDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat({ max: 12 }))
  .map(([digits, places]) => new Decimal(new BigDecimal(digits.toString()).div(new BigDecimal(10).pow(places))))
const number = fc.oneof(wholeNumber, floating, exactDecimal)
const precise = fc.oneof(wholeNumber, exactDecimal)

function apply(name: string, a: Value, b: Value): Value {
  return evaluate([name, '_S.a', '_S.b'], { a, b })
}

function big(value: Value): BigDecimal {
  return toBigDecimal(value as Numeric)
}

const precision: Record<string, number> = { integer: 0, float: 1, decimal: 2 }

describe('the four operations', () => {
  it('are exact over integers and decimals', () => {
    fc.assert(
      fc.property(precise, precise, (a, b) => {
        expect(big(apply('+', a, b)).eq(big(a).plus(big(b)))).toBe(true)
        expect(big(apply('-', a, b)).eq(big(a).minus(big(b)))).toBe(true)
        expect(big(apply('*', a, b)).eq(big(a).times(big(b)))).toBe(true)
      }),
    )
  })

  it('give the more precise type of the two', () => {
    fc.assert(
      fc.property(number, number, fc.constantFrom('+', '-', '*'), (a, b, sign) => {
        const result = kindOf(apply(sign, a, b))
        expect(precision[result]).toBe(Math.max(precision[kindOf(a)] ?? 0, precision[kindOf(b)] ?? 0))
      }),
    )
  })

  it('take the operand of the named form first', () => {
    const pairs = [
      ['+', 'plus'],
      ['-', 'minus'],
      ['*', 'multiply'],
      ['/', 'divide'],
      ['%', 'mod'],
    ] as const
    fc.assert(
      fc.property(number, number, fc.constantFrom(...pairs), (a, b, [sign, name]) => {
        expect(equal(apply(sign, a, b), apply(name, b, a))).toBe(true)
      }),
    )
  })

  it('divide so that multiplying gives the dividend again, and say nothing by zero', () => {
    fc.assert(
      fc.property(precise, precise, (a, b) => {
        const result = apply('/', a, b)
        if (big(b).isZero()) {
          expect(result).toBeNull()
          return
        }
        expect(kindOf(result)).toBe('decimal')
        const error = big(result).times(big(b)).minus(big(a)).abs()
        expect(error.lte(big(a).abs().times('1e-27'))).toBe(true)
      }),
    )
    expect(apply('/', 1, 3)).toEqual(new Decimal(new BigDecimal('0.3333333333333333333333333333')))
    expect(apply('/', 1.5, 0)).toBeNull()
    expect(apply('mod', 0, 5)).toBeNull()
  })

  it('leave a remainder with the sign of the divisor', () => {
    fc.assert(
      fc.property(precise, precise, (a, b) => {
        if (big(b).isZero()) return
        const rest = big(apply('%', a, b))
        expect(rest.isZero() || rest.isNegative() === big(b).isNegative()).toBe(true)
        expect(rest.abs().lt(big(b).abs())).toBe(true)
        expect(big(a).minus(rest).mod(big(b)).isZero()).toBe(true)
      }),
    )
    expect(apply('%', -7, 3)).toBe(2)
    expect(apply('%', 7.5, -2)).toBe(-0.5)
  })

  it('drop what is no number from lists, and are null over nothing', () => {
    expect(evaluate(['plus', 1, ['list', 1, 'x', null, true, 2.5]])).toEqual([2, 3.5])
    expect(evaluate(['+', 'x', 1])).toBeNull()
    expect(evaluate(['*', ['list'], 1])).toBeNull()
    expect(evaluate(['plus', 'x', ['list', 1]])).toBeNull()
  })
})

describe('powers', () => {
  it('are exact over integers', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 60 }), (base, exponent) => {
        expect(apply('^', base, exponent)).toBe(integer(BigInt(base) ** BigInt(exponent)))
      }),
    )
    expect(apply('^', 2, -2)).toBe(0.25)
    expect(apply('^', 0, -1)).toBeNull()
    expect(apply('^', -8, 0.5)).toBeNull()
    expect(equal(evaluate(['^', ['decimal', '1.1'], 3]), decodeTransit('~f1.331'))).toBe(true)
    expect(evaluate(['is-decimal', ['^', ['decimal', '2'], 0.5]])).toBe(true)
  })

  it('stop before they take the machine with them', () => {
    expect(problemOf(['^', 10, 1_000_000_000])).toBe('dtl-number-too-large')
    expect(problemOf(['^', 10, 10n ** 40n])).toBe('dtl-number-too-large')
    expect(apply('^', -1, 10n ** 40n)).toBe(1)
    const huge = new Decimal(new BigDecimal(`1e${4000}`))
    expect([null, 'dtl-number-too-large']).toContain(problemOf(['^', '_S.huge', 90], { huge }))
    expect(problemOf(['*', '_S.a', '_S.a'], { a: 10n ** 15_000n })).toBe('dtl-number-too-large')
  })
})

describe('rounding', () => {
  it('finds the neighbours', () => {
    fc.assert(
      fc.property(number, fc.integer({ min: -3, max: 6 }), (value, digits) => {
        const [down, near, up] = ['floor', 'round', 'ceil'].map((name) =>
          evaluate([name, digits, '_S.v'], { v: value }),
        )
        expect(compare(down ?? null, value)).toBeLessThanOrEqual(0)
        expect(compare(value, up ?? null)).toBeLessThanOrEqual(0)
        expect(equal(near ?? null, down ?? null) || equal(near ?? null, up ?? null)).toBe(true)
      }),
    )
  })

  it('gives integers without digits, and halves to the even side', () => {
    const halves = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5]
    expect(halves.map((v) => evaluate(['round', '_S.v'], { v }))).toEqual([-2, -2, 0, 0, 2, 2, 4])
    expect(evaluate(['round', ['decimal', '4.5']])).toBe(4)
    expect(evaluate(['round', 1, ['list', 0.25, 0.35]])).toEqual([0.2, 0.4])
    expect(evaluate(['ceil', 1, 2.2])).toBe(2.2)
    expect(evaluate(['floor', new Float(1e300)])).toBe(BigInt(1e300))
    expect(evaluate(['round', -2, 1250])).toBe(1200)
    expect(problemOf(['round', 10_000_000, 1.5])).toBe('dtl-number-too-large')
  })

  it('takes the sign away', () => {
    fc.assert(
      fc.property(number, (v) => {
        const size = evaluate(['abs', '_S.v'], { v })
        expect(kindOf(size)).toBe(kindOf(v))
        expect(big(size).eq(big(v).abs())).toBe(true)
      }),
    )
  })
})

describe('roots and angles', () => {
  it('are floats, or null where there are none', () => {
    expect(evaluate(['sqrt', ['list', 16, -1, ['decimal', '2.25']]])).toEqual([new Float(4), null, 1.5])
    expect(evaluate(['cos', 0])).toEqual(new Float(1))
    expect(evaluate(['tan', Math.PI / 2])).toBeNull()
    expect(evaluate(['tan', (3 * Math.PI) / 2])).toBeNull()
    expect(evaluate(['sin', 'x'])).toBeNull()
  })
})

describe('number casts', () => {
  it('round-trip through text', () => {
    fc.assert(
      fc.property(wholeNumber, (v) => {
        expect(evaluate(['integer', ['string', '_S.v']], { v })).toBe(v)
        expect(evaluate(['integer', ['hex', '_S.v']], { v })).toBe(v)
        expect((evaluate(['hex', '_S.v'], { v }) as string).length % 2).toBe(0)
      }),
    )
    fc.assert(
      fc.property(exactDecimal, (v) => {
        expect(equal(evaluate(['decimal', ['string', '_S.v']], { v }), v)).toBe(true)
      }),
    )
  })

  it('read what numbers look like, and nothing else', () => {
    const evaluateList = (name: string, ...values: Json[]) => evaluate([name, ['list', ...values]])
    expect(evaluateList('integer', ' 7 ', '+7', '7.0', '1e3', '', '0X1F', '0x', '٧', true)).toEqual([7, 7, 31])
    expect(evaluateList('integer', -1.9, ['decimal', '-1.9'], new Float(1e20))).toEqual([
      -1,
      -1,
      100000000000000000000n,
    ])
    expect(evaluateList('float', '1', '.5', '5.', '1e3', 'inf', 'nan', '1_0', '1e999')).toEqual(
      [1, 0.5, 5, 1000].map((v) => float(v)),
    )
    expect(evaluate(['string', ['decimal', 0.1]])).toBe('0.1')
    expect(evaluate(['string', ['decimal', '1e-7']])).toBe('0.0000001')
    expect(evaluateList('decimal', '1e999999', 'x', false)).toEqual([])
  })
})
