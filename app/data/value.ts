/** How values of entities are shown: transit texts with their type, numbers exactly, long texts cut. */
import { Float, type Json, type JsonObject, type Kind, printJson } from '../../engine-worker/index.ts'

/** The type of a JSON value in an entity; a text does not tell days from moments. */
type ShownType = Exclude<Kind, 'date'>

const typeByTag: Readonly<Record<string, ShownType>> = {
  ':': 'ni',
  r: 'uri',
  u: 'uuid',
  b: 'bytes',
  t: 'datetime',
  f: 'decimal',
}

/** The type of a value in transit form. */
export function shownType(value: Json): ShownType {
  switch (typeof value) {
    case 'string': {
      if (!value.startsWith('~')) return 'string'
      return typeByTag[value[1] ?? ''] ?? 'string'
    }
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'float'
    case 'bigint':
      return 'integer'
    case 'boolean':
      return 'boolean'
    default:
  }
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  return value instanceof Float ? 'float' : 'dict'
}

/** Whether a value is a number, which stands at the right of a column. */
export function isShownNumber(value: Json): boolean {
  const type = shownType(value)
  return type === 'integer' || type === 'float' || type === 'decimal'
}

/** Whether a value is an object, and not one of the exact numbers. */
export function isPlainObject(value: Json | undefined): value is JsonObject {
  return value !== undefined && shownType(value) === 'dict'
}

/** The value as a person reads it: strings without quotes, transit values without their tag. */
export function shownText(value: Json): string {
  if (typeof value === 'string') {
    if (!value.startsWith('~')) return value
    if (value.startsWith('~~')) return value.slice(1)
    return typeByTag[value[1] ?? ''] === undefined ? value : value.slice(2)
  }
  return printJson(value)
}

/** The value in a cell: one line, cut when it is long. */
export function cellText(value: Json): string {
  const text = shownText(value)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

/** The colour of a type; the same in tables, trees and texts. */
export const typeColour: Readonly<Record<ShownType, string>> = {
  null: 'text-ink-faint',
  boolean: 'text-transform',
  integer: 'text-transform',
  float: 'text-transform',
  decimal: 'text-transform',
  string: 'text-sink',
  ni: 'text-accent',
  uri: 'text-accent',
  uuid: 'text-accent',
  bytes: 'text-ink-soft',
  datetime: 'text-hops',
  list: 'text-ink-soft',
  dict: 'text-ink-soft',
}
