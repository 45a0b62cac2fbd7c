/**
 * Content hashes: 128 bits that change when an entity's content does. Keys are mixed without regard to their order, so
 * nothing is sorted and no text is built. Of the reserved root fields (`_…`) only `_id` and `_deleted` count.
 *
 * The mixing is MurmurHash3 (x86, 128 bits). See `_hash` in entity-data-model.rst. Not for cryptography.
 */
import { printDecimal } from './decimal.ts'
import { Bytes, DateTime, Day, Decimal, type Dict, type Entity, Float, NI, URI, UUID, type Value } from './value.ts'

// The four lanes of the hash under calculation; they hold the result after `finish`. In a typed array, because browsers
// box a number of 32 bits each time it is assigned to a variable of a module, which made this ten times slower there.
const lanes = new Int32Array(4)

const C1 = 0x239b961b
const C2 = 0xab0e9789 | 0
const C3 = 0x38b34ae5
const C4 = 0xa1e38b93 | 0

function start(tag: number): void {
  keep(tag, tag, tag, tag)
}

/** Mixes four words into the lanes. */
function block(w1: number, w2: number, w3: number, w4: number): void {
  let a = lanes[0] as number
  let b = lanes[1] as number
  let c = lanes[2] as number
  let d = lanes[3] as number
  let k = Math.imul(w1, C1)
  a ^= Math.imul((k << 15) | (k >>> 17), C2)
  a = (Math.imul(((a << 19) | (a >>> 13)) + b, 5) + 0x561ccd1b) | 0
  k = Math.imul(w2, C2)
  b ^= Math.imul((k << 16) | (k >>> 16), C3)
  b = (Math.imul(((b << 17) | (b >>> 15)) + c, 5) + 0x0bcaa747) | 0
  k = Math.imul(w3, C3)
  c ^= Math.imul((k << 17) | (k >>> 15), C4)
  c = (Math.imul(((c << 15) | (c >>> 17)) + d, 5) + 0x96cd1c35) | 0
  k = Math.imul(w4, C4)
  d ^= Math.imul((k << 18) | (k >>> 14), C1)
  d = (Math.imul(((d << 13) | (d >>> 19)) + a, 5) + 0x32ac3b17) | 0
  keep(a, b, c, d)
}

function keep(a: number, b: number, c: number, d: number): void {
  lanes[0] = a
  lanes[1] = b
  lanes[2] = c
  lanes[3] = d
}

