/**
 * Entities as text: JSON whose strings carry the extension types (`~:` `~r` `~t` `~b` `~u` `~f`), read and printed
 * without loss. Tags that are not known, and values that do not fit their tag, stay strings.
 *
 * `JSON.parse` does the work wherever it can. Number literals it would misread (`1.0`, `1e3`, 2^53 and above) are found
 * by one regular expression and turned into marked strings first. Should such a literal stand inside a string, the
 * quote added breaks the JSON and the exact reader takes over; so the fast path is never wrong, only sometimes wasted.
 *
 * See "Extension types" in entity-data-model.rst.
 */
import { Fault, problem } from '../problem.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { printTime, readTime } from './datetime.ts'
import { printDecimal, readDecimal } from './decimal.ts'
import { put } from './dict.ts'
import {
  KEY_ORDER,
  keepOrder,
  keysOf,
  MAX_DEPTH,
  printFloat,
  type ReadOptions,
  readExactly,
  readNumber,
  tooDeep,
} from './json.ts'
import { isPlainJson } from './plain-json.ts'
import { maybeSpecial, SPECIAL_NUMBER } from './special-numbers.ts'
import {
  Bytes,
  DateTime,
  Day,
  Decimal,
  type Dict,
  type Entity,
  Float,
  isDict,
  type Json,
  NI,
  URI,
  UUID,
  type Value,
} from './value.ts'

const notEntity = problem<{ index: number }>({
  code: 'entity-not-an-object',
  severity: 'error',
  says: ({ index }) => `Item ${index + 1} is not a JSON object, so it cannot be an entity.`,
  fix: () => 'Give a list of objects, or one object per line.',
})

const TILDE = 126
const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The value a string means: typed when it begins with a known tag and fits it, the string itself otherwise. */
export function decodeString(text: string): Value {
  if (text.charCodeAt(0) !== TILDE) return text
  switch (text.charCodeAt(1)) {
    case 58: // :
      return new NI(text.slice(2))
    case 116: // t
      return readTime(text, 2) ?? text
    case 102: // f
      return readDecimal(text.slice(2)) ?? text
    case 114: // r
      return new URI(text.slice(2))
    case 117: // u
      return UUID_TEXT.test(text.slice(2)) ? new UUID(text.slice(2).toLowerCase()) : text
    case 98: {
      const data = decodeBase64(text.slice(2))
      return data === null ? text : new Bytes(data)
    }
    default:
      return text
  }
}

/** The value of JSON in transit form. Objects and lists are copied; what is not a string stays. */
export function decodeTransit(json: Json): Value {
  if (typeof json === 'string') return decodeString(json)
  if (typeof json !== 'object' || json === null || json instanceof Float) return json
  if (Array.isArray(json)) return json.map(decodeTransit)
  const dict: Dict = {}
  const keys = keysOf(json)
  for (const key of keys) put(dict, key, decodeTransit(json[key] ?? null))
  if (KEY_ORDER in json) keepOrder(dict, keys)
  return dict
}

/** The transit form of a value as JSON, for places where values stand inside configuration or messages. */
export function encodeTransit(value: Value): Json {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Float) return Number.isFinite(value.value) ? value : null
  if (Array.isArray(value)) return value.map(encodeTransit)
  if (!isDict(value)) return tagged(value)
  const json: { [key: string]: Json } = {}
  for (const key of Object.keys(value)) put(json as Dict, key, encodeTransit(value[key] ?? null) as Value)
  return json
}

/** The transit text of a value of an extension type, with its tag. */
export function tagged(value: NI | URI | UUID | Bytes | DateTime | Day | Decimal): string {
  if (value instanceof NI) return `~:${value.text}`
  if (value instanceof DateTime || value instanceof Day) return `~t${printTime(value)}`
  if (value instanceof Decimal) return `~f${printDecimal(value)}`
  if (value instanceof URI) return `~r${value.text}`
  if (value instanceof UUID) return `~u${value.text}`
  return `~b${encodeBase64(value.data)}`
}

const STRICT_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Reads one value in transit form. */
export function readValue(text: string, options: ReadOptions = {}): Value {
  const first = text.charCodeAt(0)
  if ((first !== 123 && first !== 91) || options.number) return readExactly<Value>(text, decodeString, options)
  const marked = maybeSpecial(text) ? text.replace(SPECIAL_NUMBER, '$1"~#$2"') : text
  const special = marked !== text
  if (!special || (!text.includes('~#') && !text.includes('\\u007'))) {
    const read = parseOrUndefined(marked)
    if (read !== undefined) {
      const decoded = special ? decodeMarkedNumbers(read) : decodeTags(read)
      if (decoded !== undefined) return decoded
    }
  }
  return readExactly<Value>(text, decodeString, options)
}

