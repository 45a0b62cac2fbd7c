/**
 * Content hashes: 64 bits that tell whether an entity differs from its latest version. Dict keys contribute in any order
 * (a commutative sum instead of sorting), and value types count, so `1` and `1.0` differ. Of the reserved fields only
 * `_id` and `_deleted` contribute (entity-data-model.rst). Not cryptographic: it compares versions of one entity.
 */
import {
  Bytes,
  DateTime,
  Day,
  Decimal,
  type Dict,
  type Entity,
  Float,
  NI,
  URI,
  UUID,
  type Value,
} from '../entity/value.ts'

// The two lanes of the value hashed last. Module state instead of return values: this runs for every value written.
let high = 0
let low = 0

let size = 0

/** A 64-bit hash as two unsigned 32-bit halves. */
export interface Hash {
  readonly high: number
  readonly low: number
  /** About how many characters the hashed content has as JSON text; a by-product of walking it. */
  readonly size: number
}

/** The hash of an entity's content. */
export function contentHash(entity: Entity): Hash {
  size = 90
  let a = 0x2545f491
  let b = 0x27220a95
  for (const key in entity) {
    const value = entity[key]
    if (key.charCodeAt(0) === 95 && key !== '_id' && (key !== '_deleted' || value !== true)) continue
    if (value === undefined) continue
    pair(key, value)
    a = (a + high) | 0
    b = (b + low) | 0
  }
  high = a
  low = b
  finish()
  return { high: high >>> 0, low: low >>> 0, size }
}

/** The hash of a text, for indexes. */
export function textHash(text: string): Hash {
  size = 0
  high = 0x1b873593
  low = 0x7feb352d
  characters(text)
  finish()
  return { high: high >>> 0, low: low >>> 0, size }
}

/** Sixteen hexadecimal digits, as `_hash` shows them. */
export function hashText(hash: Hash): string {
  return hex(hash.high) + hex(hash.low)
}

function hex(half: number): string {
  return (half + 0x100000000).toString(16).slice(1)
}

function pair(key: string, value: Value): void {
  high = 0x51ed270b
  low = 0x68e31da4
  characters(key)
  add(value)
  finish()
}

function add(value: Value): void {
  switch (typeof value) {
    case 'string':
      word(1)
      characters(value)
      return
    case 'number':
      word(2)
      number(value)
      return
    case 'boolean':
      word(value ? 4 : 5)
      return
    case 'bigint':
      word(6)
      characters(value.toString(36))
      return
    default:
  }
  if (value === null) word(7)
  else if (Array.isArray(value)) {
    word(8)
    for (const item of value) add(item)
    word(value.length)
  } else addObject(value)
}

function addObject(value: Exclude<Value, null | string | number | bigint | boolean | Value[]>): void {
  if (value instanceof NI) tagged(9, value.text)
  else if (value instanceof DateTime) {
    word(10)
    number(value.seconds)
    word(value.nanos)
  } else if (value instanceof Float) {
    word(11)
    number(value.value)
  } else if (value instanceof Decimal) tagged(12, value.text ?? value.value.toString())
  else if (value instanceof URI) tagged(13, value.text)
  else if (value instanceof UUID) tagged(14, value.text)
  else if (value instanceof Day) {
    word(15)
    word(value.days)
  } else if (value instanceof Bytes) {
    word(16)
    for (const byte of value.data) word(byte)
    word(value.data.length)
  } else dict(value)
}

function dict(value: Dict): void {
  const outerHigh = high
  const outerLow = low
  let a = 17
  let b = 18
  for (const key in value) {
    const item = value[key]
    if (item === undefined) continue
    pair(key, item)
    a = (a + high) | 0
    b = (b + low) | 0
  }
  high = outerHigh
  low = outerLow
  word(a)
  word(b)
}

function tagged(tag: number, text: string): void {
  word(tag)
  characters(text)
}

const double = new Float64Array(1)
const halves = new Int32Array(double.buffer)

function number(value: number): void {
  size += 5
  if ((value | 0) === value) word(value)
  else {
    double[0] = value
    word(halves[0] ?? 0)
    word(halves[1] ?? 0)
  }
}

function word(value: number): void {
  high = Math.imul(((high << 13) | (high >>> 19)) ^ value, 0x9e3779b1)
  low = Math.imul(((low << 17) | (low >>> 15)) ^ value, 0x85ebca6b)
}

function characters(text: string): void {
  let a = high
  let b = low
  const { length } = text
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(((a << 13) | (a >>> 19)) ^ code, 0x9e3779b1)
    b = Math.imul(((b << 17) | (b >>> 15)) ^ code, 0x85ebca6b)
  }
  high = a
  low = b
  size += length + 3
  word(length)
}

function finish(): void {
  let a = high ^ Math.imul(low, 0xc2b2ae35)
  let b = low ^ Math.imul(high, 0x27d4eb2f)
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b)
  b = Math.imul(b ^ (b >>> 15), 0xc2b2ae35)
  a ^= b >>> 13
  b ^= a >>> 16
  high = Math.imul(a, 0x9e3779b1) ^ (b >>> 15)
  low = Math.imul(b, 0x85ebca6b) ^ (a >>> 13)
}
