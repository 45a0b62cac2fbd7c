/**
 * Join indexes over the latest, live entities of datasets: from a key to the `_id`s that have it. An index is built by
 * one scan when it is first used and then follows the commits; pipes share indexes with the same expression.
 */

import { LRUCache } from 'lru-cache'
import type { JoinIndex } from '../dtl/evaluation.ts'
import type { Entity } from '../entity/value.ts'
import { InvertedIndex } from '../storage/index/inverted-index.ts'
import type { Commit, CommitResult, DatasetInfo, DatasetStore } from '../storage/store.ts'

/** So many ids under one key are put in order once and kept; and so many ids are kept together. */
const MANY = 16
const KEPT_IDS = 200_000
/** The group of the keys in the inverted index. */
const KEY = 1

/** One index of one dataset. */
export class KeyIndex {
  /** The position in the log that the index reflects. */
  position = 0
  private readonly ids: InvertedIndex
  /** The ids of keys that have many, in order. */
  private readonly ordered = new LRUCache<string, readonly string[]>({ maxSize: KEPT_IDS })

  constructor(
    readonly definition: JoinIndex,
    seed = 0,
  ) {
    this.ids = new InvertedIndex(seed)
  }

  /** Takes the latest version of an entity into account. */
  apply(entity: Entity): void {
    const id = entity._id
    if (typeof id !== 'string') return
    const keys = entity._deleted === true ? none : distinct(this.definition.keysOf(entity))
    const terms: (number | string)[] = []
    for (const key of keys) terms.push(KEY, key)
    if (this.ordered.size > 0) for (const key of [...this.keysOf(id), ...keys]) this.ordered.delete(key)
    this.ids.set(id, terms)
  }

  /** The ids under a key, in order; to be read only. */
  idsOf(key: string): readonly string[] {
    const known = this.ordered.get(key)
    if (known) return known
    const found = this.ids.ownersOf(KEY, key)
    if (found.length > 1) found.sort(byText)
    if (found.length > MANY) this.ordered.set(key, found, { size: found.length })
    return found
  }

  /** The keys of an entity as indexed. */
  keysOf(id: string): readonly string[] {
    return this.ids.get(id)?.filter((term) => typeof term === 'string') ?? none
  }
}

const none: readonly string[] = []

function distinct(keys: readonly string[]): readonly string[] {
  return keys.length > 1 ? [...new Set(keys)] : keys
}

/** Order of `_id`s in the results of joins. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

interface Followed {
  generation: number
  lastUpdated: number
  /** Built or being built, by the id of the definition. */
  readonly indexes: Map<string, KeyIndex>
  readonly building: Map<string, Promise<KeyIndex>>
  /** All live entities in order of `_id`, for joins that no index serves; dropped at every change. */
  all: readonly Entity[] | null
}

/** A dataset store with the indexes that follow it. All commits of an engine go through here. */
export class IndexedStore {
  private readonly followed = new Map<string, Followed>()

  /** `seed`: see {@link InvertedIndex}. */
  constructor(
    readonly store: DatasetStore,
    readonly seed = 0,
  ) {}

  /** Commits, and brings the indexes up to date from what changed. */
  async commit(commit: Commit): Promise<readonly CommitResult[]> {
    const committed = await this.store.commit(commit)
    for (const name of [...(commit.reset ?? []), ...(commit.remove ?? [])]) this.followed.delete(name)
    for (const { dataset, by } of commit.replace ?? []) for (const name of [dataset, by]) this.followed.delete(name)
    // Withheld versions are not visible; what becomes visible or vanishes later is read anew.
    for (const name of [...(commit.release ?? []), ...(commit.rollback ?? [])]) this.followed.delete(name)
    const pending = new Set(commit.datasets?.filter((write) => write.pending).map(({ dataset }) => dataset))
    for (const { dataset, changes } of committed) {
      const followed = this.followed.get(dataset)
      const last = changes.at(-1)?.entity._updated
      if (!followed || typeof last !== 'number' || pending.has(dataset)) continue
      for (const index of followed.indexes.values()) {
        if (index.position !== followed.lastUpdated) continue
        for (const { entity } of changes) index.apply(entity)
        index.position = last
      }
      followed.lastUpdated = last
      followed.all = null
    }
    return committed
  }

  /** Looks at the log of a dataset and makes its indexes follow what others have written. */
  async refresh(dataset: string): Promise<DatasetInfo | null> {
    const info = await this.store.info(dataset)
    const followed = this.followed.get(dataset)
    if (!followed) return info
    if (!info || info.generation !== followed.generation) this.followed.delete(dataset)
    else if (info.lastUpdated !== followed.lastUpdated) {
      followed.lastUpdated = info.lastUpdated
      followed.all = null
      for (const index of followed.indexes.values()) await this.catchUp(dataset, followed, index)
    }
    return info
  }

  /** The index, where it is there and current; otherwise {@link index} has to be awaited. */
  ready(dataset: string, definition: JoinIndex): KeyIndex | null {
    const followed = this.followed.get(dataset)
    const index = followed?.indexes.get(definition.id)
    return index && index.position >= (followed?.lastUpdated ?? 0) ? index : null
  }

  /** The index, built by a scan where it does not exist yet. */
  async index(dataset: string, definition: JoinIndex): Promise<KeyIndex> {
    const followed = await this.follow(dataset)
    const building = followed.building.get(definition.id)
    if (building) return building
    const build = this.build(dataset, followed, definition)
    followed.building.set(definition.id, build)
    try {
      return await build
    } finally {
      followed.building.delete(definition.id)
    }
  }

  private async build(dataset: string, followed: Followed, definition: JoinIndex): Promise<KeyIndex> {
    const index = followed.indexes.get(definition.id) ?? new KeyIndex(definition, this.seed)
    await this.catchUp(dataset, followed, index)
    followed.indexes.set(definition.id, index)
    return index
  }

  private async catchUp(dataset: string, followed: Followed, index: KeyIndex): Promise<void> {
    while (index.position < followed.lastUpdated) {
      const until = followed.lastUpdated
      for await (const batch of this.store.scan(dataset, { since: index.position, until })) {
        for (const entity of batch) index.apply(entity)
      }
      index.position = until
    }
  }

  /** All live entities where they are at hand. */
  allReady(dataset: string): readonly Entity[] | null {
    return this.followed.get(dataset)?.all ?? null
  }

  /** All live entities in order of `_id`. */
  async all(dataset: string): Promise<readonly Entity[]> {
    const followed = await this.follow(dataset)
    const found: Entity[] = []
    for await (const batch of this.store.scan(dataset, { live: true })) for (const entity of batch) found.push(entity)
    found.sort((a, b) => byText(String(a._id), String(b._id)))
    followed.all = found
    return found
  }

  private async follow(dataset: string): Promise<Followed> {
    const before = this.followed.get(dataset)
    if (before) return before
    const info = await this.store.info(dataset)
    const now = this.followed.get(dataset)
    if (now) return now
    const followed: Followed = {
      generation: info?.generation ?? 0,
      lastUpdated: info?.lastUpdated ?? 0,
      indexes: new Map(),
      building: new Map(),
      all: null,
    }
    this.followed.set(dataset, followed)
    return followed
  }
}
