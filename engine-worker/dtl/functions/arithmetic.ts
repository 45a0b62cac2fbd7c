/**
 * Arithmetic over integers, floats and decimals: the more precise type of the two decides the type of the result
 * (changelog of 2016-10-04). Plain numbers are calculated directly, everything else exactly.
 *
 * A result that does not exist (division by zero, a root of something negative) is null.
 */
import { BigDecimal, decimalValue } from '../../entity/bigdecimal.ts'
import { decimal, placesOf, quotient, toBigDecimal } from '../../entity/decimal.ts'
import { Decimal, Float, float, integer, type Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'

export type Numeric = number | bigint | Float | Decimal

const numberTooLarge = problem<{ digits: number }>({
  code: 'dtl-number-too-large',
  severity: 'error',
  says: ({ digits }) => `The result of this calculation would have more than ${digits} digits.`,
  fix: () => 'Check the values; calculate with floats if only the size matters.',
})

/** Integers are unbounded in principle; beyond this a calculation is stopped, before it takes the machine with it. */
const DIGIT_LIMIT = 20_000
const MAX_INTEGER = 10n ** BigInt(DIGIT_LIMIT)

function withinLimit(value: bigint): number | bigint {
  if (value > MAX_INTEGER || value < -MAX_INTEGER) throw new Fault(numberTooLarge({ digits: DIGIT_LIMIT }))
  return integer(value)
}

export function isFloat(value: Numeric): boolean {
  return typeof value === 'number' ? !Number.isInteger(value) : value instanceof Float
}

/** The value as a double. */
export function toDouble(value: Numeric): number {
  if (typeof value === 'number') return value
  if (value instanceof Float) return value.value
  return value instanceof Decimal ? decimalValue(value).toNumber() : Number(value)
}

/** A float, or null where there is no such number. */
export function realFloat(value: number): Value {
  return Number.isFinite(value) ? float(value) : null
}

interface Operation {
  readonly integers: (a: bigint, b: bigint) => Value
  readonly floats: (a: number, b: number) => number
  readonly decimals: (a: BigDecimal, b: BigDecimal) => BigDecimal | null
  /** Digits after the point that decimals keep, zeros included, from those of the operands: 1.10 + 2.20 is 3.30. */
  readonly places: (a: number, b: number) => number
}

function calculate(operation: Operation, a: Numeric, b: Numeric): Value {
  if (a instanceof Decimal || b instanceof Decimal) {
    const exact = operation.decimals(toBigDecimal(a), toBigDecimal(b))
    return exact === null ? null : decimal(exact, operation.places(placesOf(a), placesOf(b)))
  }
  if (isFloat(a) || isFloat(b)) return realFloat(operation.floats(toDouble(a), toDouble(b)))
  return operation.integers(BigInt(a as number | bigint), BigInt(b as number | bigint))
}

const addition: Operation = {
  integers: (a, b) => withinLimit(a + b),
  floats: (a, b) => a + b,
  decimals: (a, b) => a.plus(b),
  places: Math.max,
}
const subtraction: Operation = {
  integers: (a, b) => withinLimit(a - b),
  floats: (a, b) => a - b,
  decimals: (a, b) => a.minus(b),
  places: Math.max,
}
const multiplication: Operation = {
  integers: (a, b) => withinLimit(a * b),
  floats: (a, b) => a * b,
  decimals: (a, b) => a.times(b),
  places: (a, b) => a + b,
}
/** Whole numbers divided give a decimal, so that nothing is lost that a decimal can hold. */
const division: Operation = {
  integers: (a, b) => (b === 0n ? null : decimal(quotient(toBigDecimal(integer(a)), toBigDecimal(integer(b))))),
  floats: (a, b) => (b === 0 ? Number.NaN : a / b),
  decimals: (a, b) => (b.isZero() ? null : quotient(a, b)),
  places: (a, b) => a - b,
}
/** The remainder has the sign of the divisor. */
const remainder: Operation = {
  integers: (a, b) => (b === 0n ? null : integer(((a % b) + b) % b)),
  floats: (a, b) => {
    const rest = a % b
    return rest === 0 || rest < 0 === b < 0 ? rest : rest + b
  },
  decimals: (a, b) => {
    if (b.isZero()) return null
    const rest = a.mod(b)
    return rest.isZero() || rest.isNegative() === b.isNegative() ? rest : rest.plus(b)
  },
  places: Math.max,
}
const exponentiation: Operation = {
  integers: powerOfIntegers,
  floats: (a, b) => a ** b,
  decimals: powerOfDecimals,
  places: () => 0,
}

/** `a + b` */
export function add(a: Numeric, b: Numeric): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (!Number.isInteger(a) || !Number.isInteger(b)) return realFloat(sum)
    if (Number.isSafeInteger(sum)) return sum
  }
  return calculate(addition, a, b)
}

