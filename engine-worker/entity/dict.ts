/**
 * Safe access to dicts whose keys come from data. A key may be `__proto__`, `constructor` or `toString`: reading must
 * not find what objects inherit, and writing must not change an object's prototype.
 */
import type { Dict, Value } from './value.ts'

/** The value under `key`, or `undefined` where the dict itself has none. */
export function get<V extends Value>(dict: { readonly [key: string]: V }, key: string): V | undefined {
  const value = dict[key]
  return value === undefined || !(key in Object.prototype) || Object.hasOwn(dict, key) ? value : undefined
}

/** Sets `key`, whatever its name. */
export function put(dict: Dict, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(dict, key, { value, writable: true, enumerable: true, configurable: true })
  } else dict[key] = value
}

/** Whether the dict itself has `key`. */
export function has(dict: Dict, key: string): boolean {
  return Object.hasOwn(dict, key)
}