function parseOrUndefined(text: string): Value | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not JSON, or a marked number inside a string: the exact reader knows
  }
}

function decodeTags(value: Value): Value {
  decodeInPlace(value as Value[] | Dict, 1)
  return value
}

/** Decodes the strings inside a freshly parsed value, to which there is no other reference. */
function decodeInPlace(value: Value[] | Dict, depth: number): void {
  if (depth > MAX_DEPTH) throw new Fault(tooDeep({ limit: MAX_DEPTH }))
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item = value[index] as Value
      if (typeof item === 'string') {
        if (item.charCodeAt(0) === TILDE) value[index] = decodeString(item)
      } else if (typeof item === 'object' && item !== null) decodeInPlace(item as Dict, depth + 1)
    }
    return
  }
  for (const key in value) {
    const item = value[key] as Value
    if (typeof item === 'string') {
      if (item.charCodeAt(0) === TILDE) put(value, key, decodeString(item))
    } else if (typeof item === 'object' && item !== null) decodeInPlace(item as Dict, depth + 1)
  }
}

class NotANumber extends Error {}

function decodeMarkedNumbers(value: Value): Value | undefined {
  try {
    const box = [value]
    decodeMarked(box, 0)
    return box[0]
  } catch (error) {
    if (error instanceof NotANumber) return undefined
    throw error
  }
}

function decodeMarkedString(text: string): Value {
  if (text.charCodeAt(1) !== 35) return decodeString(text)
  const literal = text.slice(2)
  if (!STRICT_NUMBER.test(literal)) throw new NotANumber()
  return readNumber(literal)
}

/** As `decodeInPlace`, for text in which special numbers were marked. */
function decodeMarked(value: Value[] | Dict, depth: number): void {
  if (depth > MAX_DEPTH) throw new Fault(tooDeep({ limit: MAX_DEPTH }))
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item = value[index] as Value
      if (typeof item === 'string') {
        if (item.charCodeAt(0) === TILDE) value[index] = decodeMarkedString(item)
      } else if (typeof item === 'object' && item !== null) decodeMarked(item as Dict, depth + 1)
    }
    return
  }
  for (const key in value) {
    const item = value[key] as Value
    if (typeof item === 'string') {
      if (item.charCodeAt(0) === TILDE) put(value, key, decodeMarkedString(item))
    } else if (typeof item === 'object' && item !== null) decodeMarked(item as Dict, depth + 1)
  }
}

/** Reads one entity. */
export function readEntity(text: string, options: ReadOptions = {}): Entity {
  return asEntity(readValue(text, options), 0)
}

