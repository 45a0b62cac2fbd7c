/** What a run reads from a source: items, each with a name of its own, and the position behind them. */

import { get } from '../../entity/dict.ts'
import { decodeTransit, encodeTransit } from '../../entity/transit.ts'
import { DateTime, type Entity, isObject, type Json } from '../../entity/value.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import type { StateWrite } from '../../storage/store.ts'

/** An entity of a dataset. */
export interface EntityPlace {
  readonly dataset: string
  readonly id: string
}

/** One source entity. */
export interface SourceRecord {
  /** Unique in the source; what the tracking knows it by. */
  readonly key: string
  readonly entity: Entity
  /**
   * Where a run from the beginning would come to it, compared with others: of several source entities that make the same
   * output the last one counts.
   */
  readonly order: number
  /**
   * It is no longer in the source. `silently`: its outputs are to go; `deleted`: the entity, which says so itself, also
   * passes through the transforms, as Sesam does for replaced ids of the merge source.
   */
  readonly gone?: 'silently' | 'deleted'
}

/** The most versions of one dataset that are ordered before the next dataset. */
const MAX_DATASET_VERSIONS = 1e12

/** The order of a version where datasets are read one after the other; `place`: that of its dataset among them. */
export function orderOver(place: number, updated: number): number {
  return place * MAX_DATASET_VERSIONS + updated
}

/** A piece of reading, committed as one. */
export interface SourceBatch {
  readonly items: readonly SourceRecord[]
  /** The position behind these items, or null where it does not advance yet. */
  readonly position: Json | null
  /** Called once the items are transformed, for states that belong into the same commit. */
  readonly states?: () => StateWrite[]
}

/** The batch without what is gone silently: a run from the beginning has nothing to take back. */
export function withoutGone(batch: SourceBatch): SourceBatch {
  if (!batch.items.some(({ gone }) => gone === 'silently')) return batch
  return { ...batch, items: batch.items.filter(({ gone }) => gone !== 'silently') }
}

/** The batch in pieces with a limited number of source entities; position and states belong to the last of them. */
export function* piecesOf(batch: SourceBatch, size: number): Iterable<SourceBatch> {
  const { items } = batch
  let from = 0
  for (; from + size < items.length; from += size) yield { items: items.slice(from, from + size), position: null }
  yield { ...batch, items: from === 0 ? items : items.slice(from) }
}

/** A source as the run sees it. */
export interface SourceReader {
  /** Datasets it reads. */
  readonly datasets: readonly string[]
  /** Whether an item's key is its entity's `_id`. */
  readonly keysAreIds: boolean
  /** Whether reading from the beginning gives everything, so that what is missing afterwards is gone. */
  readonly whole: boolean
  /** Whether several versions of an item are read, so that even a run from the beginning meets what is gone later. */
  readonly history?: boolean
  /** Whether a position still means something; otherwise everything has to be read again. */
  valid(position: Json): Promise<boolean>
  /** Whether there is nothing to read after the position. */
  idle(position: Json): Promise<boolean>
  /** Everything (null) or what changed since a position. */
  changes(position: Json | null): AsyncIterable<SourceBatch>
  /** The items of these keys as they are now; keys that the source no longer has are left out. */
  fetch(keys: readonly string[]): Promise<readonly SourceRecord[]>
  /** The entities of datasets that a key stands for; none for sources that are no datasets. */
  membersOf(key: string): readonly EntityPlace[]
  /** The keys that an entity of a dataset is read under. */
  keysOf(place: EntityPlace): readonly string[]
  /** The keys that were read so far, where reading anew would change what the source remembers. */
  keys?(): Iterable<string>
  /** The version before the one at hand, for is-changed; undefined where the source keeps none. */
  previous?(item: SourceRecord): Promise<Entity | null>
  /** States to forget before a run from the beginning. */
  forget?(): StateWrite[]
}

/** Positions in several datasets: `{dataset: [generation, updated]}`. */
export type DatasetPositions = { [dataset: string]: [number, number] }

export function readPositions(json: Json | null): DatasetPositions {
  const positions: DatasetPositions = {}
  if (!isObject(json)) return positions
  for (const name of Object.keys(json)) {
    const pair = get(json, name)
    if (Array.isArray(pair)) Object.defineProperty(positions, name, dataProperty([Number(pair[0]), Number(pair[1])]))
  }
  return positions
}

function dataProperty(value: [number, number]): PropertyDescriptor {
  return { value, enumerable: true, writable: true, configurable: true }
}

/** A copy with one dataset's position set. */
export function withPosition(positions: DatasetPositions, dataset: string, at: [number, number]): DatasetPositions {
  const copy = { ...positions }
  Object.defineProperty(copy, dataset, dataProperty(at))
  return copy
}

export function positionIn(positions: DatasetPositions, dataset: string): [number, number] | undefined {
  return Object.hasOwn(positions, dataset) ? positions[dataset] : undefined
}

/**
 * A position moved back for a partial rescan: numbers by the delta itself, moments by that number of seconds. See
 * `partial_rescan_delta` in configuration-pump.rst.
 */
export function shiftedBack(position: Json | null, delta: number): Json | null {
  if (!isObject(position)) return position
  const since = get(position, 'since')
  if (typeof since === 'number') return { since: since - delta }
  if (typeof since === 'string') {
    const moment = decodeTransit(since)
    if (!(moment instanceof DateTime)) return position
    return { since: encodeTransit(new DateTime(moment.seconds - delta, moment.nanos)) }
  }
  const moved = Object.entries(readPositions(position)).map(([dataset, [generation, updated]]) => {
    return [dataset, [generation, Math.max(0, updated - delta)]]
  })
  return Object.fromEntries(moved)
}

/** Where the datasets' logs end now. */
export async function endsOf(store: IndexedStore, datasets: readonly string[]): Promise<DatasetPositions> {
  let positions: DatasetPositions = {}
  for (const dataset of datasets) {
    const info = await store.refresh(dataset)
    positions = withPosition(positions, dataset, [info?.generation ?? 0, info?.lastUpdated ?? 0])
  }
  return positions
}

/** Whether the datasets are still the ones the positions were taken in. A dataset that appears later was empty then. */
export async function stillValid(
  store: IndexedStore,
  positions: DatasetPositions,
  datasets: readonly string[],
): Promise<boolean> {
  const ends = await endsOf(store, datasets)
  for (const dataset of datasets) {
    const at = positionIn(positions, dataset)
    if (at && at[1] > 0 && at[0] !== positionIn(ends, dataset)?.[0]) return false
  }
  return Object.keys(positions).every((dataset) => datasets.includes(dataset))
}

/** Whether nothing was written after the positions. */
export async function nothingAfter(
  store: IndexedStore,
  positions: DatasetPositions,
  datasets: readonly string[],
): Promise<boolean> {
  const ends = await endsOf(store, datasets)
  return datasets.every(
    (dataset) => (positionIn(ends, dataset)?.[1] ?? 0) <= (positionIn(positions, dataset)?.[1] ?? 0),
  )
}

/** The name in front of an alias, and the alias. */
export function referencedDataset(reference: string): { dataset: string; alias: string } {
  const [dataset = '', alias] = reference.trim().split(/\s+/)
  return { dataset, alias: alias ?? dataset }
}

/** `_updated` of a stored version. */
export function updatedOf(entity: Entity): number {
  return typeof entity._updated === 'number' ? entity._updated : 0
}
