/** Python's operators on values: integers without limit, floats, texts, lists, times. */
import { decimalValue } from '../entity/bigdecimal.ts'
import { dateTime, fromNanos, toNanos } from '../entity/datetime.ts'
import { Bytes, DateTime, Day, Decimal, type Float, float, integer } from '../entity/value.ts'
import { TemplateError, typeError } from './error.ts'
import { escapeHtml } from './html.ts'
import { asFloat, asIndex, exactRatio, isIntegral, isReal, MAX_DIGITS_OF_INTEGER } from './numbers.ts'
import { TimeDelta } from './objects.ts'
import { formatPercent } from './percent-format.ts'
import type { RenderState } from './state.ts'
import { type JinjaValue, Markup, PyList, PyTuple, stringOf, typeName, Undefined } from './values.ts'

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**'

/** Bits of the largest integer that is calculated with. */
const MAX_BITS = 8 * MAX_DIGITS_OF_INTEGER

/** `left operator right` */
export function calculate(
  operator: BinaryOperator,
  left: JinjaValue,
  right: JinjaValue,
  state: RenderState,
): JinjaValue {
  if (operator === '%' && stringOf(left) !== undefined) return percentFormatted(left, right, state)
  for (const side of [left, right]) if (side instanceof Undefined) side.fail()
  if (isReal(left) && isReal(right)) return calculateNumbers(operator, left, right)
  if (left instanceof Decimal || right instanceof Decimal) {
    const result = calculateDecimals(operator, left, right)
    if (result !== undefined) return result
  }
  const other =
    operator === '+' ? addValues(left, right, state) : operator === '*' ? repeatValue(left, right, state) : undefined
  if (other !== undefined) return other
  const time = calculateTimes(operator, left, right)
  if (time !== undefined) return time
  throw typeError(`unsupported operand type(s) for ${operator}: '${typeName(left)}' and '${typeName(right)}'`)
}

/** `'%s' % values` */
function percentFormatted(left: JinjaValue, right: JinjaValue, state: RenderState): JinjaValue {
  const marked = left instanceof Markup
  const result = formatPercent(stringOf(left) ?? '', right, state, marked ? escapeHtml : undefined)
  return marked ? new Markup(result) : result
}

type Real = number | bigint | boolean | Float

function calculateNumbers(operator: BinaryOperator, left: Real, right: Real): JinjaValue {
  if (isIntegral(left) && isIntegral(right) && operator !== '/') {
    if (operator === '**' && Number(right) < 0) return power(asFloat(left), asFloat(right))
    const [a, b] = [Number(left), Number(right)]
    const quick = operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : Number.NaN
    if (Number.isSafeInteger(a) && Number.isSafeInteger(b) && Number.isSafeInteger(quick))
      return quick === 0 ? 0 : quick
    return integer(calculateIntegers(operator, BigInt(left), BigInt(right)))
  }
  if (operator === '/' && isIntegral(left) && isIntegral(right)) return quotient(left, right)
  const [a, b] = [asFloat(left), asFloat(right)]
  switch (operator) {
    case '+':
      return float(a + b)
    case '-':
      return float(a - b)
    case '*':
      return float(a * b)
    case '/':
      if (b === 0) throw divisionByZero()
      return float(a / b)
    case '//':
      if (b === 0) throw divisionByZero()
      return float(floorQuotient(a, b))
    case '%':
      if (b === 0) throw divisionByZero()
      return float(modulo(a, b))
    case '**':
      return power(a, b)
  }
}

function divisionByZero(): TemplateError {
  return new TemplateError('ZeroDivisionError', 'division by zero')
}

function calculateIntegers(operator: BinaryOperator, left: bigint, right: bigint): bigint {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return withinLimit(left * right)
    case '**': {
      const bits = left === 0n || left === 1n || left === -1n ? 1 : bitsOf(left) * Number(right)
      if (bits > MAX_BITS) throw tooLarge()
      return left ** (bits === 1 ? (right % 2n === 0n ? (right === 0n ? 0n : 2n) : 1n) : right)
    }
    default: {
      if (right === 0n) throw divisionByZero()
      const rest = left % right
      const away = rest !== 0n && rest < 0n !== right < 0n
      return operator === '%' ? (away ? rest + right : rest) : left / right - (away ? 1n : 0n)
    }
  }
}

function bitsOf(value: bigint): number {
  return value.toString(16).length * 4
}

function withinLimit(value: bigint): bigint {
  if (bitsOf(value) > MAX_BITS) throw tooLarge()
  return value
}

