/**
 * The text that Sesam's own tools (portal, client) give configuration, for projects whose history is kept in it: sorted
 * keys, arrays within arrays on lines of their own. Our own canonical text is format.ts.
 */
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'

const FIRST_KEYS: readonly string[] = [
  '_id',
  'type',
  'name',
  'description',
  'source',
  'sink',
  'transform',
  'pump',
  'metadata',
  'system',
  'datasets',
  'where',
  'return',
  'recurse',
  'max_depth',
  'exclude_root',
  'track-dependencies',
  'trace',
  'default',
]
const LAST_KEYS: readonly string[] = ['$audit', '$principals-from-user']

/** The text as Sesam's tools print it, with a newline at its end. */
export function formatForPortal(value: Json): string {
  return `${formatPortalAt(value, 0)}\n`
}

/** The text of a value `level` levels deep, without the indentation of its first line; `keys` gives the order of keys. */
export function formatPortalAt(
  value: Json,
  level: number,
  keys: (object: JsonObject) => readonly string[] = sortedKeys,
): string {
  if (Array.isArray(value)) return printArray(value, level, keys)
  if (!isObject(value)) return printJson(value)
  const names = keys(value)
  if (names.length === 0) return '{}'
  const members = names.map((key) => {
    return `${newline(level + 1)}${printJson(key)}: ${formatPortalAt(get(value, key) ?? null, level + 1, keys)}`
  })
  return `{${members.join(',')}${newline(level)}}`
}

function printArray(items: readonly Json[], level: number, keys: (object: JsonObject) => readonly string[]): string {
  const parts = items.map((item, index) => {
    if (Array.isArray(item)) return `${newline(level + 1)}${formatPortalAt(item, level + 1, keys)}`
    return `${index > 0 ? ' ' : ''}${formatPortalAt(item, level, keys)}`
  })
  return `[${parts.join(',')}${Array.isArray(items.at(-1)) ? newline(level) : ''}]`
}

function newline(level: number): string {
  return `\n${'  '.repeat(level)}`
}

function sortedKeys(object: JsonObject): string[] {
  const rank = (key: string): number => {
    const first = FIRST_KEYS.indexOf(key)
    if (first >= 0) return first
    return key.startsWith('_') || LAST_KEYS.includes(key) ? FIRST_KEYS.length + 1 : FIRST_KEYS.length
  }
  return Object.keys(object).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0))
}
