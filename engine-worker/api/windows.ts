/**
 * Windows of rows for tables: which versions a query has, in its order, is found once with one pass over the dataset
 * and kept as numbers; a window then reads only the rows it shows. A dataset is never held as objects.
 */

import { get } from '../entity/dict.ts'
import { compare } from '../entity/order.ts'
import { readEntity } from '../entity/transit.ts'
import type { Entity, Value } from '../entity/value.ts'
import type { DatasetStore } from '../storage/store.ts'
import { type Filter, meets } from './filter.ts'

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
  readonly sort?: { readonly by: string; readonly descending?: boolean }
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
interface Order {
  readonly key: string
  readonly updated: readonly number[]
  readonly columns: readonly string[]
}

const kept = 6
/** So many entities are looked into for the names of columns, spread over the dataset. */
const sampled = 2000

/** Answers queries for windows over one store. */
export class Windows {
  private readonly orders = new Map<string, Promise<Order>>()
  private readonly named = new Map<string, { readonly key: string; readonly columns: readonly string[] }>()

  constructor(private readonly store: DatasetStore) {}

  async rows(request: RowsRequest): Promise<Rows> {
    const info = await this.store.info(request.dataset)
    if (!info) return { rows: [], total: 0, columns: [] }
    const { from, count, ...query } = request
    const key = JSON.stringify([query, info.generation, info.lastUpdated])
    const order = await this.order(key, request)
    const wanted = order.updated.slice(Math.max(0, from), Math.max(0, from) + count)
    const texts = await this.store.textsAt(request.dataset, wanted)
    return { rows: texts.filter((text) => text !== null), total: order.updated.length, columns: order.columns }
  }

  /** The properties of the entities that a dataset begins with, most common first. */
  async columns(dataset: string): Promise<readonly string[]> {
    const info = await this.store.info(dataset)
    if (!info) return []
    const key = JSON.stringify([info.generation, info.lastUpdated])
    const known = this.named.get(dataset)
    if (known?.key === key) return known.columns
    const names = new Map<string, number>()
    for await (const { texts } of this.store.texts(dataset, { live: true })) {
      for (const text of texts) countNames(readEntity(text), names)
      break
    }
    const columns = byCount(names)
    this.named.set(dataset, { key, columns })
    return columns
  }

  private order(key: string, request: RowsRequest): Promise<Order> {
    const known = this.orders.get(key)
    if (known) {
      this.orders.delete(key)
      this.orders.set(key, known)
      return known
    }
    const finding = find(this.store, key, request)
    this.orders.set(key, finding)
    finding.catch(() => this.orders.delete(key))
    for (const old of this.orders.keys()) if (this.orders.size > kept) this.orders.delete(old)
    return finding
  }
}

async function find(store: DatasetStore, key: string, request: RowsRequest): Promise<Order> {
  const { dataset, search, filters = [], deleted = false, history = false, sort } = request
  const wanted = search?.toLowerCase()
  const updated: number[] = []
  const values: Value[] = []
  const names = new Map<string, number>()
  const options = { history, live: !deleted }
  for await (const batch of store.texts(dataset, options)) {
    for (const [index, text] of batch.texts.entries()) {
      if (wanted !== undefined && !occurs(wanted, text)) continue
      const filtered = filters.length > 0 ? readEntity(text) : null
      if (filtered && !meets(filtered, filters)) continue
      updated.push(batch.updated[index] ?? 0)
      const looked = updated.length <= sampled || updated.length % 64 === 0
      if (!sort && !looked) continue
      const entity = filtered ?? readEntity(text)
      if (sort) values.push(get(entity, sort.by) ?? null)
      if (looked) countNames(entity, names)
    }
  }
  return { key, updated: sort ? sorted(updated, values, sort.descending ?? false) : updated, columns: byCount(names) }
}

/** What the store adds to an entity, which nobody looks for: a hash has every short word in it. */
const stamps = /"_(?:hash":"[0-9a-f]*"|(?:ts|updated|previous)":(?:\d+|null)),?/g

function occurs(wanted: string, text: string): boolean {
  const lower = text.toLowerCase()
  return lower.includes(wanted) && lower.replace(stamps, '').includes(wanted)
}

function countNames(entity: Entity, names: Map<string, number>): void {
  for (const name of Object.keys(entity)) names.set(name, (names.get(name) ?? 0) + 1)
}

function byCount(names: ReadonlyMap<string, number>): readonly string[] {
  return [...names].sort((a, b) => b[1] - a[1]).map(([name]) => name)
}

/** Missing values come last in either direction. */
function sorted(updated: readonly number[], values: readonly Value[], descending: boolean): number[] {
  const places = updated.map((_, index) => index)
  places.sort((a, b) => {
    const [left = null, right = null] = [values[a], values[b]]
    if (left === null || right === null) return left === right ? a - b : left === null ? 1 : -1
    return (descending ? -compare(left, right) : compare(left, right)) || a - b
  })
  return places.map((place) => updated[place] ?? 0)
}
