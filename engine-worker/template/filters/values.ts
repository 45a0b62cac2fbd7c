/** Filters on single values: numbers, defaults, attributes. */

import { decimalValue } from '../../entity/bigdecimal.ts'
import { Decimal, Float, float } from '../../entity/value.ts'
import { attributeOf } from '../access.ts'
import { calculate, negative } from '../arithmetic.ts'
import { compareValues, truth } from '../compare.ts'
import { TemplateError, typeError } from '../error.ts'
import { escapeHtml } from '../html.ts'
import { anyText, needText } from '../methods/arguments.ts'
import { fixed } from '../number-format.ts'
import { asFloat, asIndex, isReal, roundTo, toFloat, toInteger, truncated } from '../numbers.ts'
import { prettyPrint } from '../pretty-print.ts'
import { inspect } from '../print.ts'
import { type Routine, requiredArgument, routine } from '../routine.ts'
import { type JinjaValue, Markup, orElse, PyDict, stringOf, typeName, Undefined } from '../values.ts'

/** Does a conversion; the default where the value cannot be converted. */
function convertOr(conversion: () => JinjaValue, otherwise: () => JinjaValue, kinds: readonly string[]): JinjaValue {
  try {
    return conversion()
  } catch (error) {
    if (error instanceof TemplateError && kinds.includes(error.kind)) return otherwise()
    throw error
  }
}

const conversionErrors = ['TypeError', 'ValueError']

const sizeUnits = ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']

function fileSize(bytes: number, binary: boolean): string {
  const base = binary ? 1024 : 1000
  if (bytes === 1) return '1 Byte'
  if (bytes < base) return `${print1(bytes)} Bytes`
  const step = sizeUnits.findIndex((_, index) => bytes < base ** (index + 2))
  const at = step < 0 ? sizeUnits.length - 1 : step
  const [prefix = ''] = sizeUnits.slice(at)
  const unit = binary ? `${prefix.slice(0, 1).toUpperCase()}i${prefix.slice(1)}` : prefix
  return `${fixed((base * bytes) / base ** (at + 2), 1)} ${unit}`
}

function print1(bytes: number): string {
  return String(truncated(bytes))
}

export const valueFilters: readonly Routine[] = [
  routine({
    name: 'abs',
    takes: {},
    run: (state, value) => {
      if (value instanceof Undefined) value.fail()
      if (!isReal(value) && !(value instanceof Decimal))
        throw typeError(`bad operand type for abs(): '${typeName(value)}'`)
      if (value instanceof Float) return float(Math.abs(value.value))
      return compareValues(value, 0, state) < 0 ? negative(value) : calculate('+', value, 0, state)
    },
  }),
  routine({
    name: 'int',
    takes: { default: 0, base: 10 },
    run: (_, value, otherwise = 0, base = 10) => {
      if (value instanceof Undefined) value.fail()
      const text = stringOf(value)
      const convert = () => (text === undefined ? toInteger(value) : toInteger(text, asIndex(base)))
      const byFloat = () => truncated(toFloat(text ?? value))
      return convertOr(
        convert,
        () => convertOr(byFloat, () => otherwise, [...conversionErrors, 'OverflowError']),
        conversionErrors,
      )
    },
  }),
  routine({
    name: 'float',
    takes: { default: new Float(0) },
    run: (_, value, otherwise = new Float(0)) => {
      if (value instanceof Undefined) value.fail()
      return convertOr(
        () => float(toFloat(stringOf(value) ?? value)),
        () => otherwise,
        conversionErrors,
      )
    },
  }),
  routine({
    name: 'round',
    takes: { precision: 0, method: 'common' },
    run: (state, value, precision = 0, method = 'common') => {
      if (value instanceof Undefined) value.fail()
      if (method !== 'common' && method !== 'ceil' && method !== 'floor')
        throw new TemplateError('TemplateRuntimeError', 'method must be common, ceil or floor')
      if (value instanceof Decimal) return new Decimal(decimalValue(value).toDecimalPlaces(asIndex(precision)))
      if (method === 'common') return roundTo(value, asIndex(precision))
      const factor = calculate('**', 10, precision, state)
      const scaled = calculate('*', value, factor, state)
      if (!isReal(scaled)) throw typeError('must be real number')
      const plain = typeof scaled === 'bigint' ? scaled : asFloat(scaled)
      const whole =
        typeof plain === 'bigint' ? plain : truncated(method === 'ceil' ? Math.ceil(plain) : Math.floor(plain))
      return calculate('/', whole, factor, state)
    },
  }),
  routine({
    name: 'filesizeformat',
    takes: { binary: false },
    run: (_, value, binary = false) => fileSize(toFloat(stringOf(value) ?? value), truth(binary)),
  }),
  routine({
    name: 'default',
    alias: ['d'],
    takes: { default_value: '', boolean: false },
    run: (_, value, otherwise = '', boolean = false) =>
      value instanceof Undefined || (truth(boolean) && !truth(value)) ? otherwise : value,
  }),
  routine({
    name: 'attr',
    takes: { name: requiredArgument },
    run: (state, value, name = '') => {
      if (value instanceof Undefined) value.fail()
      const text = needText(name)
      return orElse(attributeOf(value, text, state), () =>
        state.undefined(text, `'${typeName(value)} object' has no attribute '${text}'`),
      )
    },
  }),
  routine({
    name: 'string',
    takes: {},
    run: (state, value) => (typeof value !== 'string' && stringOf(value) !== undefined ? value : anyText(value, state)),
  }),
  routine({ name: 'pprint', takes: {}, run: (state, value) => prettyPrint(value, state) }),
  routine({
    name: 'xmlattr',
    takes: { autospace: true },
    run: (state, value, autospace = true) => {
      if (value instanceof Undefined) value.fail()
      if (!(value instanceof PyDict)) throw typeError('xmlattr needs a mapping')
      const attributes = value.pairs().flatMap(([key, item]) => {
        if (item === null || item instanceof Undefined) return []
        const name = needText(key)
        if (/[\s/>=]/.test(name))
          throw new TemplateError('ValueError', `Invalid character in attribute name: ${inspect(key, state)}`)
        return [`${escapeHtml(key, state)}="${escapeHtml(item, state)}"`]
      })
      const text = attributes.join(' ')
      const spaced = truth(autospace) && text !== '' ? ` ${text}` : text
      return state.autoescape ? new Markup(spaced) : spaced
    },
  }),
]
