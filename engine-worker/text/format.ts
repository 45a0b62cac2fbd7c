/**
 * The canonical text of configuration: the same value always prints as the same text, formatting a second time changes
 * nothing, and nothing is lost. Objects have one member a line; lists of DTL steps have one step a line; what does not
 * fit into 120 columns is broken by its structure:
 *
 *     ["add", "orders",
 *       ["hops", {
 *         "datasets": ["orders o"],
 *         "where": ["eq", "_S._id", "o.customer"]
 *       }]
 *     ]
 *
 * Only components have a fixed order of keys; everywhere else keys stay as they came.
 */

import { CONDITION } from '../dtl/syntax.ts'
import { entriesOf, objectOf } from '../entity/entries.ts'
import { printJson } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'

const MAX_LINE_WIDTH = 120

/** The first keys of a component, in this order; the others follow as they came. */
const FIRST_KEYS: readonly string[] = [
  '_id',
  'type',
  'name',
  'description',
  'comment',
  'source',
  'transform',
  'sink',
  'pump',
  'metadata',
]

/** The canonical text of a component (or of a list of them), with a newline at its end. */
export function formatComponent(value: Json): string {
  return `${formatAt(value, 0)}\n`
}

/**
 * The component after an edit, with the keys that the edit put at its end where they belong among the others: `transform`
 * after `source`, not behind `metadata`.
 */
export function placeNewKeys(before: JsonObject, after: JsonObject): JsonObject {
  const entries = entriesOf(after)
  const end = entries.findLastIndex(([key]) => Object.hasOwn(before, key)) + 1
  const added = entries.splice(end)
  if (end === 0 || !added.some(([key]) => rankOf(key) < FIRST_KEYS.length)) return after
  for (const entry of added) {
    const rank = rankOf(entry[0])
    const last = entries.findLastIndex(([key]) => rankOf(key) <= rank)
    entries.splice(rank < FIRST_KEYS.length && last >= 0 ? last + 1 : entries.length, 0, entry)
  }
  return objectOf(entries)
}

function formatAt(value: Json, indent: number): string {
  if (isObject(value)) return formatMembers(componentEntries(value), indent)
  if (Array.isArray(value) && value.length > 0 && value.every(isObject)) {
    return formatLines('[', value, ']', indent, (item) => formatAt(item, indent + 2))
  }
  return formatConfig(value, indent, indent)
}

/** The canonical text of any part of a component, as the text views of stages, rules and steps show it. */
export function formatPart(value: Json): string {
  return formatConfig(value, 0, 0)
}

/** Where a part is printed inside a component. */
interface NestedPlace {
  /** Columns before the lines after the first. */
  readonly indent: number
  /** Columns before the value on its first line. */
  readonly column: number
  /** Inside a DTL step or entity, or outside. */
  readonly context: 'config' | 'step'
  /** The key whose value it is. */
  readonly key: string | null
}

/** The canonical text of a part of a component at its place, without the indentation of its first line. */
export function formatNested(value: Json, { indent, column, context, key }: NestedPlace): string {
  return context === 'step' ? formatStep(value, indent, column) : formatConfig(value, indent, column, key ?? undefined)
}

function componentEntries(component: JsonObject): [string, Json][] {
  return entriesOf(component).sort(([a], [b]) => rankOf(a) - rankOf(b))
}

function rankOf(key: string): number {
  const at = FIRST_KEYS.indexOf(key)
  return at < 0 ? FIRST_KEYS.length : at
}

/** Configuration outside DTL: objects always open, lists of scalars on one line where they fit. */
function formatConfig(value: Json, indent: number, column: number, key?: string): string {
  if (isObject(value)) return formatMembers(entriesOf(value), indent)
  if (!Array.isArray(value) || value.length === 0) return printJson(value)
  const first = value[0]
  if (typeof first === 'string' && key !== 'entities') return formatStep(value, indent, column)
  if (key === 'entities' || Array.isArray(first)) {
    return formatLines('[', value, ']', indent, (item) => formatStep(item, indent + 2, indent + 2))
  }
  const flat = value.some(isContainer) ? null : oneLineIfFits(value, column)
  return flat ?? formatLines('[', value, ']', indent, (item) => formatConfig(item, indent + 2, indent + 2))
}