function avalanche(value: number): number {
  let h = value ^ (value >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function finish(length: number): void {
  let a = (lanes[0] as number) ^ length
  let b = (lanes[1] as number) ^ length
  let c = (lanes[2] as number) ^ length
  let d = (lanes[3] as number) ^ length
  a = (a + b + c + d) | 0
  b = avalanche((b + a) | 0)
  c = avalanche((c + a) | 0)
  d = avalanche((d + a) | 0)
  a = (avalanche(a) + b + c + d) | 0
  b = (b + a) | 0
  c = (c + a) | 0
  d = (d + a) | 0
  keep(a, b, c, d)
}

/** Two characters as a word; nothing beyond the end. */
function pair(value: string, at: number): number {
  const { length } = value
  if (at + 1 < length) return value.charCodeAt(at) | (value.charCodeAt(at + 1) << 16)
  return at < length ? value.charCodeAt(at) : 0
}

function text(tag: number, value: string): void {
  start(tag)
  const { length } = value
  let at = 0
  for (; at + 8 <= length; at += 8) {
    block(
      value.charCodeAt(at) | (value.charCodeAt(at + 1) << 16),
      value.charCodeAt(at + 2) | (value.charCodeAt(at + 3) << 16),
      value.charCodeAt(at + 4) | (value.charCodeAt(at + 5) << 16),
      value.charCodeAt(at + 6) | (value.charCodeAt(at + 7) << 16),
    )
  }
  if (at < length) block(pair(value, at), pair(value, at + 2), pair(value, at + 4), pair(value, at + 6))
  finish(length)
}

function words(tag: number, first: number, second: number): void {
  start(tag)
  block(first, second, 0, 0)
  finish(2)
}

const double = new Float64Array(1)
const halves = new Int32Array(double.buffer)

function number(tag: number, value: number): void {
  double[0] = value
  words(tag, halves[0] as number, halves[1] as number)
}

/** Leaves the hash of a value in the lanes. Types differ by their tag, so `1`, `1.0` and `"1"` differ. */
function hashValue(value: Value): void {
  if (typeof value === 'string') text(1, value)
  else if (typeof value === 'number') number(2, value)
  else if (typeof value === 'boolean') words(3, value ? 1 : 0, 0)
  else if (typeof value === 'bigint') text(4, value.toString())
  else if (value === null || value === undefined) words(5, 0, 0)
  else if (Array.isArray(value)) hashList(value)
  else hashObject(value)
}

function hashObject(value: Exclude<Value & object, Value[]>): void {
  if (value instanceof NI) text(6, value.text)
  else if (value instanceof Float) number(7, value.value)
  else if (value instanceof DateTime) {
    start(8)
    block(value.seconds | 0, Math.floor(value.seconds / 0x1_0000_0000), value.nanos, 0)
    finish(3)
  } else if (value instanceof URI) text(9, value.text)
  else if (value instanceof UUID) text(10, value.text)
  else if (value instanceof Day) number(11, value.days)
  else if (value instanceof Bytes) text(12, Array.from(value.data, (byte) => String.fromCharCode(byte)).join(''))
  else if (value instanceof Decimal) text(13, printDecimal(value))
  else hashDict(value, false)
}

function hashList(list: readonly Value[]): void {
  let a = 14
  let b = 14
  let c = 14
  let d = 14
  for (const item of list) {
    hashValue(item)
    const w1 = lanes[0] as number
    const w2 = lanes[1] as number
    const w3 = lanes[2] as number
    const w4 = lanes[3] as number
    keep(a, b, c, d)
    block(w1, w2, w3, w4)
    a = lanes[0] as number
    b = lanes[1] as number
    c = lanes[2] as number
    d = lanes[3] as number
  }
  keep(a, b, c, d)
  finish(list.length)
}

const keyHashes = new Map<string, Int32Array>()

function keyHash(key: string): Int32Array {
  const known = keyHashes.get(key)
  if (known !== undefined) return known
  text(15, key)
  const hash = lanes.slice()
  if (keyHashes.size < 10_000) keyHashes.set(key, hash)
  return hash
}

/** The sum over the members: the order of keys does not matter. */
function hashDict(dict: Dict, root: boolean): void {
  let sa = 16
  let sb = 16
  let sc = 16
  let sd = 16
  let count = 0
  for (const key in dict) {
    if (root && key.charCodeAt(0) === 95 && key !== '_id' && key !== '_deleted') continue
    const value = dict[key]
    if (value === undefined || (root && key === '_deleted' && value !== true)) continue
    const ofKey = keyHash(key)
    hashValue(value)
    block(ofKey[0] as number, ofKey[1] as number, ofKey[2] as number, ofKey[3] as number)
    finish(1)
    sa = (sa + (lanes[0] as number)) | 0
    sb = (sb + (lanes[1] as number)) | 0
    sc = (sc + (lanes[2] as number)) | 0
    sd = (sd + (lanes[3] as number)) | 0
    count++
  }
  keep(sa, sb, sc, sd)
  finish(count)
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hex(lane: number): string {
  return `${HEX[lane >>> 24]}${HEX[(lane >>> 16) & 255]}${HEX[(lane >>> 8) & 255]}${HEX[lane & 255]}`
}

/** The hash of an entity's content, 32 hexadecimal digits. */
export function contentHash(entity: Entity): string {
  hashDict(entity, true)
  return hex(lanes[0] as number) + hex(lanes[1] as number) + hex(lanes[2] as number) + hex(lanes[3] as number)
}
