/** `'{0} of {total:>8.2f}'.format(…)`: formatting with braces. */
import { DateTime, Day, Decimal } from '../entity/value.ts'
import { TemplateError, typeError, valueError } from './error.ts'
import { escapeHtml } from './html.ts'
import { formatNumber, formatText, readFormatSpec } from './number-format.ts'
import { isReal } from './numbers.ts'
import { inspect, print } from './print.ts'
import type { RenderState } from './state.ts'
import { inAscii } from './text.ts'
import { formatTime } from './time.ts'
import {
  type CallArguments,
  type JinjaValue,
  Markup,
  PyDict,
  PyFunction,
  stringOf,
  typeName,
  Undefined,
} from './values.ts'

/** Fills the braces of a text. With `escaping` everything that is not marked as safe is escaped for HTML. */
export function formatBraces(template: string, args: CallArguments, state: RenderState, escaping: boolean): string {
  return fillTemplate(template, args, state, { next: 0, numbered: false }, escaping, 2)
}

interface FieldCounter {
  next: number
  numbered: boolean
}

function fillTemplate(
  template: string,
  args: CallArguments,
  state: RenderState,
  counter: FieldCounter,
  escaping: boolean,
  depth: number,
): string {
  if (depth < 0) throw valueError('Max string recursion exceeded')
  let result = ''
  let at = 0
  while (at < template.length) {
    state.spend(1)
    const sign = template[at] ?? ''
    if (sign === '}') {
      if (template[at + 1] !== '}') throw valueError("Single '}' encountered in format string")
      result += '}'
      at += 2
    } else if (sign !== '{') {
      const end = /[{}]/.exec(template.slice(at))?.index ?? template.length - at
      result += template.slice(at, at + end)
      at += end
    } else if (template[at + 1] === '{') {
      result += '{'
      at += 2
    } else {
      const end = closingBrace(template, at + 1)
      result += formatField(template.slice(at + 1, end), args, state, counter, escaping, depth)
      at = end + 1
    }
  }
  state.spendText(result.length)
  return result
}

/** Where the brace ends that was opened before `at`. */
function closingBrace(template: string, at: number): number {
  let open = 1
  for (let index = at; index < template.length; index++) {
    if (template[index] === '{') open++
    else if (template[index] === '}' && --open === 0) return index
  }
  throw valueError(
    at >= template.length ? "Single '{' encountered in format string" : "expected '}' before end of string",
  )
}

function formatField(
  source: string,
  args: CallArguments,
  state: RenderState,
  counter: FieldCounter,
  escaping: boolean,
  depth: number,
): string {
  const match = /^((?:[^!:[]|\[[^\]]*\])*)(?:!([^:]*))?(?::(.*))?$/s.exec(source)
  if (!match) throw valueError(`Invalid field '${source}' in format string`)
  const [, path = '', conversion, spec = ''] = match
  let value = fieldValue(path, args, state, counter)
  if (conversion !== undefined) {
    if (conversion === 's') value = print(value, state)
    else if (conversion === 'r') value = inspect(value, state)
    else if (conversion === 'a') value = inAscii(inspect(value, state))
    else throw valueError(`Unknown conversion specifier '${conversion}'`)
  }
  const filled = spec.includes('{') ? fillTemplate(spec, args, state, counter, false, depth - 1) : spec
  if (!escaping) return formatValue(value, filled, state)
  if (value instanceof Markup) {
    if (filled !== '') throw valueError('Unsupported format specification for Markup.')
    return value.text
  }
  return escapeHtml(formatValue(value, filled, state), state)
}

function fieldValue(path: string, args: CallArguments, state: RenderState, counter: FieldCounter): JinjaValue {
  const match = /^([^.[]*)(.*)$/s.exec(path)
  const [, first = '', rest = ''] = match ?? []
  let value: JinjaValue | undefined
  if (first === '' || /^\d+$/.test(first)) {
    if (first === '' ? counter.numbered : counter.next > 0)
      throw valueError('cannot switch between automatic field numbering and manual field specification')
    if (first !== '') counter.numbered = true
    const index = first === '' ? counter.next++ : Number(first)
    value = args.positional[index]
    if (value === undefined) throw new TemplateError('IndexError', 'Replacement index out of range')
  } else {
    value = args.named.get(first)
    if (value === undefined) throw new TemplateError('KeyError', `'${first}'`)
  }
  for (const [, attribute, key] of rest.matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
    if (attribute !== undefined) value = attributeOf(value, attribute, state)
    else value = state.registry.read(state, value, /^\d+$/.test(key ?? '') ? Number(key) : (key ?? ''), 'item')
    if (value instanceof Undefined) value.fail()
  }
  return value
}

/** `value.name` in a format: unlike in a template, the keys of a dict are no attributes. */
function attributeOf(value: JinjaValue, name: string, state: RenderState): JinjaValue {
  const found = state.registry.read(state, value, name, 'attribute')
  if (value instanceof PyDict && !(found instanceof PyFunction))
    throw typeError(`'dict' object has no attribute '${name}'`)
  return found
}

/** `format(value, spec)` of Python. */
function formatValue(value: JinjaValue, source: string, state: RenderState): string {
  if (value instanceof Undefined) {
    if (source === '') return print(value, state)
    throw typeError('unsupported format string passed to Undefined.__format__')
  }
  const text = stringOf(value)
  if (text !== undefined) return source === '' ? text : formatText(text, readFormatSpec(source), state)
  if (typeof value === 'boolean' && source === '') return print(value, state)
  if (isReal(value) || value instanceof Decimal)
    return source === '' ? print(value, state) : formatNumber(value, readFormatSpec(source), state)
  if (source === '') return print(value, state)
  if (value instanceof DateTime || value instanceof Day) return formatTime(value, source)
  throw typeError(`unsupported format string passed to ${typeName(value)}.__format__`)
}