function tooLarge(): TemplateError {
  return new TemplateError('LimitError', `it calculates an integer of more than ${MAX_BITS} bits`)
}

/** Two integers divided into the nearest float, also where they are too large for floats themselves. */
function quotient(left: number | bigint | boolean, right: number | bigint | boolean): number | Float {
  const [a, b] = [BigInt(left), BigInt(right)]
  if (b === 0n) throw divisionByZero()
  const safe = 9_007_199_254_740_992n
  if (a <= safe && a >= -safe && b <= safe && b >= -safe) return float(Number(a) / Number(b))
  const negative = a < 0n !== b < 0n
  const [top, bottom] = [a < 0n ? -a : a, b < 0n ? -b : b]
  // 66 bits of the quotient, with a last one that says whether anything was left, round to the right float.
  const shift = bottom.toString(2).length - top.toString(2).length + 66
  const [scaledTop, scaledBottom] = shift >= 0 ? [top << BigInt(shift), bottom] : [top, bottom << BigInt(-shift)]
  let whole = scaledTop / scaledBottom
  if (scaledTop % scaledBottom !== 0n) whole |= 1n
  const result = Number(whole) * 2 ** -shift
  if (!Number.isFinite(result))
    throw new TemplateError('OverflowError', 'integer division result too large for a float')
  return float(negative ? -result : result)
}

/** The rest of a division, with the sign of the divisor. */
function modulo(left: number, right: number): number {
  const rest = left % right
  if (rest !== 0 && rest < 0 !== right < 0) return rest + right
  return rest === 0 ? (right < 0 ? -0 : 0) : rest
}

/** The quotient of two floats without its fraction, downwards; a zero has the sign of the quotient. */
function floorQuotient(left: number, right: number): number {
  const quotient = (left - modulo(left, right)) / right
  if (quotient === 0) return left / right < 0 || Object.is(left / right, -0) ? -0 : 0
  return Math.floor(quotient + 0.5)
}

function power(base: number, exponent: number): JinjaValue {
  if (base === 0 && exponent < 0)
    throw new TemplateError('ZeroDivisionError', '0.0 cannot be raised to a negative power')
  if (base < 0 && !Number.isInteger(exponent)) throw typeError('complex numbers are not supported')
  const result = base === 1 ? 1 : (wholePower(base, exponent) ?? base ** exponent)
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent))
    throw new TemplateError('OverflowError', 'numerical result out of range')
  return float(result)
}

/** So large exponents are calculated with exactly. */
const MAX_EXACT_EXPONENT = 64

/** A finite float to the power of a small whole number, rounded once; undefined for others. */
function wholePower(base: number, exponent: number): number | undefined {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > MAX_EXACT_EXPONENT || !Number.isFinite(base) || base === 0)
    return
  const rough = Math.abs(base) ** exponent
  // Sizes at which the mantissa has all its bits.
  if (rough < 1e-290 || rough > 1e290 || Math.abs(base) < 1e-290) return
  const [top, bottom] = exactRatio(base)
  const [a, b] = [top ** BigInt(Math.abs(exponent)), bottom ** BigInt(Math.abs(exponent))]
  return exponent < 0 ? asFloat(quotient(b, a)) : asFloat(quotient(a, b))
}

/** Exact decimals with each other and with integers; floats join by their shortest digits. */
function calculateDecimals(operator: BinaryOperator, left: JinjaValue, right: JinjaValue): JinjaValue | undefined {
  const [a, b] = [decimalOf(left), decimalOf(right)]
  if (a === undefined || b === undefined) return undefined
  if ((operator === '/' || operator === '//' || operator === '%') && decimalValue(b).isZero()) throw divisionByZero()
  switch (operator) {
    case '+':
      return new Decimal(decimalValue(a).plus(decimalValue(b)))
    case '-':
      return new Decimal(decimalValue(a).minus(decimalValue(b)))
    case '*':
      return new Decimal(decimalValue(a).times(decimalValue(b)))
    case '/':
      return new Decimal(decimalValue(a).div(decimalValue(b)).toSignificantDigits(28))
    case '//':
      return new Decimal(decimalValue(a).div(decimalValue(b)).trunc())
    case '%':
      return new Decimal(decimalValue(a).mod(decimalValue(b)))
    case '**':
      if (decimalValue(b).abs().gt(MAX_DIGITS_OF_INTEGER)) throw tooLarge()
      return new Decimal(decimalValue(a).pow(decimalValue(b)).toSignificantDigits(28))
  }
}

function decimalOf(value: JinjaValue): Decimal | undefined {
  if (value instanceof Decimal) return value
  return isReal(value)
    ? new Decimal(null, typeof value === 'bigint' ? String(value) : String(asFloat(value)))
    : undefined
}

