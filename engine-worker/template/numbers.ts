/** Python's numbers: which values are numbers, reading them from text, exact rounding, and their text. */
import { decimalValue } from '../entity/bigdecimal.ts'
import { Decimal, Float, float, integer } from '../entity/value.ts'
import { TemplateError, typeError, valueError } from './error.ts'
import { strip } from './text.ts'
import { type JinjaValue, typeName } from './values.ts'

/** Digits of an integer that are written and read at most, as in Python. */
export const MAX_DIGITS_OF_INTEGER = 4300

/** Integers and the two truth values, which count as 1 and 0. */
export function isIntegral(value: JinjaValue): value is number | bigint | boolean {
  return (
    typeof value === 'bigint' || typeof value === 'boolean' || (typeof value === 'number' && Number.isInteger(value))
  )
}

export function isFloating(value: JinjaValue): value is number | Float {
  return value instanceof Float || (typeof value === 'number' && !Number.isInteger(value))
}

/** Integers, truth values and floats. */
export function isReal(value: JinjaValue): value is number | bigint | boolean | Float {
  return isIntegral(value) || isFloating(value)
}

/** The value of a number as JavaScript's, for calculations with floats. */
export function asFloat(value: number | bigint | boolean | Float): number {
  if (value instanceof Float) return value.value
  const result = Number(value)
  if (!Number.isFinite(result)) throw new TemplateError('OverflowError', 'int too large to convert to float')
  return result
}

