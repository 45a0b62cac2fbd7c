/**
 * Edits of a configuration at a JSON path, as functions from a value to a value: everything beside the path is shared,
 * key order and unknown keys survive. Cards, forms, mapping and text all change a pipe through these.
 */
import { isObject, isWithin, type Json, type JsonObject, type JsonPath } from '../../engine-worker/index.ts'

/** The value at a path, or undefined. */
export function valueAtPath(root: Json, path: JsonPath): Json | undefined {
  let here: Json | undefined = root
  for (const key of path) {
    if (Array.isArray(here)) here = typeof key === 'number' ? here[key] : undefined
    else if (isObject(here)) here = Object.hasOwn(here, key) ? here[key] : undefined
    else return undefined
  }
  return here
}

/** The root with another value at the path; missing objects on the way are made. `undefined` removes it. */
export function withValueAt(root: Json, path: JsonPath, value: Json | undefined): Json {
  const [key, ...rest] = path
  if (key === undefined) return value ?? null
  if (Array.isArray(root)) {
    if (typeof key !== 'number') return root
    if (rest.length === 0 && value === undefined) return root.filter((_, index) => index !== key)
    const copy = [...root]
    copy[key] = rest.length === 0 && value !== undefined ? value : withValueAt(root[key] ?? null, rest, value)
    return copy
  }
  const object = isObject(root) ? root : {}
  const name = String(key)
  if (rest.length === 0 && value === undefined) return withoutKey(object, name)
  const inner = Object.hasOwn(object, name) ? object[name] : undefined
  return { ...object, [name]: rest.length === 0 && value !== undefined ? value : withValueAt(inner ?? {}, rest, value) }
}

/** The root with a value inserted into the list at `path`'s parent, before the index that ends the path. */
export function withInserted(root: Json, path: JsonPath, value: Json): Json {
  const index = path.at(-1)
  const list = valueAtPath(root, path.slice(0, -1))
  if (typeof index !== 'number' || (list !== undefined && !Array.isArray(list))) return root
  const items = list ?? []
  return withValueAt(root, path.slice(0, -1), [...items.slice(0, index), value, ...items.slice(index)])
}

/** The root without what stands at the path. */
export function withoutPath(root: Json, path: JsonPath): Json {
  return valueAtPath(root, path) === undefined ? root : withValueAt(root, path, undefined)
}

/**
 * The root with a list item moved before another place, which is named as it stands before the move (in any list).
 * Gives the path it has afterwards, too.
 */
export function withMoved(root: Json, from: JsonPath, to: JsonPath): { readonly root: Json; readonly path: JsonPath } {
  const value = valueAtPath(root, from)
  if (value === undefined || isWithin(to, from)) return { root, path: from }
  const target = afterRemoval(from, to)
  return { root: withInserted(withoutPath(root, from), target, value), path: target }
}

/** Whether two paths are the same. */
export function samePath(a: JsonPath, b: JsonPath): boolean {
  return a.length === b.length && isWithin(a, b)
}

/** A path as one text: `transform/0/rules/default/2`, as the engine's trace names it. */
export function pathText(path: JsonPath): string {
  return path.join('/')
}

/** Where `path` points once the list item at `gone` is not there any more. */
function afterRemoval(gone: JsonPath, path: JsonPath): JsonPath {
  const depth = gone.length - 1
  const index = gone[depth]
  const same = path.length > depth && isWithin(path, gone.slice(0, depth))
  const there = path[depth]
  if (!same || typeof index !== 'number' || typeof there !== 'number' || there <= index) return path
  return [...path.slice(0, depth), there - 1, ...path.slice(depth + 1)]
}

function withoutKey(object: JsonObject, name: string): JsonObject {
  const copy = { ...object }
  delete copy[name]
  return copy
}
