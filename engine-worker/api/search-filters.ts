/** The filters of a search: which of the versions that a query finds meet them. */
import { put } from '../entity/dict.ts'
import { propertyValue } from '../entity/property-text.ts'
import type { Entity } from '../entity/value.ts'
import { turn } from '../run/turn.ts'
import type { DatasetSearchIndex } from '../search/index/dataset-index.ts'
import { everything, foundVersions } from '../search/index/index-search.ts'
import type { DocumentShape } from '../search/index/segment.ts'
import { type PropertyFilter, splitQuery } from '../search/property-filters.ts'
import { parseQuery, type Query } from '../search/query.ts'
import type { DatasetStore } from '../storage/store.ts'
import { type Filter, type FilterHow, meets } from './filter.ts'
import { MICROSECONDS } from './found-entities.ts'

/** A filter of a query as a filter of entities; `_updated` is the moment when a version was written. */
function filterOf({ property, how, value }: PropertyFilter): Filter {
  if (property !== '_updated' || /^\d+$/.test(value)) return { property, how, value }
  const moment = Date.parse(value)
  return { property: '_ts', how, value: Number.isNaN(moment) ? value : String(moment * MICROSECONDS) }
}

/** The versions that a query finds and that meet all filters, by dataset. */
async function meetingVersions(
  store: DatasetStore,
  indexes: readonly DatasetSearchIndex[],
  query: Query,
  withDeleted: boolean,
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const found = new Map<string, ReadonlySet<number>>()
  const needed = filters.filter(({ how, property }) => needsProperty(how) && !/^[_$]/.test(property))
  const read = filters.flatMap(({ property }) => [property, property.split('.')[0] ?? ''])
  const mayHave = ({ properties }: DocumentShape) =>
    needed.every(({ property }) => properties.includes(property) || properties.includes(property.split('.')[0] ?? ''))
  for (const index of indexes) {
    const versions = foundVersions(index, query, withDeleted, mayHave)
    const meeting = new Set<number>()
    for (let from = 0; from < versions.length && !signal.aborted; from += READ_AT_ONCE) {
      const part = versions.slice(from, from + READ_AT_ONCE)
      for (const [at, text] of (await store.textsAt(index.dataset, part)).entries()) {
        if (text !== null && meets(partOfText(text, read), filters)) meeting.add(part[at] ?? 0)
      }
      await turn()
    }
    found.set(index.dataset, meeting)
  }
  return found
}

/** A query with the filters that stand in it, of which the versions that meet all are asked for where there are any. */
interface FilteredQuery {
  /** Null finds nothing. */
  readonly query: Query | null
  /** Whether a version that the query finds meets the filters; absent where there are none. */
  readonly accepts?: (dataset: string, updated: number) => boolean
}

/** Reads a query with its filters, and finds the versions in indexes that meet these. */
export async function filteredQuery(
  store: DatasetStore,
  indexes: readonly DatasetSearchIndex[],
  asked: string,
  withDeleted: boolean,
  signal: AbortSignal,
): Promise<FilteredQuery> {
  const { text, filters } = splitQuery(asked)
  const query = text === '' && filters.length > 0 ? everything : parseQuery(text)
  if (query === null || filters.length === 0) return { query }
  const accepted = await meetingVersions(store, indexes, query, withDeleted, filters.map(filterOf), signal)
  return { query, accepts: (dataset, updated) => accepted.get(dataset)?.has(updated) === true }
}

/** An entity of which only some properties are read. */
function partOfText(text: string, properties: readonly string[]): Entity {
  const part: Entity = {}
  for (const property of properties) {
    const value = propertyValue(text, 0, text.length, property)
    if (value !== undefined) put(part, property, value)
  }
  return part
}

/** Entities that filters look at before others have their turn. */
const READ_AT_ONCE = 500

function needsProperty(how: FilterHow): boolean {
  return how !== 'missing' && how !== 'is-not'
}