/** A DTL step, an expression or an entity: on one line where it fits, otherwise broken by structure. */
function formatStep(value: Json, indent: number, column: number): string {
  if (!isContainer(value)) return printJson(value)
  const flat = oneLineIfFits(value, column)
  if (flat !== null) return flat
  if (!Array.isArray(value)) {
    return formatLines('{', entriesOf(value), '}', indent, ([key, member]) => {
      const label = `${printJson(key)}: `
      return label + formatStep(member, indent + 2, indent + 2 + label.length)
    })
  }
  return typeof value[0] === 'string' ? formatCall(value, indent, column) : formatList(value, indent)
}

function formatList(value: Json[], indent: number): string {
  return formatLines('[', value, ']', indent, (item) => formatStep(item, indent + 2, indent + 2))
}

/**
 * The function and its leading scalars stay on the first line (of `if` the condition too); an object that is the only
 * rest opens there.
 */
function formatCall(value: Json[], indent: number, column: number): string {
  let head = '['
  let count = 0
  for (const item of value) {
    const flat = oneLineIfFits(item, column + head.length + 1)
    const leads = !isContainer(item) || (count === 1 && value[0] === CONDITION)
    if (count > 0 && (flat === null || !leads)) break
    head = `${head}${count > 0 ? ' ' : ''}${flat ?? printJson(item)},`
    count++
  }
  const rest = value.slice(count)
  const last = rest[0]
  if (rest.length === 0) return `${head.slice(0, -1)}]`
  if (rest.length === 1 && isObject(last)) return `${head} ${formatStep(last, indent, MAX_LINE_WIDTH)}]`
  return formatLines(head, rest, ']', indent, (item) => formatStep(item, indent + 2, indent + 2))
}

function formatMembers(entries: readonly [string, Json][], indent: number): string {
  if (entries.length === 0) return '{}'
  return formatLines('{', entries, '}', indent, ([key, value]) => {
    const label = `${printJson(key)}: `
    return label + formatConfig(value, indent + 2, indent + 2 + label.length, key)
  })
}

function formatLines<T>(
  open: string,
  items: readonly T[],
  close: string,
  indent: number,
  print: (item: T) => string,
): string {
  const pad = ' '.repeat(indent + 2)
  return `${open}\n${items.map((item) => pad + print(item)).join(',\n')}\n${' '.repeat(indent)}${close}`
}

function isContainer(value: Json): value is Json[] | JsonObject {
  return Array.isArray(value) ? value.length > 0 : isObject(value) && entriesOf(value).length > 0
}

/** The value on one line, or null when that does not fit; one column is kept for a comma. Cost is bounded by the width. */
function oneLineIfFits(value: Json, column: number): string | null {
  return oneLine(value, MAX_LINE_WIDTH - column - 1)
}

function oneLine(value: Json, room: number): string | null {
  if (room < 0) return null
  if (!isContainer(value)) {
    const text = printJson(value)
    return text.length <= room ? text : null
  }
  const list = Array.isArray(value)
  const entries: readonly [string | null, Json][] = list ? value.map((item) => [null, item]) : entriesOf(value)
  if (entries.length * 3 > room + 2) return null
  let text = list ? '[' : '{'
  for (const [key, item] of entries) {
    if (text.length > 1) text += ', '
    if (key !== null) text += `${printJson(key)}: `
    const part = oneLine(item, room - text.length - 1)
    if (part === null) return null
    text += part
  }
  return text.length + 1 <= room ? text + (list ? ']' : '}') : null
}
