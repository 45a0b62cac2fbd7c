/**
 * Sources that are not datasets. Where nothing of theirs has to be processed again on its own, they are read straight
 * through; where later stages have tracked hops, what was read is kept in a dataset of its own (`system:source:<pipe>`),
 * and the pipe runs on that one, so that a single source entity can be processed again.
 */

import { isLaterPosition } from '../../config/model/setting.ts'
import { sourceOfDataset } from '../../config/model/syntax.ts'
import type { OutsideSource, RunContext } from '../../connectors/runtime.ts'
import { get } from '../../entity/dict.ts'
import { decodeTransit, encodeTransit } from '../../entity/transit.ts'
import { type Entity, isObject, type Json, type Value } from '../../entity/value.ts'
import { IdRows } from '../../storage/index/id-rows.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import { datasetReader } from './dataset.ts'
import type { SourceBatch, SourceReader, SourceRecord } from './item.ts'

/** Marks a kept source entity that was missing from a full read. */
const GONE = '$source_gone'
/** Marks a kept source entity that has no `_id` of its own. */
const WITHOUT_ID = '$source_without_id'

/** The dataset that holds what was read from a pipe's source. */
export function sourceCopy(pipe: string): string {
  return `system:source:${pipe}`
}

/** Where a pipe's source that is not a dataset is to be read from: `{since}`; kept in the pump's position. */
function sinceOf(position: Json | null): Value {
  return isObject(position) ? decodeTransit(get(position, 'since') ?? null) : null
}

/** Follows `_updated` through what is read, by the source's strategy (configuration-sources.rst). */
class SincePosition {
  private latest: Value
  constructor(
    private readonly strategy: OutsideSource['since'],
    start: Value,
  ) {
    this.latest = start
  }
  take(entity: Entity): void {
    const updated = entity._updated
    if (this.strategy === null || updated === undefined || updated === null) return
    if (this.strategy === 'chronological' || this.latest === null || isLaterPosition(updated, this.latest))
      this.latest = updated
  }
  /** The position, which the max strategy only knows at the end. */
  position(end: boolean): Json | null {
    if (this.strategy === null) return end ? {} : null
    if (this.strategy === 'max' && !end) return null
    return { since: encodeTransit(this.latest) }
  }
}

/** Reads the source straight through; `batch`: entities of a file at once. */
export function outsideReader(
  source: OutsideSource,
  running: RunContext,
  wanted: boolean,
  batch: number,
): SourceReader {
  return {
    datasets: [],
    keysAreIds: true,
    whole: source.whole,
    valid: async () => true,
    idle: async () => !wanted,
    async *changes(position) {
      if (!wanted) return
      const since = new SincePosition(source.since, sinceOf(position))
      let order = 0
      for await (const entities of source.read({ since: sinceOf(position), batch }, running)) {
        const items: SourceRecord[] = []
        for (const entity of entities) {
          since.take(entity)
          items.push({ key: copyKey(entity, order), entity, order: order++ })
        }
        yield { items, position: since.position(false) } satisfies SourceBatch
      }
      yield { items: [], position: since.position(true) }
    },
    fetch: async () => [],
    membersOf: () => [],
    keysOf: () => [],
  }
}

function copyKey(entity: Entity, order: number): string {
  return typeof entity._id === 'string' ? entity._id : `#${order}`
}

/** Reads what is kept of the source; {@link materializeSource} brings it up to date first. */
export function copyReader(pipe: string, store: IndexedStore, batch: number): SourceReader {
  const dataset = sourceCopy(pipe)
  const config = sourceOfDataset(dataset)
  const reader = datasetReader(
    {
      reads: 'datasets',
      config,
      datasets: [dataset],
      index: () => ({ id: '', keysOf: () => [] }),
      expression: () => () => null,
    },
    store,
    batch,
  )
  const originalRecord = (item: SourceRecord): SourceRecord => {
    if (get(item.entity, GONE) === true) return { ...item, gone: 'silently' }
    if (get(item.entity, WITHOUT_ID) !== true) return item
    const entity = { ...item.entity }
    delete entity[WITHOUT_ID]
    delete entity._id
    return { ...item, entity }
  }
  return {
    ...reader,
    keysAreIds: true,
    async *changes(position) {
      for await (const changes of reader.changes(position))
        yield { ...changes, items: changes.items.map(originalRecord) }
    },
    fetch: async (keys) => (await reader.fetch(keys)).map(originalRecord),
    membersOf: () => [],
    keysOf: () => [],
  }
}

/** The kept copy of a source. */
interface SourceCopy {
  readonly dataset: string
  readonly store: IndexedStore
  /** What may be written of some entities; see RunSide. */
  readonly copied: (entities: readonly Entity[]) => readonly Entity[]
}

/** Brings the kept copy of a source up to date; gives the position to read from the next time. */
export async function materializeSource(
  source: OutsideSource,
  { dataset, store, copied }: SourceCopy,
  running: RunContext,
  position: Json | null,
): Promise<Json | null> {
  const since = new SincePosition(source.since, sinceOf(position))
  const whole = source.whole && sinceOf(position) === null
  const readIds = new IdRows(store.seed)
  let order = 0
  for await (const entities of source.read({ since: sinceOf(position) }, running)) {
    const kept: Entity[] = []
    for (const entity of entities) {
      since.take(entity)
      const id = copyKey(entity, order++)
      if (whole) readIds.put(id, 1)
      kept.push(typeof entity._id === 'string' ? entity : { ...entity, _id: id, [WITHOUT_ID]: true })
    }
    await store.commit({ datasets: [{ dataset, entities: copied(kept) }] })
    await running.pause()
  }
  if (whole) {
    const missing: Entity[] = []
    for await (const batch of store.store.scan(dataset, { live: true })) {
      for (const { _id } of batch) {
        if (typeof _id === 'string' && !readIds.has(_id)) missing.push({ _id, _deleted: true, [GONE]: true })
      }
    }
    if (missing.length > 0) await store.commit({ datasets: [{ dataset, entities: copied(missing) }] })
  }
  return since.position(true)
}
