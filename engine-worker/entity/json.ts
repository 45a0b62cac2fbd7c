/**
 * The exact reader and printer of JSON. `1` and `1.0` stay different, integers of any size survive, `__proto__` is a key
 * like any other, the order of keys survives, and text that is no JSON gives a located problem. `JSON.parse` can do none
 * of these; transit.ts uses it where a text is known not to need them.
 */
import { Fault, type Problem, problem, type Where } from '../problem.ts'
import { put } from './dict.ts'
import { type Decimal, Float, float, integer, type Json, NumberLiteral } from './value.ts'

/** Lists and objects inside each other deeper than this are refused, so that nothing that walks them can overflow. */
export const MAX_DEPTH = 1000

export const brokenJson = problem<{ reason: string }>({
  code: 'json-broken',
  severity: 'error',
  says: ({ reason }) => `This is not valid JSON: ${reason}.`,
  fix: () => 'Correct the text at this place.',
})
export const tooDeep = problem<{ limit: number }>({
  code: 'json-too-deep',
  severity: 'error',
  says: ({ limit }) => `Lists and objects are nested more than ${limit} deep.`,
  fix: () => 'Flatten the data, or check whether it was written by a loop.',
})
const duplicateKey = problem<{ key: string }>({
  code: 'json-duplicate-key',
  severity: 'warning',
  says: ({ key }) => `The key "${key}" occurs twice in the same object; the last one counts.`,
  fix: () => 'Remove or rename one of them.',
})

/** What a reader of JSON is told besides the text. */
export interface ReadOptions {
  /** Named in problems. */
  readonly file?: string
  /** Receives warnings (keys that occur twice). */
  readonly notice?: (problem: Problem) => void
  /** Keeps the text of numbers that would print otherwise, as {@link NumberLiteral}: for configuration that is written back. */
  readonly numberLiterals?: boolean
  /** Reads number literals of entities; {@link readNumber} by default. */
  readonly number?: (literal: string) => ReadNumber
}

/** What a number literal of an entity can become. */
export type ReadNumber = number | bigint | Float | Decimal

/** Reads one JSON text. Throws a {@link Fault} with line and column when it is broken. */
export function readJson(text: string, options: ReadOptions = {}): Json {
  return readExactly(text, null, options)
}

/** Reads with every string passed through `decode`; the one reader behind `readJson` and the exact path of entities. */
export function readExactly<T>(
  text: string,
  decode: ((text: string) => T) | null,
  options: ReadOptions = {},
): T | Json {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let depth = 0

  const whereOf = (place: number): Where => ({
    ...(options.file ? { file: options.file } : {}),
    ...position(text, place),
  })
  function failBroken(reason: string, place = at): never {
    throw new Fault(brokenJson({ reason }, whereOf(place)))
  }
  function failExpected(wanted: string): never {
    if (at >= text.length) failBroken(`it ends where ${wanted} is expected`)
    failBroken(`${character(text, at)} stands where ${wanted} is expected`)
  }
  function skipSpace(): number {
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === 32 || code === 10 || code === 13 || code === 9) at++
      else return code
    }
  }
  function readString(): string {
    const start = at
    for (let end = at + 1; end < text.length; end++) {
      const code = text.charCodeAt(end)
      if (code === 34) {
        at = end + 1
        return text.slice(start + 1, end)
      }
      if (code === 92 || code < 32) return readStringWithEscapes(start)
    }
    return failBroken('a string is not closed', start)
  }
  function readStringWithEscapes(start: number): string {
    let end = start + 1
    for (; text.charCodeAt(end) !== 34; end++) {
      const code = text.charCodeAt(end)
      if (end >= text.length) failBroken('a string is not closed', start)
      if (code === 92) {
        if (!/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(end, end + 6)))
          failBroken('this escape has no meaning', end)
        end++
      } else if (code < 32) failBroken('a string holds a line break or control character', end)
    }
    at = end + 1
    return JSON.parse(text.slice(start, at))
  }
  function readValueAt(): T | Json {
    const code = skipSpace()
    if (code === 34) {
      const read = readString()
      return decode === null ? read : decode(read)
    }
    if (code === 123) return readObject() as Json
    if (code === 91) return readList() as Json
    if (code === 45 || (code >= 48 && code <= 57)) return readNumberAt()
    if (text.startsWith('true', at)) return readKeyword('true', true)
    if (text.startsWith('false', at)) return readKeyword('false', false)
    if (text.startsWith('null', at)) return readKeyword('null', null)
    return failExpected('a value')
  }
  function readKeyword<W>(name: string, meaning: W): W {
    at += name.length
    return meaning
  }
  function readNumberAt(): T | Json {
    const match = NUMBER.exec(text.slice(at, at + 40))
    const short = match !== null && match[0].length < 40 ? match[0] : readLongNumber()
    const next = text.charCodeAt(at + short.length)
    if ((next >= 48 && next <= 57) || next === 46) failBroken('this number is not written as JSON writes numbers')
    at += short.length
    if (options.number) return options.number(short) as T
    const read = readNumber(short)
    return options.numberLiterals && printScalar(read) !== short ? new NumberLiteral(Number(short), short) : read
  }
  function readLongNumber(): string {
    return (
      NUMBER.exec(text.slice(at, endOfNumber(text, at)))?.[0] ??
      failBroken('this number is not written as JSON writes numbers')
    )
  }
  function readList(): (T | Json)[] {
    enterContainer()
    const items: (T | Json)[] = []
    if (skipSpace() !== 93) {
      for (;;) {
        items.push(readValueAt())
        const code = skipSpace()
        if (code === 93) break
        if (code !== 44) failExpected('a comma or the end of the list')
        at++
        if (skipSpace() === 93) failBroken('a comma stands before the end of the list', at)
      }
    }
    leaveContainer()
    return items
  }
  function readObject(): { [key: string]: T | Json } {
    enterContainer()
    const result: { [key: string]: T | Json } = {}
    let keys: string[] | null = null
    if (skipSpace() !== 125) {
      for (;;) {
        if (skipSpace() !== 34) failExpected('a key in double quotes')
        const start = at
        const key = readString()
        if (options.notice && Object.hasOwn(result, key)) options.notice(duplicateKey({ key }, whereOf(start)))
        if (isIndex(key)) keys ??= Object.keys(result)
        if (keys !== null && !Object.hasOwn(result, key)) keys.push(key)
        if (skipSpace() !== 58) failExpected('a colon')
        at++
        put(result as { [key: string]: never }, key, readValueAt() as never)
        const code = skipSpace()
        if (code === 125) break
        if (code !== 44) failExpected('a comma or the end of the object')
        at++
        if (skipSpace() === 125) failBroken('a comma stands before the end of the object', at)
      }
    }
    leaveContainer()
    if (keys !== null) keepOrder(result, keys)
    return result
  }
  function enterContainer(): void {
    at++
    if (++depth > MAX_DEPTH) throw new Fault(tooDeep({ limit: MAX_DEPTH }, whereOf(at - 1)))
  }
  function leaveContainer(): void {
    at++
    depth--
  }

  const result = readValueAt()
  skipSpace()
  if (at < text.length) failBroken(`${character(text, at)} follows after the end`)
  return result
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/

