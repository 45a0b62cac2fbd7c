/** Truth, equality and order of values, by Python's rules. */
import { decimalValue } from '../entity/bigdecimal.ts'
import { toNanos } from '../entity/datetime.ts'
import { Bytes, DateTime, Day, Decimal, Float } from '../entity/value.ts'
import { typeError } from './error.ts'
import { asFloat, isReal } from './numbers.ts'
import { PyRange, PyView, TimeDelta } from './objects.ts'
import type { RenderState } from './state.ts'
import { hashKey, type JinjaValue, PyDict, PyList, PyObject, PyTuple, stringOf, typeName, Undefined } from './values.ts'

/** Whether a value counts as true. */
export function truth(value: JinjaValue): boolean {
  if (value === null || value === false || value === 0 || value === '') return false
  if (value instanceof PyObject) return value.truthy()
  if (value instanceof Float) return value.value !== 0
  if (value instanceof Decimal) return !decimalValue(value).isZero()
  return !(value instanceof Bytes) || value.data.length > 0
}

/** `left == right` */
export function equalValues(left: JinjaValue, right: JinjaValue, state: RenderState): boolean {
  state.spend(1)
  if (left instanceof Undefined || right instanceof Undefined) {
    for (const side of [left, right]) if (side instanceof Undefined && side.mode === 'strict') side.fail()
    return left instanceof Undefined && right instanceof Undefined
  }
  const [leftText, rightText] = [stringOf(left), stringOf(right)]
  if (leftText !== undefined || rightText !== undefined) return leftText === rightText
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right) === 0
  if (left === right) return true
  if (left instanceof PyList && right instanceof PyList) return sameItems(left.items, right.items, state)
  if (left instanceof PyTuple && right instanceof PyTuple) return sameItems(left.items, right.items, state)
  if (left instanceof PyDict && right instanceof PyDict) return sameEntries(left, right, state)
  if (left instanceof PyRange && right instanceof PyRange) return left.describe() === right.describe()
  if (left instanceof PyView && right instanceof PyView)
    return left.items.length === right.items.length && left.items.every((item) => holds(right, item, state))
  if (left instanceof Bytes && right instanceof Bytes) return hashKey(left) === hashKey(right)
  const time = compareTimes(left, right)
  return time === 0
}

function sameItems(left: readonly JinjaValue[], right: readonly JinjaValue[], state: RenderState): boolean {
  return left.length === right.length && left.every((item, index) => isSame(item, right[index] ?? null, state))
}

/** The same object, or an equal one: how lists compare their items. */
function isSame(left: JinjaValue, right: JinjaValue, state: RenderState): boolean {
  return (left === right && typeof left === 'object') || state.nested(() => equalValues(left, right, state))
}

function sameEntries(left: PyDict, right: PyDict, state: RenderState): boolean {
  if (left.length() !== right.length()) return false
  return left.pairs().every(([key, value]) => {
    const other = right.get(key)
    return other !== undefined && isSame(value, other, state)
  })
}

type Numeric = number | bigint | boolean | Float | Decimal

function isNumeric(value: JinjaValue): value is Numeric {
  return isReal(value) || value instanceof Decimal
}

/** Negative, zero or positive; NaN where one of them is no number. Integers of any size compare exactly. */
function compareNumbers(left: Numeric, right: Numeric): number {
  if (left instanceof Decimal || right instanceof Decimal) return decimalOf(left).cmp(decimalOf(right))
  const [a, b] = [numberOf(left), numberOf(right)]
  if (Number.isNaN(Number(a)) || Number.isNaN(Number(b))) return Number.NaN
  return a < b ? -1 : a > b ? 1 : 0
}

function numberOf(value: number | bigint | boolean | Float): number | bigint {
  return typeof value === 'bigint' ? value : asFloat(value)
}

function decimalOf(value: Numeric) {
  if (value instanceof Decimal) return decimalValue(value)
  return decimalValue(new Decimal(null, typeof value === 'bigint' ? String(value) : String(asFloat(value))))
}

function compareTimes(left: JinjaValue, right: JinjaValue): number | undefined {
  if (left instanceof TimeDelta && right instanceof TimeDelta) return orderOf(left.nanos, right.nanos)
  const isTime = (value: JinjaValue) => value instanceof DateTime || value instanceof Day
  if (!isTime(left) || !isTime(right)) return undefined
  return left instanceof Day === right instanceof Day ? orderOf(toNanos(left), toNanos(right)) : undefined
}

function orderOf<T extends bigint | string>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/** Negative, zero or positive as `left` comes before, with or after `right`; NaN compares with nothing. */
export function compareValues(left: JinjaValue, right: JinjaValue, state: RenderState, operator = '<'): number {
  state.spend(1)
  for (const side of [left, right]) if (side instanceof Undefined) side.fail()
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right)
  const [leftText, rightText] = [stringOf(left), stringOf(right)]
  if (leftText !== undefined && rightText !== undefined) return compareTexts(leftText, rightText)
  const bothLists = left instanceof PyList && right instanceof PyList
  if (bothLists || (left instanceof PyTuple && right instanceof PyTuple))
    return compareItems(left.items, right.items, state, operator)
  if (left instanceof Bytes && right instanceof Bytes) return compareBytes(left.data, right.data)
  const time = compareTimes(left, right)
  if (time !== undefined) return time
  throw typeError(`'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`)
}

/** By code points: a character outside of the basic plane comes after all others. */
function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)]
    if (a !== b) return (left.codePointAt(at) ?? 0) - (right.codePointAt(at) ?? 0)
  }
  return left.length - right.length
}

function compareItems(
  left: readonly JinjaValue[],
  right: readonly JinjaValue[],
  state: RenderState,
  operator: string,
): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const [a = null, b = null] = [left[at], right[at]]
    if (!isSame(a, b, state)) return state.nested(() => compareValues(a, b, state, operator))
  }
  return left.length - right.length
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** `item in container` */
export function holds(container: JinjaValue, item: JinjaValue, state: RenderState): boolean {
  const text = stringOf(container)
  if (text !== undefined) {
    if (item instanceof Undefined) item.fail()
    const part = stringOf(item)
    if (part === undefined) throw typeError(`'in <string>' requires string as left operand, not ${typeName(item)}`)
    return text.includes(part)
  }
  if (container instanceof PyDict) return container.get(item) !== undefined
  if (container instanceof PyRange && isReal(item)) {
    const distance = (asFloat(item) - container.start) / container.step
    return Number.isInteger(distance) && distance >= 0 && distance < container.length()
  }
  const iterator = container instanceof PyObject ? container.iterate() : null
  if (iterator === null) throw typeError(`argument of type '${typeName(container)}' is not iterable`)
  for (let next = iterator.next(); !next.done; next = iterator.next()) if (isSame(item, next.value, state)) return true
  return false
}

/** The values in order, equal ones as they came. `keyOf` gives what is compared. */
export function sortedBy<T>(
  values: readonly T[],
  keyOf: (value: T) => JinjaValue,
  reverse: boolean,
  state: RenderState,
): T[] {
  const keyed = values.map((value) => ({ value, key: keyOf(value) }))
  const sign = reverse ? -1 : 1
  keyed.sort((a, b) => {
    const order = compareValues(a.key, b.key, state)
    return Number.isNaN(order) ? 0 : sign * order
  })
  return keyed.map(({ value }) => value)
}
