/**
 * Comparison of actual with expected output, as Sesam's client does it: what is left out, what is made equal, the order,
 * and the text that is finally compared.
 */
import { XMLBuilder, XMLParser } from 'fast-xml-parser'
import { get, has, put } from '../entity/dict.ts'
import { printJson, readJson } from '../entity/json.ts'
import { encodeTransit } from '../entity/transit.ts'
import { type Entity, Float, integer, isObject, type Json, type JsonObject } from '../entity/value.ts'
import { fnmatch } from './fnmatch.ts'

/** How a test wants its output compared. */
export interface Comparison {
  readonly blacklist: readonly string[]
  readonly ignoreDeletes: boolean
  readonly sortBy: readonly string[]
}

/** One difference in words, with the entity it concerns. */
export interface Difference {
  readonly _id?: Json
  readonly says: string
  readonly expected?: Json
  readonly actual?: Json
}

/** The actual entities as they are compared: in transit form, cleaned, filtered and sorted. */
export function actualForm(entities: readonly Entity[], expected: readonly Json[], how: Comparison): Json[] {
  const blocked = blacklist(how.blacklist)
  let actual: Json[] = entities.map((entity) => withoutBlocked(encodeTransit(entity), '', blocked))
  if (how.ignoreDeletes) {
    const deleted = new Set(expected.filter(isDeleted).map((entity) => printJson(get(entity, '_id') ?? null)))
    actual = actual.filter((entity) => !isDeleted(entity) || deleted.has(printJson(get(entity, '_id') ?? null)))
  }
  return sortedByFields(actual, how.sortBy)
}

/** The differences between two sorted lists; none when their canonical texts are equal. */
export function outputDifferences(actual: readonly Json[], expected: readonly Json[]): Difference[] {
  const actualText = actual.map(canonicalText)
  const expectedText = expected.map(canonicalText)
  if (actual.length === expected.length && actualText.every((text, index) => text === expectedText[index])) return []
  return matchEntities(actual, expected, actualText, expectedText)
}

/** Sorts by the values of the fields (objects as text), then by the whole; a missing value beside texts is an error. */
export function sortedByFields(entities: readonly Json[], fields: readonly string[]): Json[] {
  const keyed = entities.map((entity) => ({
    entity,
    key: fields.map((field) => (isObject(entity) ? (get(entity, field) ?? null) : null)),
    text: canonicalText(entity),
  }))
  for (let field = 0; field < fields.length; field++) {
    const kinds = new Set(keyed.map(({ key }) => sortKind(key[field] ?? null)))
    if (kinds.size > 1) throw new TypeError(`cannot sort by ${fields[field]}: ${[...kinds].join(' and ')} side by side`)
  }
  keyed.sort((a, b) => {
    for (let field = 0; field < fields.length; field++) {
      const order = compareKeys(a.key[field] ?? null, b.key[field] ?? null)
      if (order !== 0) return order
    }
    return compareTexts(a.text, b.text)
  })
  return keyed.map(({ entity }) => entity)
}

/** JSON with sorted keys, the way both sides are compared. */
function canonicalText(json: Json): string {
  if (Array.isArray(json)) return `[${json.map(canonicalText).join(',')}]`
  if (!isObject(json)) return printJson(json)
  const keys = Object.keys(json).sort(compareTexts)
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(get(json, key) ?? null)}`).join(',')}}`
}

/** XML is compared after both sides were parsed and printed alike; text that is no XML as it is. */
export function sameXml(actual: string, expected: string): boolean {
  if (actual === expected) return true
  const [one, other] = [canonicalXml(actual), canonicalXml(expected)]
  return one !== null && one === other
}

function canonicalXml(text: string): string | null {
  const options = { preserveOrder: true, ignoreAttributes: false, parseTagValue: false, processEntities: true } as const
  try {
    const parsed: unknown = new XMLParser({ ...options, trimValues: true }).parse(text)
    return new XMLBuilder({ ...options, format: true }).build(parsed)
  } catch {
    return null
  }
}

/** Whether a property at a path of names is left out. */
type IsBlocked = (path: string) => boolean

/** Patterns over names joined by dots; `a[].b` stands for `a.*.b`, and a name with dots also matches literally. */
export function blacklist(patterns: readonly string[]): IsBlocked {
  if (patterns.length === 0) return () => false
  const literal = new Set(patterns)
  const tests = patterns.map((pattern) => fnmatch(pattern.replaceAll('[].', '.*.')))
  return (path) => literal.has(path) || tests.some((test) => test(path))
}