/** `a - b` */
export function subtract(a: Numeric, b: Numeric): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a - b
    if (!Number.isInteger(a) || !Number.isInteger(b)) return realFloat(rest)
    if (Number.isSafeInteger(rest)) return rest
  }
  return calculate(subtraction, a, b)
}

/** `a * b` */
export function multiply(a: Numeric, b: Numeric): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    if (!Number.isInteger(a) || !Number.isInteger(b)) return realFloat(product)
    if (Number.isSafeInteger(product)) return product + 0
  }
  return calculate(multiplication, a, b)
}

/** `a / b` */
export function divide(a: Numeric, b: Numeric): Value {
  return calculate(division, a, b)
}

/** `a % b` */
export function modulo(a: Numeric, b: Numeric): Value {
  return calculate(remainder, a, b)
}

/** `a ^ b` */
export function power(a: Numeric, b: Numeric): Value {
  return calculate(exponentiation, a, b)
}

function powerOfIntegers(base: bigint, exponent: bigint): Value {
  if (exponent < 0n) return realFloat(Number(base) ** Number(exponent))
  if (base === 0n || base === 1n) return exponent === 0n ? 1 : integer(base)
  if (base === -1n) return exponent % 2n === 0n ? 1 : -1
  const digits = (base < 0n ? -base : base).toString().length
  if (exponent * BigInt(digits) > BigInt(DIGIT_LIMIT) + exponent)
    throw new Fault(numberTooLarge({ digits: DIGIT_LIMIT }))
  return integer(base ** exponent)
}

/** What is calculated step by step is rounded to as many digits as quotients are. */
const Decimal28 = BigDecimal.clone({ precision: 28 })

function powerOfDecimals(base: BigDecimal, exponent: BigDecimal): BigDecimal | null {
  if (base.isZero() && exponent.isNegative()) return null
  const exact = exponent.isInteger() && !exponent.isNegative() && exponent.lte(100) && base.precision(true) <= 40
  const result = exact ? base.pow(exponent) : new Decimal28(base).pow(new Decimal28(exponent))
  return result.isFinite() ? new BigDecimal(result) : null
}

export type Direction = 'ceil' | 'floor' | 'round'

const ROUNDING_MODES = {
  ceil: BigDecimal.ROUND_CEIL,
  floor: BigDecimal.ROUND_FLOOR,
  round: BigDecimal.ROUND_HALF_EVEN,
} as const

/** To whole numbers, or to a number of digits after the point (before it, when negative). */
export function toDigits(direction: Direction, value: Numeric, digits: number): Value {
  if (digits === 0) return toWhole(direction, value)
  if (Math.abs(digits) > 1000) throw new Fault(numberTooLarge({ digits: 1000 }))
  if (!(value instanceof Decimal) && !isFloat(value) && digits > 0) return value as number | bigint
  const rounded = roundExactly(toBigDecimal(value), digits, direction)
  if (value instanceof Decimal) return decimal(rounded, Math.max(0, digits))
  return isFloat(value) ? realFloat(rounded.toNumber()) : integer(BigInt(rounded.toFixed()))
}

function roundExactly(value: BigDecimal, digits: number, direction: Direction): BigDecimal {
  if (digits >= 0) return value.toDecimalPlaces(digits, ROUNDING_MODES[direction])
  const unit = new BigDecimal(10).pow(-digits)
  return value.div(unit).toDecimalPlaces(0, ROUNDING_MODES[direction]).times(unit)
}

function toWhole(direction: Direction, value: Numeric): Value {
  if (value instanceof Decimal)
    return integer(BigInt(decimalValue(value).toDecimalPlaces(0, ROUNDING_MODES[direction]).toFixed()))
  if (!isFloat(value)) return value as number | bigint
  const double = toDouble(value)
  if (!Number.isFinite(double)) return null
  if (direction === 'ceil') return integer(Math.ceil(double))
  return integer(direction === 'floor' ? Math.floor(double) : halfToEven(double))
}

function halfToEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1
  return below % 2 === 0 ? below : below + 1
}

/** Without its sign. */
export function absolute(value: Numeric): Value {
  if (typeof value === 'number') return Math.abs(value)
  if (typeof value === 'bigint') return integer(value < 0n ? -value : value)
  return value instanceof Float
    ? new Float(Math.abs(value.value))
    : decimalValue(value).isNegative()
      ? decimal(decimalValue(value).abs(), placesOf(value))
      : value
}
