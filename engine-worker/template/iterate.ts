/** Going through the items of a value. */
import { Bytes } from '../entity/value.ts'
import { typeError } from './error.ts'
import type { RenderState } from './state.ts'
import { charactersOf, lengthOf } from './text.ts'
import { type JinjaValue, PyObject, stringOf, typeName, Undefined } from './values.ts'

/** The items one by one; each counts as a step. */
export function* iterate(value: JinjaValue, state: RenderState): Generator<JinjaValue> {
  const iterator = iteratorOf(value)
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    state.spend(1)
    yield next.value
  }
}

/** An iterator over a value; fails at once where it has none. */
export function iteratorOf(value: JinjaValue): Iterator<JinjaValue> {
  const iterator = optionalIterator(value)
  if (iterator === null) throw typeError(`'${typeName(value)}' object is not iterable`)
  return iterator
}

/** An iterator over a value, or null where it has no items. */
export function optionalIterator(value: JinjaValue): Iterator<JinjaValue> | null {
  const text = stringOf(value)
  if (text !== undefined) return charactersOf(text)[Symbol.iterator]()
  if (value instanceof Bytes) return [...value.data][Symbol.iterator]()
  return value instanceof PyObject ? value.iterate() : null
}

/** All items as an array. */
export function itemsOf(value: JinjaValue, state: RenderState): JinjaValue[] {
  return [...iterate(value, state)]
}

/** `len(value)`, or null where it has none. */
export function optionalLength(value: JinjaValue): number | null {
  const text = stringOf(value)
  if (text !== undefined) return lengthOf(text)
  if (value instanceof Bytes) return value.data.length
  return value instanceof PyObject ? value.length() : null
}

/** `len(value)` */
export function sizeOf(value: JinjaValue): number {
  if (value instanceof Undefined && value.mode === 'strict') value.fail()
  const length = optionalLength(value)
  if (length === null) throw typeError(`object of type '${typeName(value)}' has no len()`)
  return length
}
