/** The filters of a search: which of the versions that a query finds meet them. */
import { put } from '../entity/dict.ts'
import { propertyValue } from '../entity/property-text.ts'
import type { Entity } from '../entity/value.ts'
import { turn } from '../run/turn.ts'
import type { DatasetSearchIndex } from '../search/index/dataset-index.ts'
import { foundVersions, matchAll } from '../search/index/index-search.ts'
import type { DocumentShape } from '../search/index/segment.ts'
import { type PropertyFilter, splitQuery } from '../search/property-filters.ts'
import { parseQuery, type Query } from '../search/query.ts'
import type { DatasetStore } from '../storage/store.ts'
import { filteredProperties, hasColumns, rowsMeeting, rowsOfVersions } from './column-filter.ts'
import { type Filter, meetsFilters } from './filter.ts'
import { queryOfFilter } from './filter-words.ts'
import { MICROSECONDS } from './found-entities.ts'
import type { KeptColumns } from './kept-columns.ts'

/** A filter of a query as one of entities; `_updated` is the moment when a version was written. */
function filterOf({ property, how, value, isNegated }: PropertyFilter): Filter {
  if (property !== '_updated' || /^\d+$/.test(value)) return { property, how, value, isNegated }
  const moment = Date.parse(value)
  const at = (milliseconds: number) => (Number.isNaN(milliseconds) ? value : String(milliseconds * MICROSECONDS))
  const isDay = how === 'is' && /^\d{4}-\d\d-\d\d$/.test(value)
  // A day is all of its moments.
  return { property: '_ts', how, value: at(moment), isNegated, ...(isDay ? { end: at(moment + DAY) } : {}) }
}

const DAY = 86_400_000

/** What filters read: versions, and columns where there are many of these. */
interface FilterSource {
  readonly store: DatasetStore
  readonly columns: KeptColumns
}

/** The versions that a query finds and that meet all filters, by dataset. */
async function meetingVersions(
  source: FilterSource,
  indexes: readonly DatasetSearchIndex[],
  query: Query,
  withDeleted: boolean,
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const found = new Map<string, ReadonlySet<number>>()
  const needed = filters.filter((filter) => needsProperty(filter) && !/^[_$]/.test(filter.property))
  const mayHave = ({ properties }: DocumentShape) =>
    needed.every(({ property }) => properties.includes(property) || properties.includes(property.split('.')[0] ?? ''))
  for (const index of indexes) {
    const versions = foundVersions(index, query, withDeleted, mayHave)
    found.set(index.dataset, new Set(await meetingOf(source, index, versions, filters, signal)))
  }
  return found
}

/** Those of a dataset's versions, ascending, that meet all filters: first by columns where that is quicker. */
async function meetingOf(
  { store, columns }: FilterSource,
  index: DatasetSearchIndex,
  versions: readonly number[],
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<readonly number[]> {
  const { dataset } = index
  const read = (some: readonly number[], asked: readonly Filter[]) => readMeeting(store, dataset, some, asked, signal)
  const byColumns = filters.filter(hasColumns)
  const properties = [...new Set(byColumns.flatMap(filteredProperties))]
  const isQuicker =
    versions.length > FEW_VERSIONS &&
    properties.length > 0 &&
    (versions.length > MOST_READ || (await columns.isAtHand(dataset, properties)))
  const kept = isQuicker ? await columns.columns(dataset, properties, { signal }) : null
  const only = (some: readonly number[], meeting: readonly boolean[]) => some.filter((_, at) => meeting[at])
  if (!kept) return only(versions, await read(versions, filters))
  const { rows, others } = rowsOfVersions(kept, versions)
  let meeting = rows
  for (const filter of byColumns) {
    const words = meeting.length > FEW_VERSIONS ? queryOfFilter(filter) : null
    const holding = words && new Set(foundVersions(index, words, true, () => true))
    const mayHold = holding && ((version: number) => holding.has(version))
    meeting = await rowsMeeting(kept, meeting, filter, (some) => read(some, [filter]), mayHold)
  }
  const rest = meeting.map((row) => kept.updated[row] ?? 0)
  const further = filters.filter((filter) => !hasColumns(filter))
  return [
    ...(further.length > 0 ? only(rest, await read(rest, further)) : rest),
    // Deleted ones, and those that the columns do not have any more.
    ...only(others, await read(others, filters)),
  ]
}

/** Whether each of some versions meets all filters, by reading them. */
async function readMeeting(
  store: DatasetStore,
  dataset: string,
  versions: readonly number[],
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<readonly boolean[]> {
  const read = filters.flatMap(filteredProperties)
  const meeting: boolean[] = []
  for (let from = 0; from < versions.length && !signal.aborted; from += READ_AT_ONCE) {
    for (const text of await store.textsAt(dataset, versions.slice(from, from + READ_AT_ONCE))) {
      meeting.push(text !== null && meetsFilters(partOfText(text, read), filters))
    }
    await turn()
  }
  return meeting
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
  source: FilterSource,
  indexes: readonly DatasetSearchIndex[],
  asked: string,
  withDeleted: boolean,
  signal: AbortSignal,
): Promise<FilteredQuery> {
  const { text, filters } = splitQuery(asked)
  const query = text === '' && filters.length > 0 ? matchAll : parseQuery(text)
  if (query === null || filters.length === 0) return { query }
  const accepted = await meetingVersions(source, indexes, query, withDeleted, filters.map(filterOf), signal)
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
/** So few versions are read and no columns; of more, columns that are at hand; of so many, any columns. */
const FEW_VERSIONS = 1000
const MOST_READ = 100_000

/** Whether an entity without the property surely does not meet a filter. */
function needsProperty({ how, isNegated }: Filter): boolean {
  return isNegated !== true && how !== 'missing' && how !== 'is-not'
}
