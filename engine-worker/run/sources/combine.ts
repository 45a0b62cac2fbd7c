/** How merged entities become one, by the merge source's `strategy`. See configuration-sources-merge.rst. */
import { get, has, put } from '../../entity/dict.ts'
import { canonical } from '../../entity/order.ts'
import { type Entity, NI, type Value } from '../../entity/value.ts'

interface CombineOptions {
  readonly strategy: string
  /** Whether `$merged` keeps the fields that the store set. */
  readonly internal: boolean
}

/** One entity out of the members, which are in the order of their datasets and ids. */
export function combineMembers(id: string, members: readonly Entity[], { strategy, internal }: CombineOptions): Entity {
  const entity: Entity = { $ids: idsOf(members), _id: id }
  if (members.every((member) => member._deleted === true)) entity._deleted = true
  if (strategy === 'list') {
    entity.$merged = members.map((member) => (internal ? { ...member } : withoutStoreFields(member)))
    return entity
  }
  const compact = strategy === 'compact'
  const only = members.length === 1 ? members[0] : undefined
  if (only) {
    for (const key of Object.keys(only)) {
      const value = get(only, key)
      if (key.startsWith('_') || key === '$ids' || value === undefined) continue
      if (compact && Array.isArray(value) && value.length === 0) continue
      put(entity, key, value)
    }
    return entity
  }
  const lists = new Map<string, { values: Value[]; of: number; single: boolean }>()
  for (const member of members) {
    for (const key of Object.keys(member)) {
      const value = get(member, key)
      if (key.startsWith('_') || key === '$ids' || value === undefined) continue
      const list = lists.get(key)
      if (!list) {
        lists.set(key, { values: Array.isArray(value) ? value : [value], of: 1, single: !Array.isArray(value) })
        continue
      }
      list.values = list.values.concat(value)
      list.of++
    }
  }
  for (const [key, list] of lists) {
    const value = compact ? compactList(list) : list.of === 1 && list.single ? list.values[0] : list.values
    if (value !== undefined) put(entity, key, value)
  }
  return entity
}

function compactList(list: { values: Value[]; of: number; single: boolean }): Value | undefined {
  const values = distinctValues(list.values)
  if (values.length > 1) return values
  // A list of one in its only source entity was meant as a list.
  if (list.of === 1 && !list.single && list.values.length === 1) return list.values
  return values[0]
}

function distinctValues(values: readonly Value[]): Value[] {
  const seen = new Set<string>()
  return values.filter((value) => {
    const text = canonical(value)
    return !seen.has(text) && seen.add(text)
  })
}

/** The ids of all members: their `$ids` where they have some, otherwise their `_id`. */
function idsOf(members: readonly Entity[]): Value[] {
  const ids: Value[] = []
  for (const member of members) {
    if (has(member, '$ids')) {
      const own = get(member, '$ids') ?? null
      for (const id of Array.isArray(own) ? own : [own]) if (id !== null) ids.push(id)
    } else {
      const id = String(member._id)
      ids.push(id.includes(':') ? new NI(id) : id)
    }
  }
  return distinctValues(ids)
}

function withoutStoreFields(member: Entity): Entity {
  const copy: Entity = {}
  for (const key of Object.keys(member)) {
    const value = get(member, key)
    if (value !== undefined && (key === '_id' || !key.startsWith('_'))) put(copy, key, value)
  }
  return copy
}