/** An integer argument: of a width, a count or an index. */
export function asIndex(value: JinjaValue): number {
  if (!isIntegral(value)) throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`)
  const index = Number(value)
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, index))
}

/** A float without its fraction. */
export function truncated(value: number): number | bigint {
  if (Number.isNaN(value)) throw valueError('cannot convert float NaN to integer')
  if (!Number.isFinite(value)) throw new TemplateError('OverflowError', 'cannot convert float infinity to integer')
  return integer(Number.isSafeInteger(value) ? Math.trunc(value) : BigInt(Math.trunc(value)))
}

/** `int(value)` of Python, of a number or of a text in the given base. */
export function toInteger(value: JinjaValue, base = 10): number | bigint {
  if (typeof value === 'string') return readInteger(value, base)
  if (value instanceof Decimal) return integer(BigInt(decimalValue(value).trunc().toFixed(0)))
  if (isIntegral(value)) return integer(typeof value === 'boolean' ? Number(value) : value)
  if (isFloating(value)) return truncated(asFloat(value))
  throw typeError(`int() argument must be a string or a number, not '${typeName(value)}'`)
}

/** `float(value)` of Python. */
export function toFloat(value: JinjaValue): number {
  if (typeof value === 'string') return readFloat(value)
  if (value instanceof Decimal) return Number(decimalValue(value).toString())
  if (isReal(value)) return asFloat(value)
  throw typeError(`float() argument must be a string or a number, not '${typeName(value)}'`)
}

const prefixBases: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16 }

function readInteger(source: string, base: number): number | bigint {
  const invalidLiteral = () => valueError(`invalid literal for int() with base ${base}: '${source}'`)
  if (base !== 0 && (base < 2 || base > 36)) throw valueError('int() base must be >= 2 and <= 36, or 0')
  const match = /^([+-]?)(?:0([box])_?)?([0-9a-z]+(?:_[0-9a-z]+)*)$/i.exec(trimmedNumber(source))
  const bare = /^([+-]?)([0-9a-z]+(?:_[0-9a-z]+)*)$/i.exec(trimmedNumber(source))
  const prefix = match?.[2]?.toLowerCase()
  const prefixed = prefix !== undefined && (base === 0 || base === prefixBases[prefix])
  const sign = (prefixed ? match?.[1] : bare?.[1]) ?? ''
  const digits = ((prefixed ? match?.[3] : bare?.[2]) ?? '').replaceAll('_', '').toLowerCase()
  const radix = prefixed && prefix !== undefined ? (prefixBases[prefix] ?? 10) : base === 0 ? 10 : base
  if (digits === '' || (base === 0 && !prefixed && /^0+[1-9]/.test(digits))) throw invalidLiteral()
  if (radix === 10 && digits.length > MAX_DIGITS_OF_INTEGER) throw valueError('the integer has too many digits')
  let result = 0n
  if (radix === 10) {
    if (!/^[0-9]+$/.test(digits)) throw invalidLiteral()
    result = BigInt(digits)
  } else {
    if (digits.length > 20 * MAX_DIGITS_OF_INTEGER) throw valueError('the integer has too many digits')
    for (const digit of digits) {
      const worth = Number.parseInt(digit, 36)
      if (Number.isNaN(worth) || worth >= radix) throw invalidLiteral()
      result = result * BigInt(radix) + BigInt(worth)
    }
  }
  return integer(sign === '-' ? -result : result)
}

function readFloat(source: string): number {
  const text = trimmedNumber(source).toLowerCase()
  const special = /^([+-]?)(inf|infinity|nan)$/.exec(text)
  if (special) return special[2] === 'nan' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity
  const digits = '\\d+(?:_\\d+)*'
  if (!new RegExp(`^[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?$`).test(text))
    throw valueError(`could not convert string to float: '${source}'`)
  return Number(text.replaceAll('_', ''))
}

/** Without white space at both ends; digits of other scripts become 0 to 9. */
function trimmedNumber(source: string): string {
  const bare = strip(source, null, 'both')
  return /^[\x20-\x7e]*$/.test(bare) ? bare : bare.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
}

/** What a decimal digit of any script is worth: its block of ten begins at a zero. */
function digitValue(digit: string): number {
  let code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
    code--
    value++
  }
  return value
}

/** A float as the fraction of two integers that it is exactly. */
export function exactRatio(value: number): readonly [bigint, bigint] {
  let numerator = value
  let shift = 0n
  while (!Number.isInteger(numerator)) {
    numerator *= 2
    shift++
  }
  return [BigInt(numerator), 1n << shift]
}

/** numerator ÷ denominator to the nearest integer, halves to the even one. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n
  const size = negative ? -numerator : numerator
  const rest = (size % denominator) * 2n
  let quotient = size / denominator
  if (rest > denominator || (rest === denominator && quotient % 2n === 1n)) quotient++
  return negative ? -quotient : quotient
}

/** `round(value, digits)` of Python: exact, halves to the even digit. */
export function roundTo(value: JinjaValue, digits: number): JinjaValue {
  if (isIntegral(value)) {
    if (digits >= 0) return integer(typeof value === 'boolean' ? Number(value) : value)
    if (digits < -MAX_DIGITS_OF_INTEGER) return 0
    const unit = 10n ** BigInt(-digits)
    return integer(divideRounded(BigInt(value), unit) * unit)
  }
  if (!isFloating(value)) throw typeError(`type ${typeName(value)} doesn't define __round__ method`)
  const plain = asFloat(value)
  if (!Number.isFinite(plain) || digits > 323) return float(plain)
  if (digits < -308) return float(0 * plain)
  const [numerator, denominator] = exactRatio(plain)
  const rounded =
    digits >= 0
      ? Number(`${divideRounded(numerator * 10n ** BigInt(digits), denominator)}e-${digits}`)
      : Number(divideRounded(numerator, denominator * 10n ** BigInt(-digits)) * 10n ** BigInt(-digits))
  return float(rounded === 0 && (plain < 0 || Object.is(plain, -0)) ? -0 : rounded)
}

/** A float as Python prints it: the shortest digits that read back as the same. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e')
  const exponent = Number(power)
  const digits = mantissa.replace('.', '')
  const sign = value < 0 ? '-' : ''
  if (exponent < -4 || exponent >= 16) {
    const size = String(Math.abs(exponent)).padStart(2, '0')
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${size}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`
}

/** An integer as text; one with too many digits fails, as in Python. */
export function integerText(value: number | bigint): string {
  if (typeof value === 'bigint' && value.toString(16).length > MAX_DIGITS_OF_INTEGER) throw tooManyDigits()
  const text = String(value)
  if (text.length > MAX_DIGITS_OF_INTEGER + 1) throw tooManyDigits()
  return text
}

function tooManyDigits(): TemplateError {
  return valueError(`an integer of more than ${MAX_DIGITS_OF_INTEGER} digits cannot be written`)
}