function withoutBlocked(json: Json, path: string, blocked: IsBlocked): Json {
  if (Array.isArray(json)) return json.map((item) => withoutBlocked(item, path, blocked))
  if (!isObject(json)) return asInteger(json)
  const result: JsonObject = {}
  for (const key of Object.keys(json)) {
    const value = get(json, key) ?? null
    const below = path === '' ? key : `${path}.${key}`
    if (blocked(below)) continue
    if (key.startsWith('_') && key !== '_id' && !(key === '_deleted' && value === true)) continue
    put(result, key, withoutBlocked(value, below, blocked))
  }
  return result
}

/** Floats that are written with .0 count as integers; integers of more than 16 digits are rounded as a float would be. */
function asInteger(json: Json): Json {
  if (json instanceof Float && Number.isInteger(json.value) && Math.abs(json.value) < 1e16)
    return integer(BigInt(json.value))
  if (typeof json === 'bigint' && String(json).replace('-', '').length > 16) return integer(BigInt(Number(json)))
  return json
}

function isDeleted(entity: Json): entity is JsonObject {
  return isObject(entity) && has(entity, '_deleted') && entity._deleted === true
}

function sortKind(json: Json): string {
  if (json === null) return 'nothing'
  if (Array.isArray(json)) return 'lists'
  if (typeof json === 'string' || isObject(json)) return 'texts'
  return 'numbers'
}

function compareKeys(a: Json, b: Json): number {
  const [x, y] = [sortValue(a), sortValue(b)]
  if (typeof x === 'number' && typeof y === 'number') return x - y
  return compareTexts(String(x), String(y))
}

function sortValue(json: Json): string | number {
  if (typeof json === 'number') return json
  if (typeof json === 'bigint' || typeof json === 'boolean') return Number(json)
  if (json instanceof Float) return json.value
  return typeof json === 'string' ? json : canonicalText(json)
}

/** By code point, as the client's own order. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Pairs entities by `_id` and says for each what differs. */
function matchEntities(
  actual: readonly Json[],
  expected: readonly Json[],
  actualText: readonly string[],
  expectedText: readonly string[],
): Difference[] {
  const found: Difference[] = []
  if (actual.length !== expected.length) {
    found.push({ says: `${actual.length} entities came out, ${expected.length} were expected` })
  }
  const open = new Map<string, number[]>()
  for (let index = 0; index < expected.length; index++) {
    const id = idOf(expected[index] ?? null)
    open.set(id, [...(open.get(id) ?? []), index])
  }
  for (let index = 0; index < actual.length; index++) {
    const entity = actual[index] ?? null
    const candidates = open.get(idOf(entity)) ?? []
    const same = candidates.find((other) => expectedText[other] === actualText[index])
    const other = same ?? candidates[0]
    if (other === undefined) found.push({ _id: idJson(entity), says: 'was not expected', actual: entity })
    else {
      candidates.splice(candidates.indexOf(other), 1)
      if (same === undefined) found.push(...propertyDifferences(entity, expected[other] ?? null))
    }
  }
  for (const left of open.values()) {
    for (const index of left) {
      const entity = expected[index] ?? null
      found.push({ _id: idJson(entity), says: 'is missing', expected: entity })
    }
  }
  if (found.length === 0) found.push({ says: 'the same entities in another order' })
  return found
}

function idJson(entity: Json): Json {
  return isObject(entity) ? (get(entity, '_id') ?? null) : null
}
function idOf(entity: Json): string {
  return printJson(idJson(entity))
}

function propertyDifferences(actual: Json, expected: Json): Difference[] {
  const _id = idJson(actual)
  if (!isObject(actual) || !isObject(expected)) return [{ _id, says: 'differs', actual, expected }]
  const found: Difference[] = []
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const [is, should] = [get(actual, key), get(expected, key)]
    if (is === undefined) found.push({ _id, says: `${key} is missing`, expected: should ?? null })
    else if (should === undefined) found.push({ _id, says: `${key} was not expected`, actual: is })
    else if (canonicalText(is) !== canonicalText(should)) {
      found.push({ _id, says: `${key} differs`, actual: is, expected: should })
    }
  }
  return found
}

/** Reads expected entities: a JSON list, a byte order mark allowed. */
export function readExpected(text: string, file: string): Json[] {
  const json = readJson(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, { file })
  return Array.isArray(json) ? json : [json]
}
