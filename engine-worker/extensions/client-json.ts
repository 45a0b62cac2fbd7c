/**
 * JSON as Sesam's client writes the files of a connector: sorted keys, two spaces, only ASCII, no newline at the end, and
 * numbers as Python prints them.
 */
import { printJson, printScalar } from '../entity/json.ts'
import { compareText } from '../entity/order.ts'
import { Float, isObject, type Json, NumberLiteral } from '../entity/value.ts'
import { floatText } from '../template/numbers.ts'

/** The text of a value in the client's form. */
export function printClientJson(value: Json): string {
  return printAt(value, '').replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function printAt(value: Json, indent: string): string {
  const inner = `${indent}  `
  if (Array.isArray(value))
    return printBlock(
      '[',
      value.map((item) => printAt(item, inner)),
      ']',
      indent,
    )
  if (!isObject(value))
    return typeof value === 'number' || value instanceof Float ? numberText(value) : printScalar(value)
  const names = Object.keys(value).sort(compareText)
  const members = names.map((name) => `${printJson(name)}: ${printAt(value[name] ?? null, inner)}`)
  return printBlock('{', members, '}', indent)
}

/** A number without a fraction and an exponent is an integer; a float too big to hold is `Infinity` in Python's JSON. */
function numberText(value: number | Float): string {
  if (value instanceof NumberLiteral && /^-?\d+$/.test(value.text)) return String(BigInt(value.text))
  const float = value instanceof Float ? value.value : value
  if (!Number.isFinite(float)) return float > 0 ? 'Infinity' : '-Infinity'
  return Number.isInteger(float) && !(value instanceof Float) ? String(value) : floatText(float)
}

function printBlock(open: string, items: readonly string[], close: string, indent: string): string {
  if (items.length === 0) return open + close
  return `${open}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`
}
