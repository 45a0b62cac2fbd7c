/** Decimals: reading, printing, and the exact numeric value of every number type. */
import { BigDecimal, decimalValue, MAX_DIGITS } from './bigdecimal.ts'
import { Decimal, Float, type Value } from './value.ts'

/** Digits of a quotient that has no end; more when the operands have more. */
const QUOTIENT_DIGITS = 28

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/

/** The decimal a text says (`12`, `-0.50`, `1e3`), or null. */
export function readDecimal(text: string): Decimal | null {
  return DECIMAL.test(text) && text.length <= MAX_DIGITS ? new Decimal(null, text) : null
}

/**
 * The decimal of a calculated value, written with at least so many digits after the point; null where it is not finite or
 * beyond what can be written out.
 */
export function decimal(value: BigDecimal, places = 0): Decimal | null {
  if (!value.isFinite() || Math.abs(value.e) > MAX_DIGITS) return null
  if (places <= 0 || places > MAX_DIGITS || places <= value.decimalPlaces()) return new Decimal(value)
  return new Decimal(value, value.toFixed(places))
}

/** How many digits after the point a number is written with. */
export function placesOf(value: number | bigint | Float | Decimal): number {
  if (value instanceof Decimal) {
    const text = printDecimal(value)
    const point = text.indexOf('.')
    return point < 0 ? 0 : text.length - point - 1
  }
  return typeof value === 'bigint' || Number.isInteger(value) ? 0 : toBigDecimal(value).decimalPlaces()
}

/** As written where it was written plainly, never with an exponent. */
export function printDecimal(value: Decimal): string {
  const { text } = value
  return text !== null && PLAIN.test(text) ? text : decimalValue(value).toFixed()
}

const PLAIN = /^-?\d+(?:\.\d+)?$/

/** Whether the value is an integer, a float or a decimal. */
export function isNumeric(value: Value): value is number | bigint | Float | Decimal {
  const type = typeof value
  return type === 'number' || type === 'bigint' || value instanceof Float || value instanceof Decimal
}

/** The exact value; a float counts as the shortest decimal that names it, so `0.1` equals `~f0.1`. */
export function toBigDecimal(value: number | bigint | Float | Decimal): BigDecimal {
  if (typeof value === 'number') return new BigDecimal(value)
  if (typeof value === 'bigint') return new BigDecimal(value.toString())
  return value instanceof Float ? new BigDecimal(value.value) : decimalValue(value)
}

const QuotientDecimal = BigDecimal.clone({ precision: QUOTIENT_DIGITS })

/** A divided by B, to 28 significant digits or as many as the operands have, half to even; B must not be zero. */
export function quotient(a: BigDecimal, b: BigDecimal): BigDecimal {
  const digits = Math.max(a.precision(), b.precision())
  if (digits <= QUOTIENT_DIGITS) return new BigDecimal(QuotientDecimal.div(a, b))
  return a.div(b).toSignificantDigits(Math.min(MAX_DIGITS, digits), BigDecimal.ROUND_HALF_EVEN)
}

/** The text of the number's value without sign of its type: `10` for `10`, `10.0` and `~f10.00`. */
export function numericText(value: number | bigint | Float | Decimal): string {
  if (typeof value === 'number')
    return Math.abs(value) >= 1e-6 || value === 0 ? String(value) : toBigDecimal(value).toFixed()
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Float) {
    const { value: float } = value
    return Number.isSafeInteger(float) ? String(float + 0) : toBigDecimal(value).toFixed()
  }
  const exact = decimalValue(value)
  return exact.isZero() ? '0' : exact.toFixed()
}
