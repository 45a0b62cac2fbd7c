/** The records of datatypes as they are stored now, for figures about a model. */
import { LRUCache } from 'lru-cache'
import { get } from '../../entity/dict.ts'
import { type Entity, isObject } from '../../entity/value.ts'
import type { DatasetInfo, DatasetStore } from '../../storage/store.ts'
import { collectName } from '../generate/plan-names.ts'
import type { Model } from '../model.ts'

/** Entities that are kept in memory between two questions. */
const MAX_CACHED_RECORDS = 500_000

/** The records of a datatype: those that were collected, or those of the dataset that will be collected. */
export interface StoredRecords {
  /** Null where nothing has been collected. */
  readonly dataset: string | null
  /** Changes with the data. */
  readonly state: string
  readonly entities: readonly Entity[]
}

const noRecords: StoredRecords = { dataset: null, state: '', entities: [] }

/** Reads the records of datatypes, each dataset once as long as it does not change. */
export class RecordReader {
  private readonly recordCache = new LRUCache<string, Promise<readonly Entity[]>>({
    max: 200,
    maxSize: MAX_CACHED_RECORDS,
  })

  constructor(private readonly store: DatasetStore) {}

  async records(model: Model, system: string, datatype: string): Promise<StoredRecords> {
    const info = await this.datasetOf(model, system, datatype)
    if (info === null) return noRecords
    const state = `${info.name} ${info.generation} ${info.lastUpdated}`
    const known = this.recordCache.get(state)
    if (known) return { dataset: info.name, state, entities: await known }
    const reading = this.read(info.name)
    this.recordCache.set(state, reading, { size: Math.max(1, Math.min(MAX_CACHED_RECORDS, info.live)) })
    reading.catch(() => this.recordCache.delete(state))
    return { dataset: info.name, state, entities: await reading }
  }

  /** The dataset with the records of a datatype; null where it has none. */
  private async datasetOf(model: Model, system: string, datatype: string): Promise<DatasetInfo | null> {
    const collected = await this.store.info(collectName({ system, datatype }))
    if (collected !== null && collected.live > 0) return collected
    const source = model.systems[system]?.datatypes[datatype]?.source
    const dataset = isObject(source) ? get(source, 'dataset') : undefined
    return (typeof dataset === 'string' ? await this.store.info(dataset) : null) ?? collected
  }

  private async read(dataset: string): Promise<readonly Entity[]> {
    const entities: Entity[] = []
    for await (const batch of this.store.scan(dataset, { live: true })) entities.push(...batch)
    return entities
  }
}
