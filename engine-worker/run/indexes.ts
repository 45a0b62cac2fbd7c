/**
 * Join indexes over the latest, live entities of datasets: from a key to the `_id`s that have it. An index is built by
 * one scan when it is first used and then follows the commits; pipes share indexes with the same expression.
 */

import type { JoinIndex } from '../dtl/evaluation.ts'
import type { Entity } from '../entity/value.ts'
import type { Commit, Committed, DatasetInfo, DatasetStore } from '../storage/store.ts'

/** One index of one dataset. */
export class KeyIndex {
  /** The position in the log that the index reflects. */
  position = 0
  private readonly byKey = new Map<string, string | string[]>()
  private readonly byId = new Map<string, string | readonly string[]>()
  /** Keys whose list of ids is not in order yet. */
  private readonly unsorted = new Set<string>()

  constructor(readonly definition: JoinIndex) {}

  /** Takes the latest version of an entity into account. */
  apply(entity: Entity): void {
    const id = entity._id
    if (typeof id !== 'string') return
    const before = this.byId.get(id)
    const keys = entity._deleted === true ? none : distinct(this.definition.keysOf(entity))
    if (before === undefined) {
      if (keys.length === 0) return
    } else if (same(before, keys)) return
    else for (const key of listed(before)) this.remove(key, id)
    if (keys.length === 0) this.byId.delete(id)
    else {
      this.byId.set(id, keys.length === 1 ? (keys[0] ?? '') : keys)
      for (const key of keys) this.add(key, id)
    }
  }

  /** The ids under a key, in order; to be read only. */
  idsOf(key: string): readonly string[] {
    const found = this.byKey.get(key)
    if (found === undefined) return none
    if (typeof found === 'string') return [found]
    if (this.unsorted.delete(key)) found.sort(byText)
    return found
  }

  /** The keys of an entity as indexed. */
  keysOf(id: string): readonly string[] {
    const found = this.byId.get(id)
    return found === undefined ? none : listed(found)
  }

  private add(key: string, id: string): void {
    const found = this.byKey.get(key)
    if (found === undefined) this.byKey.set(key, id)
    else if (typeof found === 'string') {
      if (found !== id) this.byKey.set(key, found < id ? [found, id] : [id, found])
    } else {
      const last = found[found.length - 1]
      if (last === id) return
      found.push(id)
      if (last !== undefined && last > id) this.unsorted.add(key)
    }
  }

  private remove(key: string, id: string): void {
    const found = this.byKey.get(key)
    if (found === id) this.byKey.delete(key)
    if (!Array.isArray(found)) return
    const at = found.indexOf(id)
    if (at >= 0) found.splice(at, 1)
    if (found.length === 0) this.byKey.delete(key)
  }
}

const none: readonly string[] = []

function listed(keys: string | readonly string[]): readonly string[] {
  return typeof keys === 'string' ? [keys] : keys
}

function distinct(keys: readonly string[]): readonly string[] {
  return keys.length > 1 ? [...new Set(keys)] : keys
}

function same(before: string | readonly string[], keys: readonly string[]): boolean {
  if (typeof before === 'string') return keys.length === 1 && keys[0] === before
  return before.length === keys.length && before.every((key, at) => key === keys[at])
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

  constructor(readonly store: DatasetStore) {}

  /** Commits, and brings the indexes up to date from what changed. */
  async commit(commit: Commit): Promise<readonly Committed[]> {
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
    const index = followed.indexes.get(definition.id) ?? new KeyIndex(definition)
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
