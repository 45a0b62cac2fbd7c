/** Equality of configuration: as JSON values, so the order of keys does not count, but `1`, `1.0` and `1.00` differ. */

import { get } from '../entity/dict.ts'
import { printScalar } from '../entity/json.ts'
import { Float, isObject, type Json, NumberLiteral } from '../entity/value.ts'

/** Whether two JSON values are the same. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return a === b
  if (a instanceof NumberLiteral || b instanceof NumberLiteral) {
    return a instanceof Float && b instanceof Float && printScalar(a) === printScalar(b)
  }
  if (a instanceof Float) return b instanceof Float && Object.is(a.value, b.value)
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(get(a, key), get(b, key)))
  )
}
