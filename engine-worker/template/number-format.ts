/** How numbers and texts are written by Python's format specification: fill, sign, width, grouping, precision, type. */
import { decimalValue } from '../entity/bigdecimal.ts'
import { Decimal } from '../entity/value.ts'
import { TemplateError, valueError } from './error.ts'
import {
  asFloat,
  divideRounded,
  exactRatio,
  floatText,
  integerText,
  isFloating,
  isIntegral,
  toInteger,
} from './numbers.ts'
import type { RenderState } from './state.ts'
import { lengthOf, subText } from './text.ts'
import { type JinjaValue, typeName } from './values.ts'

/** A format specification, taken apart. */
export interface FormatSpec {
  readonly fill: string
  readonly align: '<' | '>' | '^' | '=' | ''
  readonly sign: '+' | '-' | ' ' | ''
  /** `z`: a zero that is left after rounding has no sign. */
  readonly plainZero: boolean
  readonly alternate: boolean
  /** A `0` before the width: zeros fill a number behind its sign. */
  readonly zeros: boolean
  readonly width: number
  readonly grouping: ',' | '_' | ''
  readonly precision: number | undefined
  readonly type: string
}

const specPattern = /^(?:(.)?([<>=^]))?([+\- ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su

/** Takes a specification such as `>+10,.2f` apart. */
export function readFormatSpec(source: string): FormatSpec {
  const match = specPattern.exec(source)
  if (!match) throw valueError(`Invalid format specifier '${source}'`)
  const [, fill, align, sign, plainZero, alternate, zero, width, grouping, precision, type] = match
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: (align ?? '') as FormatSpec['align'],
    sign: (sign ?? '') as FormatSpec['sign'],
    plainZero: plainZero !== undefined,
    alternate: alternate !== undefined,
    zeros: zero !== undefined,
    width: Number(width ?? 0),
    grouping: (grouping ?? '') as FormatSpec['grouping'],
    precision: precision === undefined ? undefined : Number(precision),
    type: type ?? '',
  }
}

/** A number by its specification. */
export function formatNumber(value: JinjaValue, spec: FormatSpec, state: RenderState): string {
  const ungrouped = spec.grouping === ',' ? 'bcoxXn' : spec.grouping === '_' ? 'cn' : ''
  if (spec.type !== '' && ungrouped.includes(spec.type))
    throw valueError(`Cannot specify '${spec.grouping}' with '${spec.type}'.`)
  const integral = isIntegral(value)
  if (!integral && !isFloating(value) && !(value instanceof Decimal))
    throw valueError(`Unknown format code '${spec.type}' for object of type '${typeName(value)}'`)
  if (integral && (spec.type === '' || 'bcdoxXn'.includes(spec.type))) return integerBySpec(value, spec, state)
  const plain = value instanceof Decimal ? Number(decimalValue(value).toString()) : asFloat(value)
  if (spec.type !== '' && !'eEfFgGn%'.includes(spec.type))
    throw valueError(`Unknown format code '${spec.type}' for object of type '${typeName(value)}'`)
  state.spendText(spec.precision ?? 0)
  let digits = floatDigits(Math.abs(plain), spec)
  const isZero = spec.plainZero && !/[1-9a-z]/.test(digits.split(/e/i)[0] ?? '')
  const negative = !isZero && (plain < 0 || Object.is(plain, -0))
  if (spec.type === 'E' || spec.type === 'G' || spec.type === 'F') digits = digits.toUpperCase()
  return paddedNumber(signOf(negative, spec), digits, spec, state, '>')
}

function integerBySpec(value: number | bigint | boolean, spec: FormatSpec, state: RenderState): string {
  if (spec.precision !== undefined) throw valueError('Precision not allowed in integer format specifier')
  const exact = toInteger(value)
  const negative = exact < 0
  const size = negative ? -BigInt(exact) : BigInt(exact)
  if (spec.type === 'c' && spec.sign !== '') throw valueError("Sign not allowed with integer format specifier 'c'")
  if (spec.type === 'c') return paddedNumber('', characterOf(Number(exact)), spec, state, '>')
  const radix = { b: 2, o: 8, x: 16, X: 16 }[spec.type] ?? 10
  const digits = radix === 10 ? integerText(size) : size.toString(radix)
  const prefix = spec.alternate && radix !== 10 ? `0${spec.type}` : ''
  return paddedNumber(
    signOf(negative, spec) + prefix,
    spec.type === 'X' ? digits.toUpperCase() : digits,
    spec,
    state,
    '>',
  )
}

/** The character of a code. */
export function characterOf(code: number): string {
  if (code < 0 || code > 0x10ffff) throw new TemplateError('OverflowError', '%c arg not in range(0x110000)')
  return String.fromCodePoint(code)
}

function signOf(negative: boolean, { sign }: FormatSpec): string {
  return negative ? '-' : sign === '+' || sign === ' ' ? sign : ''
}

function floatDigits(size: number, spec: FormatSpec): string {
  const type = spec.type.toLowerCase()
  if (!Number.isFinite(size)) return `${Number.isNaN(size) ? 'nan' : 'inf'}${type === '%' ? '%' : ''}`
  if (type === 'f') return fixed(size, spec.precision ?? 6, spec.alternate)
  if (type === '%') return `${fixed(size * 100, spec.precision ?? 6, spec.alternate)}%`
  if (type === 'e') return scientificDigits(size, spec.precision ?? 6, spec.alternate)
  if (type === '' && spec.precision === undefined) {
    const text = floatText(size)
    return spec.alternate ? text.replace(/^(\d+)(?=e)/, '$1.') : text
  }
  return generalDigits(size, Math.max(1, spec.precision ?? 6), spec.alternate, type === '')
}

/** A float has no more digits that are not 0, neither behind the point nor in all. */
const MAX_DIGITS = 1100

/** A number of at least 0 with a number of digits after the point; exact, halves to the even digit. */
export function fixed(size: number, digits: number, alternate = false): string {
  if (digits > MAX_DIGITS) return fixed(size, MAX_DIGITS) + '0'.repeat(digits - MAX_DIGITS)
  const [numerator, denominator] = exactRatio(size)
  const text = divideRounded(numerator * 10n ** BigInt(digits), denominator)
    .toString()
    .padStart(digits + 1, '0')
  if (digits === 0) return alternate ? `${text}.` : text
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

function scientificDigits(size: number, digits: number, alternate: boolean): string {
  const [mantissa, exponent] = significantDigits(size, digits + 1)
  const point = digits > 0 || alternate ? '.' : ''
  return `${mantissa.slice(0, 1)}${point}${mantissa.slice(1)}e${exponentText(exponent)}`
}

function exponentText(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** The first digits of a number, rounded exactly, and its power of ten. */
function significantDigits(size: number, digits: number): readonly [string, number] {
  if (size === 0) return ['0'.repeat(digits), 0]
  if (digits > MAX_DIGITS) {
    const [text, exponent] = significantDigits(size, MAX_DIGITS)
    return [text.padEnd(digits, '0'), exponent]
  }
  const [numerator, denominator] = exactRatio(size)
  let exponent = Number(size.toExponential().split('e')[1])
  for (;;) {
    const shift = digits - 1 - exponent
    const rounded =
      shift >= 0
        ? divideRounded(numerator * 10n ** BigInt(shift), denominator)
        : divideRounded(numerator, denominator * 10n ** BigInt(-shift))
    const text = rounded.toString()
    if (text.length <= digits) return [text, exponent]
    exponent++
  }
}

/** As few digits as needed, in the shorter of the two forms; `withPoint` keeps `.0` as `repr` does. */
function generalDigits(size: number, digits: number, alternate: boolean, withPoint: boolean): string {
  const [mantissa, exponent] = significantDigits(size, digits)
  const kept = alternate ? mantissa : mantissa.replace(/0+$/, '') || '0'
  if (exponent < -4 || exponent >= digits - (withPoint ? 1 : 0)) {
    const rest = kept.slice(1)
    return `${kept.slice(0, 1)}${rest === '' && !alternate ? '' : `.${rest}`}e${exponentText(exponent)}`
  }
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${kept}`
  const whole = kept.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const fraction = kept.slice(exponent + 1)
  if (fraction === '') return withPoint ? `${whole}.0` : alternate ? `${whole}.` : whole
  return `${whole}.${fraction}`
}

/** Sign, grouped digits and fill. */
function paddedNumber(sign: string, digits: string, spec: FormatSpec, state: RenderState, align: '<' | '>'): string {
  state.spendText(spec.width)
  const place = spec.align === '' && spec.zeros ? '=' : spec.align
  const zeros = place === '=' && spec.fill === '0'
  const grouped = groupDigits(digits, spec, zeros ? spec.width - sign.length : 0)
  const missing = Math.max(0, spec.width - sign.length - lengthOf(grouped))
  const fill = spec.fill.repeat(missing)
  if (place === '=') return sign + fill + grouped
  return alignText(sign + grouped, place === '' ? align : place, missing, spec.fill)
}

function groupDigits(digits: string, { grouping, type }: FormatSpec, width: number): string {
  if (grouping === '') return digits
  const size = 'boxX'.includes(type) && type !== '' ? 4 : 3
  const match = /^([0-9a-fA-F]+)(.*)$/s.exec(digits)
  if (!match) return digits
  let [, whole = '', rest = ''] = match
  if (size === 3 && /[eE]/.test(whole)) [whole, rest] = [digits.replace(/[eE.].*$/s, ''), digits.replace(/^\d*/, '')]
  const insertSeparators = (text: string) => text.replace(new RegExp(`\\B(?=(?:.{${size}})+$)`, 'g'), grouping)
  // Zeros in front are grouped like digits; a separator never comes first, so that the text may be one longer.
  while (insertSeparators(whole).length + rest.length < width) whole = `0${whole}`
  return insertSeparators(whole) + rest
}

/** A text in a field: left, right or in the middle. */
export function alignText(text: string, align: string, missing: number, fill: string): string {
  const left = align === '>' ? missing : align === '^' ? Math.floor(missing / 2) : 0
  return fill.repeat(left) + text + fill.repeat(missing - left)
}

/** A text by its specification. */
export function formatText(text: string, spec: FormatSpec, state: RenderState): string {
  if (spec.type !== '' && spec.type !== 's')
    throw valueError(`Unknown format code '${spec.type}' for object of type 'str'`)
  if (spec.sign !== '') throw valueError('Sign not allowed in string format specifier')
  if (spec.alternate) throw valueError('Alternate form (#) not allowed in string format specifier')
  if (spec.grouping !== '') throw valueError(`Cannot specify '${spec.grouping}' with 's'.`)
  if (spec.align === '=') throw valueError("'=' alignment not allowed in string format specifier")
  const cut = spec.precision === undefined ? text : subText(text, 0, spec.precision)
  state.spendText(spec.width)
  const missing = Math.max(0, spec.width - lengthOf(cut))
  return alignText(cut, spec.align === '' ? '<' : spec.align, missing, spec.fill)
}
