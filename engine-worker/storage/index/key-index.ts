/** A join index over the latest, live entities of a dataset: from a key to the `_id`s that have it. */
import { LRUCache } from 'lru-cache'
import type { Entity } from '../../entity/value.ts'
import type { DerivedIndex } from './derived-index.ts'
import { InvertedIndex } from './inverted-index.ts'

/** From this number of ids under one key on, the sorted list is kept; and the most ids that all such lists may have. */
const MIN_IDS_CACHED = 16
const MAX_CACHED_IDS = 200_000
/** The group of the keys in the inverted index. */
const KEY_GROUP = 1

/** What an index is of. */
export interface KeyDefinition {
  /** Definitions with the same keys have the same id, so that pipes share indexes. */
  readonly id: string
  keysOf(entity: Entity): readonly string[]
}

/** One index of one dataset. */
export class KeyIndex implements DerivedIndex<readonly Entity[]> {
  private ids: InvertedIndex
  /** The ids of keys that have many, in order. */
  private readonly orderedIds = new LRUCache<string, readonly string[]>({ maxSize: MAX_CACHED_IDS })

  constructor(
    readonly definition: KeyDefinition,
    private readonly seed = 0,
  ) {
    this.ids = new InvertedIndex(seed)
  }

  apply(versions: readonly Entity[]): void {
    for (const entity of versions) this.applyVersion(entity)
  }

  clear(): void {
    this.ids = new InvertedIndex(this.seed)
    this.orderedIds.clear()
  }

  private applyVersion(entity: Entity): void {
    const id = entity._id
    if (typeof id !== 'string') return
    const keys = entity._deleted === true ? noIds : distinctKeys(this.definition.keysOf(entity))
    const terms: (number | string)[] = []
    for (const key of keys) terms.push(KEY_GROUP, key)
    if (this.orderedIds.size > 0) for (const key of [...this.keysOf(id), ...keys]) this.orderedIds.delete(key)
    this.ids.set(id, terms)
  }

  /** The ids under a key, in order; to be read only. */
  idsOf(key: string): readonly string[] {
    const known = this.orderedIds.get(key)
    if (known) return known
    const found = this.ids.ownersOf(KEY_GROUP, key)
    if (found.length > 1) found.sort(byText)
    if (found.length > MIN_IDS_CACHED) this.orderedIds.set(key, found, { size: found.length })
    return found
  }

  /** The keys of an entity as indexed. */
  keysOf(id: string): readonly string[] {
    return this.ids.get(id)?.filter((term) => typeof term === 'string') ?? noIds
  }
}

const noIds: readonly string[] = []

function distinctKeys(keys: readonly string[]): readonly string[] {
  return keys.length > 1 ? [...new Set(keys)] : keys
}

/** Order of `_id`s in the results of joins. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