function addValues(left: JinjaValue, right: JinjaValue, state: RenderState): JinjaValue | undefined {
  const [leftText, rightText] = [stringOf(left), stringOf(right)]
  if (leftText !== undefined && rightText !== undefined) {
    state.spendText(leftText.length + rightText.length)
    if (!(left instanceof Markup || right instanceof Markup)) return leftText + rightText
    return new Markup(escapeHtml(left, state) + escapeHtml(right, state))
  }
  const bothLists = left instanceof PyList && right instanceof PyList
  if (bothLists || (left instanceof PyTuple && right instanceof PyTuple)) {
    const items = [...left.items, ...right.items]
    state.spend(items.length)
    return bothLists ? new PyList(items) : new PyTuple(items)
  }
  if (left instanceof Bytes && right instanceof Bytes) {
    state.spendText(left.data.length + right.data.length)
    return new Bytes(new Uint8Array([...left.data, ...right.data]))
  }
  return undefined
}

function repeatValue(left: JinjaValue, right: JinjaValue, state: RenderState): JinjaValue | undefined {
  const [value, times] = isIntegral(left) ? [right, left] : [left, right]
  if (!isIntegral(times)) return undefined
  const count = Math.max(0, asIndex(times))
  if (count >= Number.MAX_SAFE_INTEGER)
    throw new TemplateError('OverflowError', "cannot fit 'int' into an index-sized integer")
  if (value instanceof PyList || value instanceof PyTuple) {
    state.spend(value.items.length * count)
    const parts = value.items.length === 0 ? 0 : count
    const items = Array.from({ length: parts }, () => value.items).flat()
    return value instanceof PyList ? new PyList(items) : new PyTuple(items)
  }
  const text = stringOf(value)
  if (text === undefined) return undefined
  state.spendText(text.length * count)
  return value instanceof Markup ? new Markup(text.repeat(count)) : text.repeat(count)
}

/** Moments and spans of time. */
function calculateTimes(operator: BinaryOperator, left: JinjaValue, right: JinjaValue): JinjaValue | undefined {
  if (left instanceof TimeDelta && right instanceof TimeDelta) {
    if (operator === '+') return new TimeDelta(left.nanos + right.nanos)
    if (operator === '-') return new TimeDelta(left.nanos - right.nanos)
    if (operator === '/') return quotient(left.nanos, right.nanos)
    return operator === '//' ? integer(calculateIntegers('//', left.nanos, right.nanos)) : undefined
  }
  if (operator === '*' && left instanceof TimeDelta && isIntegral(right))
    return new TimeDelta(left.nanos * BigInt(right))
  if (operator === '*' && right instanceof TimeDelta && isIntegral(left)) return calculateTimes('*', right, left)
  if (operator === '+' && left instanceof TimeDelta) return calculateTimes('+', right, left)
  const moment = left instanceof DateTime || left instanceof Day ? left : undefined
  if (moment === undefined || (operator !== '+' && operator !== '-')) return undefined
  if (right instanceof TimeDelta) return shiftedMoment(moment, operator === '+' ? right.nanos : -right.nanos)
  if (operator === '-' && (right instanceof DateTime || right instanceof Day))
    return new TimeDelta(toNanos(moment) - toNanos(right))
  return undefined
}

function shiftedMoment(moment: DateTime | Day, nanos: bigint): DateTime | Day {
  const result = fromNanos(toNanos(moment) + nanos)
  if (result === null || dateTime(result.seconds, result.nanos) === null)
    throw new TemplateError('OverflowError', 'date value out of range')
  return moment instanceof Day ? new Day(Math.floor(result.seconds / 86_400)) : result
}

/** `-value` */
export function negative(value: JinjaValue): JinjaValue {
  if (value instanceof Undefined) value.fail()
  if (isIntegral(value)) return integer(-BigInt(value))
  if (isReal(value)) return float(-asFloat(value))
  if (value instanceof Decimal) return new Decimal(decimalValue(value).neg())
  if (value instanceof TimeDelta) return new TimeDelta(-value.nanos)
  throw typeError(`bad operand type for unary -: '${typeName(value)}'`)
}

/** `+value` */
export function positive(value: JinjaValue): JinjaValue {
  if (value instanceof Undefined) value.fail()
  if (isIntegral(value)) return integer(BigInt(value))
  if (isReal(value) || value instanceof Decimal || value instanceof TimeDelta) return value
  throw typeError(`bad operand type for unary +: '${typeName(value)}'`)
}
