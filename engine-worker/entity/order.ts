/**
 * Order, equality and join keys of values: one idea of "the same value", in three forms that agree. Integers, floats and
 * decimals are the same when their numeric value is; every other type is only ever the same as its own.
 *
 * See "Mixed type ordering" in entity-data-model.rst and joins.rst.
 */
import { secondsOf } from './datetime.ts'
import { numericText, toBigDecimal } from './decimal.ts'
import { get } from './dict.ts'
import { Bytes, DateTime, Day, Decimal, type Dict, Float, NI, URI, UUID, type Value } from './value.ts'

type Numeric = number | bigint | Float | Decimal

/** The place of a value's type in the mixed order, from 0 (null) to 10. */
export function rank(value: Value): number {
  switch (typeof value) {
    case 'string':
      return 7
    case 'number':
    case 'bigint':
      return 2
    case 'boolean':
      return 1
    default:
  }
  if (value === null) return 0
  if (Array.isArray(value)) return 9
  if (value instanceof Float || value instanceof Decimal) return 2
  if (value instanceof DateTime || value instanceof Day) return 3
  if (value instanceof UUID) return 4
  if (value instanceof NI) return 5
  if (value instanceof URI) return 6
  return value instanceof Bytes ? 10 : 8
}

/** Whether there is an order between the two by value: neither is null, and their types are of one rank. */
export function comparable(a: Value, b: Value): boolean {
  return a !== null && b !== null && rank(a) === rank(b)
}

/** Negative when A comes before B, positive when after, 0 when neither. */
export function compare(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  const rankA = rank(a)
  const rankB = rank(b)
  if (rankA !== rankB) return rankA - rankB
  switch (rankA) {
    case 1:
      return Number(a) - Number(b)
    case 2:
      return compareNumbers(a as Numeric, b as Numeric)
    case 3:
      return compareTimes(a as DateTime | Day, b as DateTime | Day)
    case 4:
    case 5:
    case 6:
      return compareText((a as NI).text, (b as NI).text)
    case 8:
      return compareDicts(a as Dict, b as Dict)
    case 9:
      return compareLists(a as Value[], b as Value[])
    case 10:
      return compareBytes((a as Bytes).data, (b as Bytes).data)
    default:
      return 0
  }
}

/** By code point; JavaScript's own order is by UTF-16 unit, which differs for characters beyond U+FFFF. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const unitA = a.charCodeAt(at)
    const unitB = b.charCodeAt(at)
    if (unitA !== unitB)
      return unitA >= 0xd800 && unitB >= 0xd800 ? codePointOrder(unitA) - codePointOrder(unitB) : unitA - unitB
  }
  return a.length - b.length
}

function codePointOrder(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000
}

/** By numeric value, whatever the types. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const plainA = typeof a === 'number' ? a : a instanceof Float ? a.value : null
  const plainB = typeof b === 'number' ? b : b instanceof Float ? b.value : null
  if (plainA !== null && plainB !== null) return plainA < plainB ? -1 : plainA > plainB ? 1 : 0
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0
  return toBigDecimal(a).cmp(toBigDecimal(b))
}

/** A day is its midnight, and comes before the datetime of that midnight. */
function compareTimes(a: DateTime | Day, b: DateTime | Day): number {
  const seconds = secondsOf(a) - secondsOf(b)
  if (seconds !== 0) return seconds
  return (a instanceof DateTime ? a.nanos : -1) - (b instanceof DateTime ? b.nanos : -1)
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const order = compare(a[index] as Value, b[index] as Value)
    if (order !== 0) return order
  }
  return a.length - b.length
}

function compareDicts(a: Dict, b: Dict): number {
  const keysA = Object.keys(a).sort(compareText)
  const keysB = Object.keys(b).sort(compareText)
  const length = Math.min(keysA.length, keysB.length)
  for (let index = 0; index < length; index++) {
    const keyA = keysA[index] as string
    const keyB = keysB[index] as string
    const order = compareText(keyA, keyB) || compare(a[keyA] as Value, b[keyB] as Value)
    if (order !== 0) return order
  }
  return keysA.length - keysB.length
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const order = (a[at] as number) - (b[at] as number)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Whether two values are the same, list by list and key by key. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true
  if (typeof a === 'string' || typeof b === 'string' || a === null || b === null) return false
  if (typeof a !== 'object' && typeof b !== 'object') return false // invariants of value.ts: equal ones are identical
  if (Array.isArray(a)) return Array.isArray(b) && equalLists(a, b)
  const rankA = rank(a)
  if (rankA !== rank(b)) return false
  if (rankA !== 8) return compare(a, b) === 0
  return equalDicts(a as Dict, b as Dict)
}

function equalLists(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) {
    if (!equal(a[index] as Value, b[index] as Value)) return false
  }
  return true
}

function equalDicts(a: Dict, b: Dict): boolean {
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  for (const key of keys) {
    const other = get(b, key)
    if (other === undefined || !equal(a[key] as Value, other)) return false
  }
  return true
}

/**
 * Equality of `eq`: both sides as lists, so that `42` equals `[42]`, compared in order (dtl-functions-comparisons.rst).
 * Null is equal to null only.
 */
export function equalAsLists(a: Value, b: Value): boolean {
  if (a === b) return true
  if (Array.isArray(a)) {
    if (Array.isArray(b)) return equalLists(a, b)
    return b !== null && a.length === 1 && equal(a[0] as Value, b)
  }
  return Array.isArray(b) ? a !== null && b.length === 1 && equal(a, b[0] as Value) : equal(a, b)
}

/** Begins every text that does not stand for a plain string. */
const TAG = '\u0001'

/** A text that two values share exactly when they are equal. A string (nearly always) stands for itself. */
export function canonical(value: Value): string {
  switch (typeof value) {
    case 'string':
      return value.charCodeAt(0) === 1 ? `${TAG}s${value}` : value
    case 'number':
    case 'bigint':
      return `${TAG}n${numericText(value)}`
    case 'boolean':
      return value ? `${TAG}t` : `${TAG}f`
    default:
  }
  if (value === null) return `${TAG}0`
  if (Array.isArray(value)) return `${TAG}[${value.map(canonicalPart).join('')}`
  if (value instanceof NI) return `${TAG}:${value.text}`
  if (value instanceof Float || value instanceof Decimal) return `${TAG}n${numericText(value)}`
  if (value instanceof DateTime) return `${TAG}T${value.seconds}.${value.nanos}`
  if (value instanceof Day) return `${TAG}D${value.days}`
  if (value instanceof URI) return `${TAG}r${value.text}`
  if (value instanceof UUID) return `${TAG}u${value.text}`
  if (value instanceof Bytes) return `${TAG}b${Array.from(value.data, (byte) => String.fromCharCode(byte)).join('')}`
  const keys = Object.keys(value).sort()
  return `${TAG}{${keys.map((key) => `${key.length}:${key}${canonicalPart(value[key] as Value)}`).join('')}`
}

function canonicalPart(value: Value): string {
  const text = canonical(value)
  return `${text.length}:${text}`
}

/** The key of a value in a join: equal values have equal keys, and null has none, so that it never joins. */
export function joinKey(value: Value): string | null {
  return value === null ? null : canonical(value)
}
