/**
 * Windows of rows for tables: which versions a query has, in its order, is found once with one pass over the dataset
 * and kept as numbers; a window then reads only the rows it shows. A dataset is never held as objects.
 */

import { LRUCache } from 'lru-cache'
import { put } from '../entity/dict.ts'
import { readEntity } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import { turn } from '../run/turn.ts'
import type { DatasetStore, RowBatch } from '../storage/store.ts'
import { type Filter, meetsFilters } from './filter.ts'
import { RowOrder, type RowSort } from './row-order.ts'

export interface RowsRequest {
  readonly dataset: string
  readonly from: number
  readonly count: number
  /** Text that must occur in the entity's JSON; what the store adds does not count. */
  readonly search?: string
  /** All of them must hold. */
  readonly filters?: readonly Filter[]
  readonly deleted?: boolean
  readonly history?: boolean
  /** The first counts most. */
  readonly sort?: readonly RowSort[]
}

/** The rows of a window, and what a table needs to draw around them. */
interface Rows {
  /** Entities as transit JSON text, in order. */
  readonly rows: readonly string[]
  readonly total: number
  /** Property names seen, most common first. */
  readonly columns: readonly string[]
}

/** The versions a query has, by their `_updated`. */
interface EntityOrder {
  readonly updated: Uint32Array | Float64Array
  readonly columns: readonly string[]
}

/** The most orders that are kept, and the most bytes that they may take. */
const MAX_CACHED_ORDERS = 6
const MAX_CACHED_BYTES = 32_000_000
/** Entities that are read for the names of columns, spread over the dataset. */
const SAMPLED_ENTITIES = 2000

/** Answers queries for windows over one store. */
export class Windows {
  private readonly orders = new LRUCache<string, Promise<EntityOrder>>({
    max: MAX_CACHED_ORDERS,
    maxSize: MAX_CACHED_BYTES,
  })
  private readonly columnNames = new Map<string, { readonly key: string; readonly columns: readonly string[] }>()

  constructor(private readonly store: DatasetStore) {}

  async rows(request: RowsRequest): Promise<Rows> {
    const info = await this.store.info(request.dataset)
    if (!info) return { rows: [], total: 0, columns: [] }
    const { from, count, ...query } = request
    const key = JSON.stringify([query, info.generation, info.lastUpdated])
    const order = await this.order(key, request)
    const wanted = Array.from(order.updated.subarray(Math.max(0, from), Math.max(0, from) + count))
    const texts = await this.store.textsAt(request.dataset, wanted)
    return { rows: texts.filter((text) => text !== null), total: order.updated.length, columns: order.columns }
  }

  /** The versions that a query has, by `_updated`, in the order of the log. */
  async versions(query: Omit<RowsRequest, 'from' | 'count' | 'sort'>): Promise<ArrayLike<number>> {
    const info = await this.store.info(query.dataset)
    if (!info) return []
    const request = { ...query, from: 0, count: 0 }
    return (await this.order(JSON.stringify([query, info.generation, info.lastUpdated]), request)).updated
  }

  /** The properties of the entities that a dataset begins with, most common first. */
  async columns(dataset: string): Promise<readonly string[]> {
    const info = await this.store.info(dataset)
    if (!info) return []
    const key = JSON.stringify([info.generation, info.lastUpdated])
    const known = this.columnNames.get(dataset)
    if (known?.key === key) return known.columns
    const names = new Map<string, number>()
    let looked = 0
    for await (const batch of this.store.rows(dataset, { live: true })) {
      for (let at = 0; at < batch.updated.length; at++) countNames(readEntity(batch.text(at)), names)
      looked += batch.updated.length
      if (looked >= SAMPLED_ENTITIES) break
    }
    const columns = byCount(names)
    this.columnNames.set(dataset, { key, columns })
    return columns
  }

  private order(key: string, request: RowsRequest): Promise<EntityOrder> {
    const known = this.orders.get(key)
    if (known) return known
    const finding = find(this.store, request)
    this.orders.set(key, finding, { size: 1 })
    finding.then(
      ({ updated }) => {
        // It takes its room from now on; one that is larger than the room is the only one.
        if (this.orders.has(key))
          this.orders.set(key, finding, { size: Math.min(MAX_CACHED_BYTES, updated.byteLength + 1) })
      },
      () => this.orders.delete(key),
    )
    return finding
  }
}

async function find(store: DatasetStore, request: RowsRequest): Promise<EntityOrder> {
  const { dataset, search, filters = [], deleted = false, history = false, sort } = request
  const searchText = search?.toLowerCase()
  const found = new PositionList()
  const keys = sort && sort.length > 0 ? new RowOrder(sort) : null
  const names = new Map<string, number>()
  const properties = filters.flatMap(({ property }) => [property, property.split('.')[0] ?? ''])
  for await (const batch of store.rows(dataset, { history, live: !deleted })) {
    for (let at = 0; at < batch.updated.length; at++) {
      if (searchText !== undefined && !(batch.mayContain(at, searchText) && containsText(searchText, batch.text(at))))
        continue
      if (filters.length > 0 && !meetsFilters(partOf(batch, at, properties), filters)) continue
      found.add(batch.updated[at] ?? 0)
      keys?.add(batch, at)
      if (found.count <= SAMPLED_ENTITIES || found.count % 64 === 0) countNames(readEntity(batch.text(at)), names)
    }
  }
  const columns = byCount(names)
  const updated = found.all()
  if (!keys) return { updated, columns }
  const rows = await keys.order(turn)
  const sorted = updated.slice()
  for (let place = 0; place < rows.length; place++) sorted[place] = updated[rows[place] ?? 0] ?? 0
  return { updated: sorted, columns }
}

/** Sequence numbers one after the other, of 4 bytes each as long as they fit. */
class PositionList {
  count = 0
  private numbers: Uint32Array | Float64Array = new Uint32Array(1024)

  add(position: number): void {
    if (position > 0xffff_ffff && this.numbers instanceof Uint32Array) this.numbers = Float64Array.from(this.numbers)
    if (this.count === this.numbers.length) {
      const { numbers } = this
      const size = 2 * numbers.length
      this.numbers = numbers instanceof Uint32Array ? new Uint32Array(size) : new Float64Array(size)
      this.numbers.set(numbers)
    }
    this.numbers[this.count++] = position
  }

  all(): Uint32Array | Float64Array {
    return this.numbers.slice(0, this.count)
  }
}

/** An entity of which only some properties were read. */
function partOf(batch: RowBatch, at: number, properties: readonly string[]): Entity {
  const part: Entity = {}
  for (const property of properties) {
    const value = batch.value(at, property)
    if (value !== undefined) put(part, property, value)
  }
  return part
}

/** What the store adds to an entity. It is not searched, because a hash contains every short word. */
const stampPattern = /"_(?:hash":"[0-9a-f]*"|(?:ts|updated|previous)":(?:\d+|null)),?/g

function containsText(wanted: string, text: string): boolean {
  const lower = text.toLowerCase()
  return lower.includes(wanted) && lower.replace(stampPattern, '').includes(wanted)
}

function countNames(entity: Entity, names: Map<string, number>): void {
  for (const name of Object.keys(entity)) names.set(name, (names.get(name) ?? 0) + 1)
}

function byCount(names: ReadonlyMap<string, number>): readonly string[] {
  return [...names].sort((a, b) => b[1] - a[1]).map(([name]) => name)
}
