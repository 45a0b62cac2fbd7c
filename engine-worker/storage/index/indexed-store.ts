/**
 * A dataset store with the join indexes that follow it. An index is built by one scan when it is first used and then
 * follows the commits; pipes share indexes with the same expression.
 */
import type { Entity } from '../../entity/value.ts'
import type { Commit, CommitResult, DatasetInfo, DatasetStore } from '../store.ts'
import { applyLog, rebuildIndex } from './derived-index.ts'
import { byText, type KeyDefinition, KeyIndex } from './key-index.ts'

/** An index, and the position in the log that it reflects. */
interface FollowingIndex {
  readonly index: KeyIndex
  position: number
}

interface Followed {
  generation: number
  lastUpdated: number
  /** Built, by the id of the definition. */
  readonly indexes: Map<string, FollowingIndex>
  readonly building: Map<string, Promise<FollowingIndex>>
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
      for (const following of followed.indexes.values()) {
        if (following.position !== followed.lastUpdated) continue
        following.index.apply(changes.map(({ entity }) => entity))
        following.position = last
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
      for (const following of followed.indexes.values()) await this.catchUp(dataset, followed, following)
    }
    return info
  }

  /** The index, where it is there and current; otherwise {@link index} has to be awaited. */
  ready(dataset: string, definition: KeyDefinition): KeyIndex | null {
    const followed = this.followed.get(dataset)
    const following = followed?.indexes.get(definition.id)
    return following && following.position >= (followed?.lastUpdated ?? 0) ? following.index : null
  }

  /** The index, built by a scan where it does not exist yet. */
  async index(dataset: string, definition: KeyDefinition): Promise<KeyIndex> {
    const followed = await this.follow(dataset)
    const building = followed.building.get(definition.id)
    if (building) return (await building).index
    const build = this.build(dataset, followed, definition)
    followed.building.set(definition.id, build)
    try {
      return (await build).index
    } finally {
      followed.building.delete(definition.id)
    }
  }

  private async build(dataset: string, followed: Followed, definition: KeyDefinition): Promise<FollowingIndex> {
    const before = followed.indexes.get(definition.id)
    const following = before ?? { index: new KeyIndex(definition, this.seed), position: 0 }
    await this.catchUp(dataset, followed, following)
    followed.indexes.set(definition.id, following)
    return following
  }

  private async catchUp(dataset: string, followed: Followed, following: FollowingIndex): Promise<void> {
    while (following.position < followed.lastUpdated) {
      const until = followed.lastUpdated
      const bringUpToDate = following.position === 0 ? rebuildIndex : applyLog
      await bringUpToDate(following.index, this.store.scan(dataset, { since: following.position, until }))
      following.position = until
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

  /** Drops the indexes of a dataset; they are built again when they are next used. */
  forgetIndexes(dataset: string): void {
    this.followed.delete(dataset)
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
