/** `'%s of %d' % values`: formatting with percent signs. */
import { DateTime, Decimal } from '../entity/value.ts'
import { TemplateError, typeError, valueError } from './error.ts'
import { alignText, characterOf, type FormatSpec, formatNumber } from './number-format.ts'
import { asFloat, asIndex, isIntegral, isReal, toFloat, truncated } from './numbers.ts'
import { PyRange } from './objects.ts'
import { inspect, print } from './print.ts'
import type { RenderState } from './state.ts'
import { inAscii, lengthOf, subText } from './text.ts'
import { type JinjaValue, PyDict, PyList, PyTuple, stringOf, typeName, Undefined } from './values.ts'

const directivePattern = /%(?:\(((?:[^()]|\([^()]*\))*)\))?([#0\- +]*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?(.|$)/gsu

/** Fills `%` directives with the values of a tuple or dict, or with one value. `escaping` is applied to texts. */
export function formatPercent(
  template: string,
  values: JinjaValue,
  state: RenderState,
  escaping?: (value: JinjaValue, state: RenderState) => string,
): string {
  const positional = values instanceof PyTuple ? values.items : [values]
  let used = 0
  const nextArgument = (): JinjaValue => {
    const value = positional[used++]
    if (value === undefined) throw typeError('not enough arguments for format string')
    return value
  }
  let byName = false
  const result = template.replace(directivePattern, (whole, key, flags, width, precision, code) => {
    state.spend(1)
    if (code === '') throw valueError('incomplete format')
    const hasPrecision = /\.(?:\*|\d+)?[hlL]?.$/su.test(whole)
    let size = width === '*' ? asIndex(nextArgument()) : Number(width ?? 0)
    const isLeftAligned = flags.includes('-') || size < 0
    size = Math.abs(size)
    const digits = !hasPrecision ? undefined : precision === '*' ? asIndex(nextArgument()) : Number(precision ?? 0)
    state.spendText(size + (digits ?? 0))
    if (code === '%') return '%'
    let value: JinjaValue
    if (key !== undefined) {
      if (!(values instanceof PyDict)) throw typeError('format requires a mapping')
      byName = true
      const found = values.get(key)
      if (found === undefined) throw new TemplateError('KeyError', `'${key}'`)
      value = found
    } else value = nextArgument()
    const spec: FormatSpec = {
      fill: !isLeftAligned && flags.includes('0') ? '0' : ' ',
      align: isLeftAligned ? '<' : flags.includes('0') ? '=' : '>',
      sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '',
      alternate: flags.includes('#'),
      zeros: false,
      plainZero: false,
      width: size,
      grouping: '',
      precision: digits,
      type: code,
    }
    return convertedValue(value, spec, state, escaping)
  })
  const allUsed = used >= positional.length || byName || values instanceof PyDict
  if (!allUsed && (values instanceof PyTuple || used === 0) && !isContainer(values))
    throw typeError('not all arguments converted during string formatting')
  state.spendText(result.length)
  return result
}

/** One value may be left unused where it could be a mapping: lists and the like, but no texts. */
function isContainer(value: JinjaValue): boolean {
  return value instanceof PyList || value instanceof PyDict || value instanceof PyRange || value instanceof Undefined
}

function convertedValue(
  value: JinjaValue,
  spec: FormatSpec,
  state: RenderState,
  escaping?: (value: JinjaValue, state: RenderState) => string,
): string {
  if (value instanceof Undefined && value.mode === 'strict' && spec.type !== 'r' && spec.type !== 'a') value.fail()
  switch (spec.type) {
    case 's':
      return paddedField(escaping ? escaping(value, state) : print(value, state), spec)
    case 'r':
      return paddedField(inspect(value, state), spec)
    case 'a':
      return paddedField(inAscii(inspect(value, state)), spec)
    case 'c': {
      const text = stringOf(value)
      if (text !== undefined && lengthOf(text) !== 1) throw typeError('%c requires int or char')
      return paddedField(text ?? characterOf(asIndex(value)), { ...spec, precision: undefined })
    }
    case 'd':
    case 'i':
    case 'u':
      return integerField(value, { ...spec, type: 'd' }, state)
    case 'x':
    case 'X':
    case 'o':
      if (!isIntegral(value)) throw typeError(`%${spec.type} format: an integer is required, not ${typeName(value)}`)
      return integerField(value, spec, state)
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      if (!isReal(value) && !(value instanceof Decimal)) throw typeError(`must be real number, not ${typeName(value)}`)
      return formatNumber(isIntegral(value) ? value : asRealNumber(value), spec, state)
    default:
      throw valueError(`unsupported format character '${spec.type}'`)
  }
}

function asRealNumber(value: JinjaValue): JinjaValue {
  return value instanceof Decimal ? value : value instanceof DateTime ? 0 : value
}

/** Texts are padded with blanks whatever the flags say. */
function paddedField(
  text: string,
  { precision, width, align }: Partial<FormatSpec> & Pick<FormatSpec, 'width'>,
): string {
  const cut = precision === undefined ? text : subText(text, 0, precision)
  return alignText(cut, align === '<' ? '<' : '>', Math.max(0, width - lengthOf(cut)), ' ')
}

function integerField(value: JinjaValue, spec: FormatSpec, state: RenderState): string {
  if (!isReal(value) && !(value instanceof Decimal))
    throw typeError(`%${spec.type} format: a real number is required, not ${typeName(value)}`)
  const whole = isIntegral(value) ? value : truncated(value instanceof Decimal ? toFloat(value) : asFloat(value))
  const { precision, ...rest } = spec
  if (precision === undefined) return formatNumber(whole, spec, state)
  const bare = formatNumber(whole, { ...rest, precision: undefined, width: 0 }, state)
  const [, sign = '', digits = ''] = /^([+\- ]?(?:0[xXo])?)(.*)$/s.exec(bare) ?? []
  const room = spec.align === '=' ? Math.max(precision, spec.width - sign.length) : precision
  return paddedField(sign + digits.padStart(room, '0'), rest)
}
