/**
 * What differs between two JSON values or two entities, as a list of edits. Applying the edits in order to the one gives
 * the other ({@link applyEdits}); numbers of different types differ, the order of keys does not count. Items of lists are
 * matched (matched-list-items.ts), so that one inserted item is one edit and an item in another place is a move.
 */
import { get, put } from '../entity/dict.ts'
import { type Dict, isDict, type Value } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { identityOf } from './identity.ts'
import { matchLists } from './matched-list-items.ts'

/**
 * One difference. The paths of `changed` and `removed` are those in the value before; of `added`, in the value after.
 * A move takes the item from place `from` of the list at `path` and puts it where it then stands at `to`.
 */
type Edit =
  | { readonly is: 'added'; readonly path: JsonPath; readonly value: Value }
  | { readonly is: 'removed'; readonly path: JsonPath; readonly before: Value }
  | {
      readonly is: 'changed'
      readonly path: JsonPath
      readonly before: Value
      readonly value: Value
    }
  | {
      readonly is: 'moved'
      readonly path: JsonPath
      readonly from: number
      readonly to: number
      readonly value: Value
    }

/** The edits that turn `before` into `after`; none when they are the same. */
export function editsBetweenValues(before: Value, after: Value, path: JsonPath = []): Edit[] {
  if (before === after) return []
  if (isDict(before) && isDict(after)) return diffDicts(before, after, path)
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after, path)
  return identityOf(before) === identityOf(after) ? [] : [{ is: 'changed', path, before, value: after }]
}

const STORE_FIELDS = new Set(['_updated', '_previous', '_hash', '_ts'])

/** The edits between two versions of an entity, without what the store adds to each version. */
export function diffEntities(before: Dict, after: Dict): Edit[] {
  return editsBetweenValues(before, after).filter(
    ({ path }) => !(path.length === 1 && STORE_FIELDS.has(String(path[0]))),
  )
}

function diffDicts(before: Dict, after: Dict, path: JsonPath): Edit[] {
  const edits: Edit[] = []
  for (const key of Object.keys(before)) {
    const old = get(before, key) ?? null
    const now = get(after, key)
    if (now === undefined) edits.push({ is: 'removed', path: [...path, key], before: old })
    else edits.push(...editsBetweenValues(old, now, [...path, key]))
  }
  for (const key of Object.keys(after)) {
    if (Object.hasOwn(before, key)) continue
    edits.push({
      is: 'added',
      path: [...path, key],
      value: get(after, key) ?? null,
    })
  }
  return edits
}

/** Inside kept items first, then removals from the end, moves, and additions from the start. */
function diffLists(before: readonly Value[], after: readonly Value[], path: JsonPath): Edit[] {
  const { from, moves } = matchLists(before, after)
  const edits: Edit[] = []
  for (const [index, source] of from.entries()) {
    if (source !== null)
      edits.push(...editsBetweenValues(before[source] ?? null, after[index] ?? null, [...path, source]))
  }
  const keptPlaces = new Set(from)
  for (let index = before.length - 1; index >= 0; index--) {
    if (!keptPlaces.has(index))
      edits.push({
        is: 'removed',
        path: [...path, index],
        before: before[index] ?? null,
      })
  }
  for (const { from, to, item } of moves) edits.push({ is: 'moved', path, from, to, value: after[item] ?? null })
  for (const [index, source] of from.entries()) {
    if (source === null)
      edits.push({
        is: 'added',
        path: [...path, index],
        value: after[index] ?? null,
      })
  }
  return edits
}

/** The value with the edits applied in order; the value itself is not touched. */
export function applyEdits(value: Value, edits: readonly Edit[]): Value {
  return edits.reduce((current, edit) => editAt(current, edit.path, 0, edit), value)
}

/** Copies along the path and applies the edit at its end. */
function editAt(value: Value, path: JsonPath, depth: number, edit: Edit): Value {
  if (depth === path.length) return edit.is === 'moved' ? moveItem(value, edit.from, edit.to) : replacement(edit)
  const key = path[depth]
  const last = depth === path.length - 1
  if (Array.isArray(value) && typeof key === 'number') {
    const copy = value.slice()
    if (last && edit.is === 'added') copy.splice(key, 0, edit.value)
    else if (last && edit.is === 'removed') copy.splice(key, 1)
    else copy[key] = editAt(copy[key] ?? null, path, depth + 1, edit)
    return copy
  }
  if (!isDict(value)) return value
  const name = String(key)
  const copy: Dict = { ...value }
  if (last && edit.is === 'removed') delete copy[name]
  else put(copy, name, editAt(get(copy, name) ?? null, path, depth + 1, edit))
  return copy
}

function replacement(edit: Exclude<Edit, { is: 'moved' }>): Value {
  return edit.is === 'removed' ? null : edit.value
}

function moveItem(value: Value, from: number, to: number): Value {
  if (!Array.isArray(value)) return value
  const copy = value.slice()
  const [item] = copy.splice(from, 1)
  if (item !== undefined) copy.splice(to, 0, item)
  return copy
}