function endOfNumber(text: string, from: number): number {
  let at = from
  while ('+-.eE0123456789'.includes(text.charAt(at)) && at < text.length) at++
  return at
}

/** The number a JSON literal means: with a fraction or an exponent it is a float, otherwise an integer of any size. */
export function readNumber(literal: string): number | bigint | Float {
  if (/[.eE]/.test(literal)) return float(Number(literal))
  return literal.length < 16 ? Number(literal) + 0 : integer(BigInt(literal))
}

/** Line and column, from 1, of a place in a text. */
function position(text: string, place: number): { line: number; column: number } {
  let line = 1
  let start = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < place; at = text.indexOf('\n', at + 1)) {
    line++
    start = at + 1
  }
  return { line, column: place - start + 1 }
}

function character(text: string, at: number): string {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0)
  if (char === "'") return 'a single quote (JSON uses double quotes)'
  if (char === '/' || char === '#') return 'a comment (JSON has none)'
  const word = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(text.slice(at, at + 40))
  return word ? `the word ${word[0]}` : `"${char}"`
}

/** JavaScript puts such keys first, in numeric order, whatever order they were set in. */
function isIndex(key: string): boolean {
  const first = key.charCodeAt(0)
  return first >= 48 && first <= 57 && /^(?:0|[1-9]\d{0,9})$/.test(key)
}

/** Where an object remembers the order of its keys, when JavaScript would not; spread and immer carry it along. */
export const KEY_ORDER: unique symbol = Symbol.for('pipewright.key-order')

interface OrderedObject {
  [KEY_ORDER]?: readonly string[]
}

/** Makes an object remember the order of its keys where JavaScript would order them otherwise. */
export function keepOrder(object: object, keys: readonly string[]): void {
  const natural = Object.keys(object)
  if (keys.every((key, index) => key === natural[index])) return
  Object.defineProperty(object, KEY_ORDER, { value: keys, enumerable: true, writable: true, configurable: true })
}

/** The keys as they were written: the remembered ones that still exist, then those that were added. */
export function keysOf(object: object): readonly string[] {
  const order = (object as OrderedObject)[KEY_ORDER]
  const keys = Object.keys(object)
  if (order === undefined) return keys
  const known = new Set(order)
  return [...order.filter((key) => Object.hasOwn(object, key)), ...keys.filter((key) => !known.has(key))]
}

/** Prints without spaces. Reading the text again gives an equal value, key order included. */
export function printJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(printJson).join(',')}]`
  if (typeof value !== 'object' || value === null || value instanceof Float) return printScalar(value)
  const members = keysOf(value).map((key) => `${JSON.stringify(key)}:${printJson(value[key] ?? null)}`)
  return `{${members.join(',')}}`
}

/** The text of a number, string, boolean or null. */
export function printScalar(value: null | boolean | number | bigint | Float | string): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof Float) return value instanceof NumberLiteral ? value.text : printFloat(value.value)
  return String(value)
}

/** A float that has no fraction, so that it reads as a float again. Infinity is written as a number too big to hold. */
export function printFloat(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'null' : value > 0 ? '1e999' : '-1e999'
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}
