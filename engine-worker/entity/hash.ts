/**
 * Content hashes: 128 bits that change when an entity's content does. Keys are mixed without regard to their order, so
 * nothing is sorted and no text is built. Of the reserved root fields (`_…`) only `_id` and `_deleted` count.
 *
 * The mixing is MurmurHash3 (x86, 128 bits). See `_hash` in entity-data-model.rst. Not for cryptography.
 */
import { printDecimal } from './decimal.ts'
import { Bytes, DateTime, Day, type Dict, type Entity, Float, isDict, NI, URI, UUID, type Value } from './value.ts'

// The four lanes of the hash under calculation, and whether everything so far was plain and bare. In typed arrays, because browsers
// box a number of 32 bits each time it is assigned to a variable of a module, which made this ten times slower there.
const lanes = new Int32Array(4)
const plainFlag = new Uint8Array(1)
const bareFlag = new Uint8Array(1)

const C1 = 0x239b961b
const C2 = 0xab0e9789 | 0
const C3 = 0x38b34ae5
const C4 = 0xa1e38b93 | 0

function setLanes(a: number, b: number, c: number, d: number): void {
  lanes[0] = a
  lanes[1] = b
  lanes[2] = c
  lanes[3] = d
}

/** Mixes four words into the lanes. */
function mixBlock(w1: number, w2: number, w3: number, w4: number): void {
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
  setLanes(a, b, c, d)
}

function avalanche(value: number): number {
  let h = value ^ (value >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** Ends a value of a type: of how many words, characters or members it was. */
function finish(tag: number, length: number): void {
  let a = (lanes[0] as number) ^ length
  let b = (lanes[1] as number) ^ length
  let c = (lanes[2] as number) ^ length
  let d = (lanes[3] as number) ^ (length + (tag << 26))
  a = (a + b + c + d) | 0
  b = avalanche((b + a) | 0)
  c = avalanche((c + a) | 0)
  d = avalanche((d + a) | 0)
  a = (avalanche(a) + b + c + d) | 0
  setLanes(a, (b + a) | 0, (c + a) | 0, (d + a) | 0)
}

/** Two characters as a word; nothing beyond the end. */
function codeUnitPair(value: string, at: number): number {
  const { length } = value
  if (at + 1 < length) return value.charCodeAt(at) | (value.charCodeAt(at + 1) << 16)
  return at < length ? value.charCodeAt(at) : 0
}

function mixText(tag: number, value: string): void {
  const { length } = value
  let at = 0
  for (; at + 8 <= length; at += 8) {
    mixBlock(
      value.charCodeAt(at) | (value.charCodeAt(at + 1) << 16),
      value.charCodeAt(at + 2) | (value.charCodeAt(at + 3) << 16),
      value.charCodeAt(at + 4) | (value.charCodeAt(at + 5) << 16),
      value.charCodeAt(at + 6) | (value.charCodeAt(at + 7) << 16),
    )
  }
  if (at < length)
    mixBlock(
      codeUnitPair(value, at),
      codeUnitPair(value, at + 2),
      codeUnitPair(value, at + 4),
      codeUnitPair(value, at + 6),
    )
  finish(tag, length)
}

const double = new Float64Array(1)
const halves = new Int32Array(double.buffer)

function mixNumber(tag: number, value: number): void {
  double[0] = value
  mixBlock(halves[0] as number, halves[1] as number, 0, 0)
  finish(tag, 2)
}

/**
 * Mixes a value into the lanes, which hold what it is the value of. Types differ by their tag, so `1`, `1.0` and `"1"`
 * differ.
 */
function mix(value: Value): void {
  if (typeof value === 'string') {
    if (value.charCodeAt(0) === TILDE) plainFlag[0] = 0
    mixText(1, value)
  } else if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) && (!Number.isFinite(value) || Number.isInteger(value))) plainFlag[0] = 0
    mixNumber(2, value)
  } else if (typeof value === 'boolean') finish(3, value ? 1 : 0)
  else if (value === null || value === undefined) finish(5, 0)
  else if (Array.isArray(value)) {
    for (const item of value) mix(item)
    finish(14, value.length)
  } else if (typeof value === 'bigint') {
    plainFlag[0] = 0
    mixText(4, value.toString())
  } else mixObject(value)
}

const TILDE = 126

function mixObject(value: Exclude<Value & object, Value[]>): void {
  if (!isDict(value)) {
    plainFlag[0] = 0
    mixTagged(value)
    return
  }
  const a = lanes[0] as number
  const b = lanes[1] as number
  const c = lanes[2] as number
  const d = lanes[3] as number
  const count = mixDict(value, false)
  mixBlock(a, b, c, d)
  finish(16, count)
}

