/** Members of JSON objects in the order they were written, integer-like keys included (entity/json.ts keeps it). */
import { put } from './dict.ts'
import { KEY_ORDER, keysOf } from './json.ts'
import type { Json, JsonObject } from './value.ts'

/** Keys and values in order. */
export function entriesOf(object: JsonObject): [string, Json][] {
  return keysOf(object).map((key) => [key, object[key] ?? null])
}

/** An object with these members in this order. */
export function objectOf(entries: Iterable<readonly [string, Json]>): JsonObject {
  const object: JsonObject = {}
  const keys: string[] = []
  for (const [key, value] of entries) {
    if (!Object.hasOwn(object, key)) keys.push(key)
    put(object, key, value)
  }
  const natural = Object.keys(object)
  if (keys.some((key, index) => key !== natural[index])) {
    Object.defineProperty(object, KEY_ORDER, { value: keys, enumerable: true, writable: true, configurable: true })
  }
  return object
}
