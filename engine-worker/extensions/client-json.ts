/** JSON as Sesam's client writes the files of a connector: sorted keys, two spaces, only ASCII, no newline at the end. */
import { printJson, printScalar } from '../entity/json.ts'
import { compareText } from '../entity/order.ts'
import { isObject, type Json } from '../entity/value.ts'

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
    return block(
      '[',
      value.map((item) => printAt(item, inner)),
      ']',
      indent,
    )
  if (!isObject(value)) return printScalar(value)
  const names = Object.keys(value).sort(compareText)
  const members = names.map((name) => `${printJson(name)}: ${printAt(value[name] ?? null, inner)}`)
  return block('{', members, '}', indent)
}

function block(open: string, items: readonly string[], close: string, indent: string): string {
  if (items.length === 0) return open + close
  return `${open}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`
}