function mixTagged(value: Exclude<Value & object, Value[] | Dict>): void {
  if (value instanceof NI) mixText(6, value.text)
  else if (value instanceof Float) mixNumber(7, value.value)
  else if (value instanceof DateTime) {
    mixBlock(value.seconds | 0, Math.floor(value.seconds / 0x1_0000_0000), value.nanos, 0)
    finish(8, 3)
  } else if (value instanceof URI) mixText(9, value.text)
  else if (value instanceof UUID) mixText(10, value.text)
  else if (value instanceof Day) mixNumber(11, value.days)
  else if (value instanceof Bytes) mixText(12, Array.from(value.data, (byte) => String.fromCharCode(byte)).join(''))
  else mixText(13, printDecimal(value))
}

/** The hash of a key, and the key that came after it the last time: most entities have their keys in the same order. */
interface HashedKey {
  readonly name: string
  readonly hash: Int32Array
  next: HashedKey | null
}

const hashedKeys = new Map<string, HashedKey>()
let lastKey: HashedKey = { name: '', hash: new Int32Array(4), next: null }

/** Puts the hash of a key into the lanes. */
function startKey(name: string): void {
  let key = lastKey.next
  if (key === null || key.name !== name) {
    key = keyOf(name)
    lastKey.next = key
  }
  lastKey = key
  const { hash } = key
  setLanes(hash[0] as number, hash[1] as number, hash[2] as number, hash[3] as number)
}

function keyOf(name: string): HashedKey {
  const known = hashedKeys.get(name)
  if (known !== undefined) return known
  setLanes(15, 15, 15, 15)
  mixText(15, name)
  const key: HashedKey = { name, hash: lanes.slice(), next: null }
  if (hashedKeys.size < 10_000) hashedKeys.set(name, key)
  return key
}

/** Leaves the sum over the members in the lanes, so that the order of keys does not matter; gives how many there are. */
function mixDict(dict: Dict, root: boolean): number {
  let sa = 0
  let sb = 0
  let sc = 0
  let sd = 0
  let count = 0
  for (const key in dict) {
    const value = dict[key]
    if (root && key.charCodeAt(0) === 95 && key !== '_id') {
      bareFlag[0] = 0
      if (key !== '_deleted' || value !== true) continue
    }
    if (value === undefined) continue
    startKey(key)
    mix(value)
    sa = (sa + (lanes[0] as number)) | 0
    sb = (sb + (lanes[1] as number)) | 0
    sc = (sc + (lanes[2] as number)) | 0
    sd = (sd + (lanes[3] as number)) | 0
    count++
  }
  setLanes(sa, sb, sc, sd)
  return count
}

const HEX_TRIPLES = Array.from({ length: 0x1000 }, (_, value) => value.toString(16).padStart(3, '0'))
const HEX_PAIRS = HEX_TRIPLES.slice(0, 256).map((digits) => digits.slice(1))

function hexOfLane(lane: number): string {
  return (
    (HEX_TRIPLES[lane >>> 20] as string) +
    (HEX_TRIPLES[(lane >>> 8) & 0xfff] as string) +
    (HEX_PAIRS[lane & 0xff] as string)
  )
}

/**
 * An entity that is printed as JSON which means the same to `JSON.parse`: nothing that transit marks with `~`, no floats
 * like `1.0`, no integers beyond 2^53. Most entities are, and are read twice as fast.
 */
export const PLAIN_CONTENT = 1
/** An entity with no reserved field but `_id`. */
export const BARE_CONTENT = 2

/**
 * Walks through an entity once: puts its hash into `hashes`, four numbers of 32 bits from `4 * at` on, and gives
 * {@link PLAIN_CONTENT} and {@link BARE_CONTENT} where they hold. Many hashes in one array are no work for the garbage
 * collector.
 */
export function hashContent(entity: Entity, hashes: Uint32Array, at: number): number {
  plainFlag[0] = PLAIN_CONTENT
  bareFlag[0] = BARE_CONTENT
  finish(16, mixDict(entity, true))
  const to = 4 * at
  hashes[to] = lanes[0] as number
  hashes[to + 1] = lanes[1] as number
  hashes[to + 2] = lanes[2] as number
  hashes[to + 3] = lanes[3] as number
  return (plainFlag[0] as number) | (bareFlag[0] as number)
}

/** A hash as 32 hexadecimal digits, `_hash`. */
export function hashDigits(hashes: Uint32Array, at: number): string {
  const from = 4 * at
  return (
    hexOfLane(hashes[from] as number) +
    hexOfLane(hashes[from + 1] as number) +
    hexOfLane(hashes[from + 2] as number) +
    hexOfLane(hashes[from + 3] as number)
  )
}

const hashOfOne = new Uint32Array(4)

/** The hash of an entity's content, 32 hexadecimal digits. */
export function contentHash(entity: Entity): string {
  hashContent(entity, hashOfOne, 0)
  return hashDigits(hashOfOne, 0)
}
