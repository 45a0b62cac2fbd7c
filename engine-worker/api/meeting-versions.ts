/** Which of the versions of a dataset meet filters: by reading them, or by columns where there are many. */
import { put } from '../entity/dict.ts'
import { propertyValue } from '../entity/property-text.ts'
import type { Entity } from '../entity/value.ts'
import { turn } from '../run/turn.ts'
import type { DatasetSearchIndex } from '../search/index/dataset-index.ts'
import { foundVersions } from '../search/index/index-search.ts'
import type { DatasetStore } from '../storage/store.ts'
import { filteredProperties, hasColumns, rowsMeeting, rowsOfVersions } from './column-filter.ts'
import { type Filter, meetsFilters } from './filter.ts'
import { queryOfFilter } from './filter-words.ts'
import type { KeptColumns } from './kept-columns.ts'
import { isOfOneColumn, storedMeeting } from './stored-filter.ts'

/** What filters read: versions, and columns where there are many of these. */
export interface FilterSource {
  readonly store: DatasetStore
  readonly columns: KeptColumns
}

/** Those of a dataset's versions, ascending, that meet all filters: first by columns where that is quicker. */
export async function meetingOf(
  { store, columns }: FilterSource,
  index: DatasetSearchIndex,
  versions: readonly number[],
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<readonly number[]> {
  const { dataset } = index
  const readVersions = (some: readonly number[], wantedFilters: readonly Filter[]) =>
    readMeeting(store, dataset, some, wantedFilters, signal)
  if (versions.length <= MAX_VERSIONS_TO_FETCH) return matchingVersions(versions, await readVersions(versions, filters))
  const stored = filters.some(isOfOneColumn) ? await columns.storedRows(dataset) : null
  if (stored) {
    let rest = versions
    const others: number[] = []
    for (const filter of filters.filter(isOfOneColumn)) {
      const found = await storedMeeting(stored, rest, filter, (some) => readVersions(some, [filter]))
      rest = found.met
      for (const version of found.others) others.push(version)
    }
    const further = filters.filter((filter) => !isOfOneColumn(filter))
    if (further.length > 0) rest = await meetingOf({ store, columns }, index, rest, further, signal)
    return mergeSorted(rest, matchingVersions(others, await readVersions(others, filters)))
  }
  const byColumns = filters.filter(hasColumns)
  const properties = [...new Set(byColumns.flatMap(filteredProperties))]
  const isQuicker =
    properties.length > 0 && (versions.length > MAX_VERSIONS_READ || (await columns.isAtHand(dataset, properties)))
  const kept = isQuicker ? await columns.columns(dataset, properties, { signal }) : null
  if (!kept) return matchingVersions(versions, await readVersions(versions, filters))
  const { rows, others } = rowsOfVersions(kept, versions)
  let meeting = rows
  for (const filter of byColumns) {
    const words = meeting.length > MAX_VERSIONS_TO_FETCH ? queryOfFilter(filter) : null
    const holding = words && new Set(foundVersions(index, words, true, () => true))
    const mayHold = holding && ((version: number) => holding.has(version))
    meeting = await rowsMeeting(kept, meeting, filter, (some) => readVersions(some, [filter]), mayHold)
  }
  const rest = meeting.map((row) => kept.updated[row] ?? 0)
  const further = filters.filter((filter) => !hasColumns(filter))
  const met = further.length > 0 ? matchingVersions(rest, await readVersions(rest, further)) : rest
  // Deleted ones, and those that the columns do not have any more.
  return mergeSorted(met, matchingVersions(others, await readVersions(others, filters)))
}

function matchingVersions(versions: readonly number[], meeting: readonly boolean[]): readonly number[] {
  return versions.filter((_, at) => meeting[at])
}

/** Two ascending lists as one. */
function mergeSorted(versions: readonly number[], others: readonly number[]): readonly number[] {
  return others.length === 0 ? versions : [...versions, ...others].sort((a, b) => a - b)
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
  for (let from = 0; from < versions.length && !signal.aborted; from += READ_BATCH) {
    for (const text of await store.textsAt(dataset, versions.slice(from, from + READ_BATCH))) {
      meeting.push(text !== null && meetsFilters(partOfText(text, read), filters))
    }
    await turn()
  }
  return meeting
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
const READ_BATCH = 500
/** Up to the first number of versions, entities are read and no columns; up to the second, only columns in memory are used. */
const MAX_VERSIONS_TO_FETCH = 1000
const MAX_VERSIONS_READ = 100_000