/** Reads entities: a JSON list of them, a single one, or one a line. */
export function readEntities(text: string, options: ReadOptions = {}): Entity[] {
  if (/^[\s\ufeff]*\{[^\n]*\}\s*\n\s*\{/.test(text)) return readEntityLines(text, 1, options)
  const value = readValue(text, options)
  return Array.isArray(value) ? value.map(asEntity) : [asEntity(value, 0)]
}

/**
 * Reads entities, one a line, blank lines apart; `first` is the number of the first line in the file. Throws a Fault with
 * the line of the first one that cannot be read.
 */
export function readEntityLines(text: string, first = 1, options: ReadOptions = {}): Entity[] {
  return [...entityLines(text, { line: first }, options)]
}

/**
 * The same, each line read when its entity is wanted. `place` is the line that is read next; it goes on from text to text
 * where each is read to its end.
 */
export function* entityLines(
  text: string,
  place: { line: number },
  options: ReadOptions = {},
): Generator<Entity, void> {
  const plain = isPlainJson(text) && !options.number
  for (let from = 0; from < text.length; place.line++) {
    const found = text.indexOf('\n', from)
    const end = found < 0 ? text.length : found
    const one = text.slice(from, end)
    from = end + 1
    // A short line cannot be nested too deep.
    const entity = plain && one.length < MAX_DEPTH && one.charCodeAt(0) === 123 ? parseOrUndefined(one) : undefined
    if (entity !== undefined) yield entity as Entity
    else if (one.trim() !== '') yield readLine(one, place.line, options)
  }
}

function readLine(text: string, line: number, options: ReadOptions): Entity {
  try {
    return asEntity(readValue(text, options), line - 1)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { problem: found } = error
    throw new Fault({ ...found, where: { ...found.where, line } })
  }
}

function asEntity(value: Value, index: number): Entity {
  if (isDict(value)) return value
  throw new Fault(notEntity({ index }))
}

/** Anything but the characters that JSON writes as they are; surrogates are left to JSON.stringify too. */
const ESCAPED = /[^ !#-[\]-\ud7ff\ue000-\uffff]/
const keyTexts = new Map<string, string>()

function printString(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`
}

/** `"key":`; the texts of keys are kept, because the same few come again with every entity. */
function printKey(key: string): string {
  const known = keyTexts.get(key)
  if (known !== undefined) return known
  const text = `${JSON.stringify(key)}:`
  if (keyTexts.size < 10_000) keyTexts.set(key, text)
  return text
}

function printAny(value: Value): string {
  if (typeof value === 'string') return printString(value)
  if (typeof value !== 'object') {
    if (typeof value === 'bigint') hasExactNumber = true
    return `${value}`
  }
  if (value === null) return 'null'
  if (Array.isArray(value)) return printList(value)
  if (isDict(value)) return printDict(value)
  if (!(value instanceof Float)) return printString(tagged(value))
  hasExactNumber = true
  return printFiniteFloat(value.value)
}

/** JSON has no infinity and no NaN; in entities they are written as null, as Sesam writes them (changelog.rst). */
function printFiniteFloat(value: number): string {
  return Number.isFinite(value) ? printFloat(value) : 'null'
}

function printList(list: readonly Value[]): string {
  let text = '['
  for (let index = 0; index < list.length; index++) {
    const item = printAny(list[index] ?? null)
    text += index === 0 ? item : `,${item}`
  }
  return `${text}]`
}

function printDict(dict: Dict): string {
  let text = '{'
  for (const key in dict) {
    const item = dict[key]
    if (item === undefined) continue
    const printed = typeof item === 'string' ? printString(item) : printAny(item)
    text += text.length > 1 ? `,${printKey(key)}${printed}` : printKey(key) + printed
  }
  return `${text}}`
}

/** Whether what is printed holds a number that `JSON.stringify` cannot write: a float without a fraction, a large integer. */
let hasExactNumber = false
/**
 * The number of values after such a one that are printed without trying `JSON.stringify` first: they are probably like
 * it.
 */
const EXACT_AFTER_EXACT = 8
let exactLeft = 0
/** Whether {@link stringify} is at work. */
let isStringifying = false

/** The text of the platform's printer, which is faster and leaves no pieces behind; undefined where it may be wrong. */
function stringify(value: Value): string | undefined {
  hasExactNumber = false
  isStringifying = true
  try {
    const text = JSON.stringify(value)
    return hasExactNumber ? undefined : text
  } catch (error) {
    // A bigint, unless the value is nested too deep.
    if (error instanceof TypeError) return undefined
    throw error
  } finally {
    isStringifying = false
  }
}

// `JSON.stringify` asks values for `toJSON`. It answers for `stringify` alone: to others the value is an object as before.
for (const { prototype } of [NI, URI, UUID, Bytes, DateTime, Day, Decimal]) {
  Object.defineProperty(prototype, 'toJSON', {
    value(this: Parameters<typeof tagged>[0]) {
      return isStringifying ? tagged(this) : this
    },
  })
}
Object.defineProperty(Float.prototype, 'toJSON', {
  value(this: Float) {
    hasExactNumber = true
    return this
  },
})

/** Prints a value in transit form, without spaces. */
export function printValue(value: Value): string {
  try {
    const text = exactLeft > 0 ? undefined : stringify(value)
    if (text !== undefined) return text
    hasExactNumber = false
    const printed = flattened(printAny(value))
    exactLeft = hasExactNumber ? EXACT_AFTER_EXACT : Math.max(0, exactLeft - 1)
    return printed
  } catch (error) {
    if (error instanceof RangeError) throw new Fault(tooDeep({ limit: MAX_DEPTH }))
    throw error
  }
}

/** Prints one entity on one line. */
export function printEntity(entity: Entity): string {
  return printValue(entity)
}

/** Prints entities, one a line; each line ends with a line break. */
export function printEntityLines(entities: readonly Entity[]): string {
  let text = ''
  for (const entity of entities) text += `${printValue(entity)}\n`
  return flattened(text)
}

/** Makes the engine join the pieces of a text now, while they are at hand, instead of keeping a tree of them. */
function flattened(text: string): string {
  text.charCodeAt(text.length >> 1)
  return text
}
