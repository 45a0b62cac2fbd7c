/** Windows of a dataset's rows for a table: in log order, searched or sorted, without holding the dataset in memory. */
import type { DatasetInfo, DatasetStore } from '../datasets/store.ts'
import { get } from '../entity/dict.ts'
import { compare } from '../entity/order.ts'
import { printEntity } from '../entity/transit.ts'
import type { Entity, Value } from '../entity/value.ts'
import type { Rows, RowsRequest } from '../protocol.ts'

const PAGE = 2000
const SAMPLE = 500

/** What is known of one view of a dataset, as long as the dataset does not change. */
interface View {
  readonly stamp: string
  /** `_updated` in front of every so many rows, for windows in log order. */
  readonly pages: number[]
  /** The `_id`s in order, where the view is searched or sorted. */
  ids: readonly string[] | null
  total: number | null
  columns: readonly string[] | null
}

/** Gives windows of datasets; remembers where it found them. */
export class Windows {
  private readonly views = new Map<string, View>()

  constructor(private readonly store: DatasetStore) {}

  async rows(request: RowsRequest): Promise<Rows> {
    const info = await this.store.info(request.dataset)
    if (!info) return { rows: [], total: 0, columns: [] }
    const view = this.view(request, info)
    const found =
      request.search || request.sort ? await this.chosen(request, view) : await this.window(request, view, info)
    view.columns ??= await this.columns(request)
    return { rows: found.map(printEntity), total: view.total ?? 0, columns: withOthers(view.columns, found) }
  }

  private view({ dataset, search, deleted, history, sort }: RowsRequest, info: DatasetInfo): View {
    const name = JSON.stringify([dataset, search ?? '', deleted === true, history === true, sort ?? null])
    const stamp = `${info.generation} ${info.lastUpdated} ${info.versions}`
    const known = this.views.get(name)
    if (known?.stamp === stamp) return known
    const view: View = { stamp, pages: [0], ids: null, total: null, columns: null }
    this.views.delete(name)
    this.views.set(name, view)
    if (this.views.size > 20) this.views.delete(this.views.keys().next().value ?? '')
    return view
  }

  private options({ deleted, history }: RowsRequest) {
    return { live: deleted !== true, history: history === true }
  }

  /** A window in log order: from the last known place in front of it. */
  private async window(request: RowsRequest, view: View, info: DatasetInfo): Promise<Entity[]> {
    const { dataset, from, count, deleted, history } = request
    if (history !== true) view.total = info.live + (deleted ? info.deleted : 0)
    else if (deleted) view.total = info.versions
    else view.total ??= await this.count(request)
    const page = Math.min(Math.floor(from / PAGE), view.pages.length - 1)
    let at = page * PAGE
    const rows: Entity[] = []
    const options = { ...this.options(request), since: view.pages[page] ?? 0, batch: PAGE }
    for await (const batch of this.store.scan(dataset, options)) {
      for (const entity of batch) {
        if (at >= from && at < from + count) rows.push(entity)
        at++
        if (at % PAGE === 0 && view.pages.length === at / PAGE) view.pages.push(Number(entity._updated))
      }
      if (at >= from + count) break
    }
    return rows
  }

  private async count(request: RowsRequest): Promise<number> {
    let count = 0
    for await (const batch of this.store.scan(request.dataset, this.options(request))) count += batch.length
    return count
  }

  /** A window of what a search finds, or of what is sorted. */
  private async chosen(request: RowsRequest, view: View): Promise<Entity[]> {
    const { dataset, from, count, history } = request
    if (history) return this.chosenVersions(request, view)
    view.ids ??= (await this.choose(request)).map((entity) => String(entity._id))
    view.total = view.ids.length
    const found = await this.store.lookup(dataset, view.ids.slice(from, from + count))
    return found.filter((entity) => entity !== null)
  }

  private async chosenVersions(request: RowsRequest, view: View): Promise<Entity[]> {
    const versions = await this.choose(request)
    view.total = versions.length
    return versions.slice(request.from, request.from + request.count)
  }

  /** All entities that a search finds, sorted where asked for; only what sorting needs is kept of each. */
  private async choose(request: RowsRequest): Promise<Entity[]> {
    const { dataset, search, sort, history } = request
    const text = search?.toLowerCase()
    const found: Entity[] = []
    for await (const batch of this.store.scan(dataset, this.options(request))) {
      for (const entity of batch) {
        if (text && !printEntity(entity).toLowerCase().includes(text)) continue
        found.push(history ? entity : keyOf(entity, sort?.by))
      }
    }
    if (sort) {
      const direction = sort.descending ? -1 : 1
      found.sort((a, b) => direction * compare(sortValue(a, sort.by), sortValue(b, sort.by)))
    }
    return found
  }

  private async columns(request: RowsRequest): Promise<string[]> {
    const counts = new Map<string, number>()
    for await (const batch of this.store.scan(request.dataset, { ...this.options(request), batch: SAMPLE })) {
      for (const entity of batch) for (const key of Object.keys(entity)) counts.set(key, (counts.get(key) ?? 0) + 1)
      break
    }
    return [...counts].sort((a, b) => b[1] - a[1]).map(([key]) => key)
  }
}

function keyOf(entity: Entity, by: string | undefined): Entity {
  const kept: Entity = { _id: entity._id ?? null }
  if (by !== undefined && by !== '_id' && by !== '__proto__') kept[by] = get(entity, by) ?? null
  return kept
}

function sortValue(entity: Entity, by: string): Value {
  return get(entity, by) ?? null
}

function withOthers(columns: readonly string[], rows: readonly Entity[]): readonly string[] {
  const known = new Set(columns)
  for (const row of rows) for (const key of Object.keys(row)) known.add(key)
  return [...known]
}
