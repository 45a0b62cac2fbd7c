/** The filters of a search: which of the versions that a query finds meet them. */
import type { DatasetSearchIndex } from '../search/index/dataset-index.ts'
import { foundVersions, matchAll } from '../search/index/index-search.ts'
import type { DocumentShape } from '../search/index/segment.ts'
import { type PropertyFilter, splitQuery } from '../search/property-filters.ts'
import { parseQuery, type Query } from '../search/query.ts'
import type { Filter } from './filter.ts'
import { MICROSECONDS } from './found-entities.ts'
import { type FilterSource, meetingOf } from './meeting-versions.ts'

/** A filter of a query as one of entities; `_updated` is the moment when a version was written. */
function filterOf({ property, how, value, isNegated }: PropertyFilter): Filter {
  if (property !== '_updated' || /^\d+$/.test(value)) return { property, how, value, isNegated }
  const moment = Date.parse(value)
  const toMicroseconds = (milliseconds: number) =>
    Number.isNaN(milliseconds) ? value : String(milliseconds * MICROSECONDS)
  const isDay = how === 'is' && /^\d{4}-\d\d-\d\d$/.test(value)
  // A day is all of its moments.
  return {
    property: '_ts',
    how,
    value: toMicroseconds(moment),
    isNegated,
    ...(isDay ? { end: toMicroseconds(moment + DAY) } : {}),
  }
}

const DAY = 86_400_000

/** The versions that a query finds and that meet all filters, by dataset. */
async function meetingVersions(
  source: FilterSource,
  indexes: readonly DatasetSearchIndex[],
  query: Query,
  withDeleted: boolean,
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, OrderedVersions>> {
  const found = new Map<string, OrderedVersions>()
  const needed = filters.filter((filter) => needsProperty(filter) && !/^[_$]/.test(filter.property))
  const mayMatch = ({ properties }: DocumentShape) =>
    needed.every(({ property }) => properties.includes(property) || properties.includes(property.split('.')[0] ?? ''))
  for (const index of indexes) {
    const versions = foundVersions(index, query, withDeleted, mayMatch)
    found.set(index.dataset, new OrderedVersions(await meetingOf(source, index, versions, filters, signal)))
  }
  return found
}

/** Versions, ascending, which are asked about mostly in their order. */
class OrderedVersions {
  private next = 0

  constructor(private readonly versions: readonly number[]) {}

  has(version: number): boolean {
    const { versions } = this
    if ((versions[this.next - 1] ?? 0) >= version) this.next = 0
    while ((versions[this.next] ?? Number.POSITIVE_INFINITY) < version) this.next++
    return versions[this.next] === version
  }
}

/** A query with the filters that stand in it, of which the versions that meet all are asked for where there are any. */
interface FilteredQuery {
  /** Null finds nothing. */
  readonly query: Query | null
  /** The filters in it, in their order. */
  readonly filters: readonly PropertyFilter[]
  /** Whether a version that the query finds meets the filters; absent where there are none. */
  readonly accepts?: (dataset: string, updated: number) => boolean
}

/** Reads a query with its filters, and finds the versions in indexes that meet these. */
export async function filteredQuery(
  source: FilterSource,
  indexes: readonly DatasetSearchIndex[],
  queryText: string,
  withDeleted: boolean,
  signal: AbortSignal,
): Promise<FilteredQuery> {
  const { text, filters } = splitQuery(queryText, (name) => name === '_id' || hasProperty(indexes, name))
  const query = text === '' && filters.length > 0 ? matchAll : parseQuery(text)
  if (query === null || filters.length === 0) return { query, filters }
  const accepted = await meetingVersions(source, indexes, query, withDeleted, filters.map(filterOf), signal)
  return { query, filters, accepts: (dataset, updated) => accepted.get(dataset)?.has(updated) === true }
}

function hasProperty(indexes: readonly DatasetSearchIndex[], name: string): boolean {
  return indexes.some(({ segments }) =>
    segments.some(({ parts }) => parts.shapes.some(({ properties }) => properties.includes(name))),
  )
}

/** Whether an entity without the property surely does not meet a filter. */
function needsProperty({ how, isNegated }: Filter): boolean {
  return isNegated !== true && how !== 'missing' && how !== 'is-not'
}
