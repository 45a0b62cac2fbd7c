/** What both stores do to an entity before it is appended. */
import { put } from '../entity/dict.ts'
import { type Entity, isDict, kindOf, type Value } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import type { Commit, DatasetWrite, Replacement } from './store.ts'

export const entityWithoutId = problem<{ dataset: string; kind: string }>({
  code: 'entity-without-id',
  severity: 'error',
  says: ({ dataset, kind }) =>
    kind === 'null'
      ? `An entity for the dataset ${dataset} has no _id.`
      : `An entity for the dataset ${dataset} has an _id that is not text but ${kind}.`,
  fix: () => 'Give every entity an _id of type string, for example with ["add", "_id", …] in the last transform.',
})

const entityTooLarge = problem<{ dataset: string; bytes: number; limit: number }>({
  code: 'entity-too-large',
  severity: 'error',
  says: ({ dataset, bytes, limit }) =>
    `An entity for the dataset ${dataset} takes ${bytes} bytes, more than the ${limit} that the sink allows.`,
  fix: () => 'Make the entity smaller, or raise max_entity_bytes_size in the sink.',
})

/** The replacements of a commit. Throws where a dataset of one occurs in another part that changes a whole dataset. */
export function checkedReplacements({ replace = [], remove, reset, rollback }: Commit): readonly Replacement[] {
  const names = replace.flatMap(({ dataset, by }) => [dataset, by])
  const others = new Set([...(remove ?? []), ...(reset ?? []), ...(rollback ?? [])])
  const twice = names.find((name, at) => names.indexOf(name) !== at || others.has(name))
  if (twice !== undefined) throw new Error(`a commit replaces the dataset ${twice} and changes it in another way`)
  return replace
}

/** The generation of a dataset that is replaced by another: consumers of neither take it for what they knew. */
export function nextGeneration(
  replaced: { readonly generation: number } | undefined,
  by: { readonly generation: number },
): number {
  return Math.max(replaced?.generation ?? 0, by.generation) + 1
}

/** The last entity of each `_id`, in the order of those last ones. */
export function lastOfEach(dataset: string, entities: readonly Entity[]): readonly Entity[] {
  const ids = new Set<string>()
  for (const entity of entities) ids.add(identity(dataset, entity))
  if (ids.size === entities.length) return entities
  const byId = new Map<string, Entity>()
  for (const entity of entities) {
    const id = identity(dataset, entity)
    byId.delete(id)
    byId.set(id, entity)
  }
  return [...byId.values()]
}

/** The `_id` of an entity that is to be stored. */
export function identity(dataset: string, entity: Entity): string {
  const id = entity._id
  if (typeof id !== 'string') throw new Fault(entityWithoutId({ dataset, kind: kindOf(id ?? null) }))
  return id
}

/** Refuses an entity whose text takes more bytes than the sink allows. */
export function limitSize({ dataset, maxEntityBytes: limit }: DatasetWrite, id: string, text: string): void {
  // A character takes at most three bytes.
  if (limit === undefined || text.length * 3 <= limit) return
  const bytes = new TextEncoder().encode(text).length
  if (bytes > limit) throw new Fault(entityTooLarge({ dataset, bytes, limit }, { entity: id }))
}

/** The sequence number that an entity brings along for a replicated dataset; null where it brings none. */
export function givenOffset({ givenOffsets }: DatasetWrite, { _updated }: Entity): number | null {
  return givenOffsets && typeof _updated === 'number' && Number.isSafeInteger(_updated) ? _updated : null
}

/** The fields that the store sets. */
interface Stamp {
  readonly updated: number
  readonly previous: number | null
  /** Microseconds since 1970. */
  readonly ts: number
}

/** Whether an incoming entity differs from its latest version, known by hash and deletion alone. */
export function differs(
  hash: string,
  deleted: boolean,
  latest: { readonly hash: string; readonly deleted: boolean } | null,
) {
  if (!latest) return true
  return !(deleted && latest.deleted) && hash !== latest.hash
}

/** The version as it is stored: a copy with the reserved fields first. */
export function stamped(entity: Entity, id: string, hash: string, stamp: Stamp): Entity {
  const version: Entity = {
    _id: id,
    _updated: stamp.updated,
    _deleted: entity._deleted === true,
    _previous: stamp.previous,
    _hash: hash,
    _ts: stamp.ts,
  }
  for (const key in entity) {
    if (key.charCodeAt(0) === 95) continue
    const value = entity[key]
    if (value !== undefined) version[key] = value
  }
  return version
}

/** The fields that the store sets on what it keeps, besides `_id` and `_deleted`. */
const storeFields: ReadonlySet<string> = new Set(['_updated', '_previous', '_hash', '_ts'])

/** A version as it was given to the store. */
export function withoutStamps(version: Entity): Entity {
  const entity: Entity = {}
  for (const key of Object.keys(version)) {
    const value = version[key]
    if (value !== undefined && !storeFields.has(key)) put(entity, key, value)
  }
  return entity
}

/** A version as a source gives it: without what the store adds, and `_deleted` only where it is. */
export function asGiven(version: Entity): Entity {
  const entity = withoutStamps(version)
  if (entity._deleted !== true) delete entity._deleted
  return entity
}

/** Microseconds since 1970 of a clock in nanoseconds. */
export function microseconds(now: bigint): number {
  return Number(now / 1000n)
}

/** About how many bytes a value takes as text. */
export function weight(value: Value): number {
  if (typeof value === 'string') return value.length + 3
  if (typeof value !== 'object' || value === null) return 6
  let sum = 2
  if (Array.isArray(value)) for (const item of value) sum += weight(item)
  else if (isDict(value)) for (const key in value) sum += key.length + 3 + weight(value[key] ?? null)
  else sum += 30
  return sum
}
