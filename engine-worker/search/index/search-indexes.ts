/** The search indexes of a store's datasets: each follows its dataset from where it is, without holding up a run. */
import { readEntity } from '../../entity/transit.ts'
import type { DatasetInfo, DatasetStore } from '../../storage/store.ts'
import { DatasetSearchIndex } from './dataset-index.ts'
import { KeptIndex, keptIndexes, removeKeptIndex } from './kept-index.ts'

/** How far the index of a dataset is. */
export interface IndexProgress {
  readonly dataset: string
  /** Entities that are found now, deleted ones apart. */
  readonly indexed: number
  /** Entities that the dataset has, deleted ones apart. */
  readonly entities: number
  /** About what the index takes in memory, and as much on disk. */
  readonly bytes: number
  /** Whether it has everything that the dataset has. */
  readonly complete: boolean
}

interface Followed {
  generation: number
  readonly index: DatasetSearchIndex
  readonly kept: KeptIndex
}

interface FollowOptions {
  readonly onProgress?: (progress: IndexProgress) => void
  readonly signal?: AbortSignal
}

/** Versions that are read before other work gets its turn, and before the index is stored. */
const BATCH_SIZE = 500
const SAVE_AFTER_VERSIONS = 32_768
/** One of so many versions is few: reading their ids first is quicker than an index of all ids. */
const REPLACE_SHARE = 100

/** All search indexes over one store. */
export class SearchIndexes {
  private readonly followed = new Map<string, Followed>()
  /** The datasets of which an index may be kept; null as long as that is not known. */
  private storedDatasets: Set<string> | null = null
  /** Indexes follow one after the other, so that no two read for the same. */
  private running: Promise<unknown> = Promise.resolve()

  /**
   * @param seed random, so that ids cannot be chosen to collide
   * @param newTurn begins a piece of work, and gives what lets other work of the thread have its turn
   */
  constructor(
    private readonly store: DatasetStore,
    private readonly seed: number,
    private readonly newTurn: () => () => Promise<void>,
  ) {}

  /** The indexes of datasets as they are, in this order; empty ones where nothing was read yet. */
  indexesOf(datasets: readonly string[]): readonly DatasetSearchIndex[] {
    return datasets.flatMap((dataset) => this.followed.get(dataset)?.index ?? [])
  }

  /** How far the index of a dataset is; null where there is no such dataset. */
  async progress(dataset: string): Promise<IndexProgress | null> {
    const info = await this.store.info(dataset)
    if (!info) return null
    const followed = this.followed.get(dataset)
    const index = followed?.generation === info.generation ? followed.index : null
    return {
      dataset,
      indexed: index?.live ?? 0,
      entities: info.live,
      bytes: index?.bytes ?? 0,
      complete: index !== null && index.position >= info.lastUpdated,
    }
  }

  /** Brings the index of a dataset up to date. Ends early, with what was made kept, when `signal` is aborted. */
  follow(dataset: string, options: FollowOptions = {}): Promise<void> {
    const following = this.running.then(() => this.catchUp(dataset, options))
    this.running = following.catch(() => undefined)
    return following
  }

  /** Lets go of the index of a dataset, in memory and as it is kept. */
  async remove(dataset: string): Promise<void> {
    await this.running
    await this.drop(dataset)
  }

  /** Removes what is kept of datasets that are not there any more. */
  async removeStale(datasets: ReadonlySet<string>): Promise<void> {
    // To look for them reads all that is kept; later on only what was followed since can be there.
    this.storedDatasets ??= new Set(await keptIndexes(this.store))
    for (const dataset of [...this.storedDatasets]) if (!datasets.has(dataset)) await this.remove(dataset)
  }

  private async drop(dataset: string): Promise<void> {
    this.storedDatasets?.delete(dataset)
    this.followed.delete(dataset)
    await removeKeptIndex(this.store, dataset)
  }

  private async catchUp(dataset: string, { onProgress, signal }: FollowOptions): Promise<void> {
    const info = await this.store.info(dataset)
    if (!info) return this.drop(dataset)
    const followed = await this.open(dataset, info.generation)
    const { index, kept } = followed
    if (!(await this.isOfLog(index, info))) index.clear()
    if (index.position >= info.lastUpdated && index.live === info.live) return
    await this.read(followed, { ...(onProgress ? { onProgress } : {}), ...(signal ? { signal } : {}) })
    if (signal?.aborted) return
    // Compaction can remove entities without a trace in the log.
    const after = await this.store.info(dataset)
    const fits =
      !after || after.pendingSince !== null || index.position < after.lastUpdated || index.live === after.live
    if (fits || after.generation !== followed.generation) return
    index.clear()
    await this.read(followed, { ...(onProgress ? { onProgress } : {}), ...(signal ? { signal } : {}) })
    await kept.save(followed.generation)
  }

  /** False where the dataset was removed and made again since. */
  private async isOfLog(
    { dataset, position, witness }: DatasetSearchIndex,
    { lastUpdated }: DatasetInfo,
  ): Promise<boolean> {
    if (position > lastUpdated) return false
    if (witness === null) return true
    const [text] = await this.store.textsAt(dataset, [witness.updated])
    // Compaction may have removed it.
    return typeof text !== 'string' || Number(readEntity(text)._ts) === witness.ts
  }

  private async read({ index, kept, generation }: Followed, { onProgress, signal }: FollowOptions): Promise<void> {
    let unsaved = 0
    const { dataset } = index
    const turn = this.newTurn()
    const until = (await this.store.info(dataset))?.lastUpdated ?? 0
    await index.readLatest(await this.newIds(index, until), turn)
    const report = async () => {
      const progress = onProgress ? await this.progress(dataset) : null
      if (progress) onProgress?.(progress)
    }
    for await (const batch of this.store.rows(dataset, { since: index.position, until })) {
      for (let from = 0; from < batch.updated.length && !signal?.aborted; from += BATCH_SIZE) {
        const to = Math.min(from + BATCH_SIZE, batch.updated.length)
        index.applyRows(batch, from, to)
        unsaved += to - from
        await turn()
      }
      if (signal?.aborted) break
      if (unsaved < SAVE_AFTER_VERSIONS) continue
      index.seal()
      await kept.save(generation)
      unsaved = 0
      await report()
    }
    // Versions that are the latest no longer were passed over.
    if (!signal?.aborted) index.position = Math.max(index.position, until)
    index.rest()
    await kept.save(generation)
    await report()
  }

  /** The ids of the versions that are new, where these are few beside those that are known; otherwise null. */
  private async newIds({ dataset, position }: DatasetSearchIndex, until: number): Promise<readonly string[] | null> {
    const ids: string[] = []
    if (REPLACE_SHARE * (until - position) > position) return null
    for await (const batch of this.store.rows(dataset, { since: position, until })) {
      for (let at = 0; at < batch.updated.length; at++) ids.push(String(batch.value(at, '_id')))
    }
    return ids
  }

  private async open(dataset: string, generation: number): Promise<Followed> {
    const before = this.followed.get(dataset)
    if (before?.generation === generation) return before
    const index = new DatasetSearchIndex(dataset, this.seed)
    const kept = new KeptIndex(this.store, index)
    const followed = { generation, index, kept }
    await kept.load(generation)
    this.followed.set(dataset, followed)
    this.storedDatasets?.add(dataset)
    return followed
  }
}
