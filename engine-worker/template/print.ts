/** The text of values as Python writes it: `str` for output, `repr` inside lists and dicts. */

import { printTime } from '../entity/datetime.ts'
import { printDecimal } from '../entity/decimal.ts'
import { Bytes, DateTime, Day, Decimal, Float } from '../entity/value.ts'
import { floatText, integerText } from './numbers.ts'
import { PyNamespace, PyView, TimeDelta } from './objects.ts'
import type { RenderState } from './state.ts'
import { isPrintable } from './text.ts'
import { type JinjaValue, Markup, PyDict, PyList, PyTuple, stringOf, Undefined } from './values.ts'

/** What `{{ value }}` prints. */
export function print(value: JinjaValue, state: RenderState): string {
  const text = stringOf(value)
  if (text !== undefined) return text
  if (value instanceof Undefined) return value.print()
  if (value instanceof DateTime || value instanceof Day) return printTime(value)
  if (value instanceof TimeDelta) return printDelta(value.nanos)
  if (value instanceof Decimal) return printDecimal(value)
  return inspect(value, state)
}

/** How a value stands inside of lists and dicts: texts in quotes. */
export function inspect(value: JinjaValue, state: RenderState): string {
  return inspectInside(value, state, [])
}

/** `outer` are the lists and dicts around the value: one that holds itself is written as dots. */
function inspectInside(value: JinjaValue, state: RenderState, outer: readonly JinjaValue[]): string {
  state.spend(1)
  if (typeof value === 'string') return quotedText(value, state)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'bigint') return integerText(value)
  if (typeof value === 'number') return Number.isInteger(value) ? integerText(value) : floatText(value)
  if (value instanceof Float) return floatText(value.value)
  if (value instanceof Decimal) return `Decimal('${printDecimal(value)}')`
  if (value instanceof Bytes) return bytesText(value.data)
  if (value instanceof DateTime || value instanceof Day) return `'${printTime(value)}'`
  if (value instanceof Markup) return `Markup(${quotedText(value.text, state)})`
  const text = stringOf(value)
  if (text !== undefined) return quotedText(text, state)
  if (value instanceof Undefined) return 'Undefined'
  if (value instanceof TimeDelta) return `datetime.timedelta(${deltaParts(value.nanos)})`
  const inside = [...outer, value]
  const inspectEach = (item: JinjaValue) => inspectInside(item, state, inside)
  const again = outer.includes(value)
  if (value instanceof PyList) return again ? '[...]' : `[${value.items.map(inspectEach).join(', ')}]`
  if (value instanceof PyTuple) {
    if (again) return '(...)'
    return value.items.length === 1
      ? `(${value.items.map(inspectEach)},)`
      : `(${value.items.map(inspectEach).join(', ')})`
  }
  if (value instanceof PyDict) return again ? '{...}' : `{${pairsText(value.pairs(), inspectEach)}}`
  if (value instanceof PyView) return `${value.type}([${value.items.map(inspectEach).join(', ')}])`
  if (value instanceof PyNamespace)
    return again ? '<Namespace ...>' : `<Namespace {${pairsText([...value.attributes], inspectEach)}}>`
  return value.describe()
}

function pairsText(pairs: readonly (readonly [JinjaValue, JinjaValue])[], each: (item: JinjaValue) => string): string {
  return pairs.map(([key, item]) => `${each(key)}: ${each(item)}`).join(', ')
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A text in quotes, in double ones where it holds single ones only. */
function quotedText(text: string, state: RenderState): string {
  state.spendText(text.length)
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  if (/^[\x20-\x7e]*$/.test(text) && !/['"\\]/.test(text)) return `'${text}'`
  let result = ''
  for (const character of text) {
    if (character === quote) result += `\\${quote}`
    else result += escapes[character] ?? (isPrintable(character) ? character : codeOf(character))
  }
  return quote + result + quote
}

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\U${code.toString(16).padStart(8, '0')}`
}

function bytesText(data: Uint8Array): string {
  let result = ''
  for (const byte of data) {
    const character = String.fromCharCode(byte)
    result +=
      escapes[character] ?? (byte >= 0x20 && byte < 0x7f ? character : `\\x${byte.toString(16).padStart(2, '0')}`)
  }
  const quote = result.includes("'") && !result.includes('"') ? '"' : "'"
  return `b${quote}${quote === "'" ? result.replaceAll("'", "\\'") : result}${quote}`
}

const SECOND_NANOSECONDS = 1_000_000_000n
const DAY_NANOSECONDS = 86_400n * SECOND_NANOSECONDS

/** `1 day, 2:03:04.5` */
function printDelta(nanos: bigint): string {
  let days = nanos / DAY_NANOSECONDS
  let rest = nanos % DAY_NANOSECONDS
  if (rest < 0n) {
    days -= 1n
    rest += DAY_NANOSECONDS
  }
  const seconds = rest / SECOND_NANOSECONDS
  const micros = (rest % SECOND_NANOSECONDS) / 1000n
  const twoDigits = (value: bigint) => String(value).padStart(2, '0')
  const clock = `${seconds / 3600n}:${twoDigits((seconds / 60n) % 60n)}:${twoDigits(seconds % 60n)}`
  const fraction = micros === 0n ? '' : `.${String(micros).padStart(6, '0')}`
  const date = days === 0n ? '' : `${days} day${days === 1n || days === -1n ? '' : 's'}, `
  return date + clock + fraction
}

function deltaParts(nanos: bigint): string {
  let days = nanos / DAY_NANOSECONDS
  let rest = nanos % DAY_NANOSECONDS
  if (rest < 0n) {
    days -= 1n
    rest += DAY_NANOSECONDS
  }
  const parts = [
    days === 0n ? '' : `days=${days}`,
    rest / SECOND_NANOSECONDS === 0n ? '' : `seconds=${rest / SECOND_NANOSECONDS}`,
    (rest % SECOND_NANOSECONDS) / 1000n === 0n ? '' : `microseconds=${(rest % SECOND_NANOSECONDS) / 1000n}`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? '0' : parts.join(', ')
}
