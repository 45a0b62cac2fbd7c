/**
 * How DTL looks at a value: as a condition, as a list, or as a single value. Every function shares these readings.
 * See "Argument types" in the Sesam documentation (dtl/argument-types.rst).
 */
import type { Value } from '../entity/value.ts'

/** Whether a value counts as true: everything does except `false`, `null` and the empty list. */
export function truthy(value: Value): boolean {
  if (value === null || value === false) return false
  return !Array.isArray(value) || value.length > 0
}

/** The values in a value: of a list its elements, of null none, otherwise the value itself. */
export function listOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value
  return value === null ? [] : [value]
}

/** The first element of a list (null when it is empty); any other value as it is. */
export function firstOf(value: Value): Value {
  return Array.isArray(value) ? (value[0] ?? null) : value
}
