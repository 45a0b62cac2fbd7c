/**
 * Where an identifier is: every dataset and property that one entity and all that it was merged of reach. Follows merged
 * identifiers (`$ids`), so that it tells where the data of one person or thing is.
 */
import { readEntity } from '../entity/transit.ts'
import { type Entity, isDict, NI, type Value } from '../entity/value.ts'
import { turn } from '../run/turn.ts'
import { isSearched } from '../search/document.ts'
import { foundVersions, matchAll } from '../search/index/index-search.ts'
import type { Query } from '../search/query.ts'
import { searchWords } from '../search/search-words.ts'
import { type CallContext, capability } from './capability.ts'
import { followIndexes } from './follow-search.ts'
import type { OpenedProject } from './host.ts'

/** An entity in which an identifier is. */
interface IdentifierPlace {
  readonly dataset: string
  readonly id: string
  /** It is that entity or was merged of it, or it refers to it. */
  readonly how: 'same' | 'refers'
  /** The properties that hold an identifier, the names from the entity on joined by dots. */
  readonly properties: readonly string[]
}

/** Where the identifiers of an entity are. */
interface IdentifierReach {
  /** The identifiers that are one: that which was asked for first. */
  readonly ids: readonly string[]
  readonly places: readonly IdentifierPlace[]
  /** False where there are more places or identifiers than are listed. */
  readonly complete: boolean
}

/** The most identifiers that are followed, and the most places that are listed. */
const MAX_IDS = 50
const MAX_PLACES = 2000
const READ_BATCH = 500

/** Finds the places of an identifier (`crm-person:1`) in all datasets that are searched. */
export const identifierReach = capability(
  'identifier-reach',
  'draft',
  async (id: string, { host, signal }: CallContext): Promise<IdentifierReach> => {
    const opened = host.current()
    const datasets = await followIndexes(opened, () => undefined, signal)
    const ids = [id]
    const places = new Map<string, IdentifierPlace>()
    for (const each of ids) {
      if (signal.aborted || ids.length > MAX_IDS || places.size > MAX_PLACES) break
      for await (const { dataset, entity, properties } of entitiesWithId(opened, datasets, each, signal)) {
        const key = `${dataset}\n${String(entity._id)}`
        const before = places.get(key)
        const all = [...new Set([...(before?.properties ?? []), ...properties])]
        const how = all.some((property) => property === '_id' || property === '$ids') ? 'same' : 'refers'
        places.set(key, { dataset, id: String(entity._id), how, properties: all })
        if (how !== 'same') continue
        for (const merged of mergedIds(entity)) if (!ids.includes(merged)) ids.push(merged)
      }
    }
    const complete = ids.length <= MAX_IDS && places.size <= MAX_PLACES
    return { ids: ids.slice(0, MAX_IDS), places: [...places.values()].slice(0, MAX_PLACES), complete }
  },
)

/** The live entities that have an identifier as a value, and the properties that it is in. */
async function* entitiesWithId(
  { store, search }: OpenedProject,
  datasets: readonly string[],
  id: string,
  signal: AbortSignal,
) {
  const words = searchWords(id)
  for (const index of search.indexesOf(datasets)) {
    const query: Query = words.length === 0 ? matchAll : { kind: 'phrase', words, slop: 0 }
    const versions = foundVersions(index, query, false, () => true)
    for (let from = 0; from < versions.length && !signal.aborted; from += READ_BATCH) {
      for (const text of await store.textsAt(index.dataset, versions.slice(from, from + READ_BATCH))) {
        if (text === null) continue
        const entity = readEntity(text)
        const properties = [...propertiesWith(entity, id)]
        if (properties.length > 0) yield { dataset: index.dataset, entity, properties }
      }
      await turn()
    }
  }
}

/** The properties of an entity that hold an identifier; what Sesam keeps of it, in names with `_`, is not looked at. */
function propertiesWith(entity: Entity, id: string): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (value: Value, path: readonly string[]): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, path)
    else if (isDict(value)) {
      for (const [name, each] of Object.entries(value)) if (isSearched(name)) visit(each, [...path, name])
    } else if ((value instanceof NI && value.text === id) || value === id) found.add(path.join('.'))
  }
  visit(entity, [])
  return found
}

/** The identifiers that were merged into an entity. */
function mergedIds(entity: Entity): readonly string[] {
  const ids = entity.$ids ?? []
  return [
    String(entity._id),
    ...(Array.isArray(ids) ? ids : [ids]).flatMap((id) => (id instanceof NI ? [id.text] : [])),
  ]
}
