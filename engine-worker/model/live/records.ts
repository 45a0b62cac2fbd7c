/** The records of datatypes as they are stored now, for figures about a model. */
import { LRUCache } from 'lru-cache'
import { get } from '../../entity/dict.ts'
import { type Entity, isObject } from '../../entity/value.ts'
import type { DatasetInfo, DatasetStore } from '../../storage/store.ts'
import { collectName } from '../generate/plan-names.ts'
import type { Model } from '../model.ts'

/** Entities that are kept in memory between two questions. */
const mostKept = 500_000

/** The records of a datatype: those that were collected, or those of the dataset that will be collected. */
export interface StoredRecords {
  /** Null where nothing has been collected. */
  readonly dataset: string | null
  /** Changes with the data. */
  readonly state: string
  readonly entities: readonly Entity[]
}

const none: StoredRecords = { dataset: null, state: '', entities: [] }

/** Reads the records of datatypes, each dataset once as long as it does not change. */
export class RecordReader {
  private readonly kept = new LRUCache<string, Promise<readonly Entity[]>>({ max: 200, maxSize: mostKept })

  constructor(private readonly store: DatasetStore) {}

  async records(model: Model, system: string, datatype: string): Promise<StoredRecords> {
    const info = await this.datasetOf(model, system, datatype)
    if (info === null) return none
    const state = `${info.name} ${info.generation} ${info.lastUpdated}`
    const known = this.kept.get(state)
    if (known) return { dataset: info.name, state, entities: await known }
    const reading = this.read(info.name)
    this.kept.set(state, reading, { size: Math.max(1, Math.min(mostKept, info.live)) })
    reading.catch(() => this.kept.delete(state))
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
