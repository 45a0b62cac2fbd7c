/**
 * A filter on many versions at once, by columns that are stored beside the dataset, chunk by chunk: each different value is
 * decided once, by its size or its text. Of a value that has neither, such as a list, one version is read.
 */
import { ABSENT, NULL } from '../analysis/column-values.ts'
import { NO_TEXT } from '../analysis/stored-columns/column-texts.ts'
import type { StoredColumn, StoredRows } from '../analysis/stored-columns/stored-columns.ts'
import { hasColumns, type ReadMeeting } from './column-filter.ts'
import { type Filter, meetsFilter, meetsNumber } from './filter.ts'

/** Chunks that are read at once. */
const PARALLEL_READS = 8
const UNKNOWN = 0
const MATCHING = 1
const NOT_MATCHING = 2

/** Whether a filter is decided by one stored column: a path with dots needs several. */
export function isOfOneColumn(filter: Filter): boolean {
  return hasColumns(filter) && !filter.property.includes('.')
}

/** What is left of some versions: those that meet a filter, and those of which nothing is stored. */
interface FilteredVersions {
  readonly met: readonly number[]
  readonly others: readonly number[]
}

/** The versions, out of some, ascending, that meet a filter on one column. */
export async function storedMeeting(
  stored: StoredRows,
  versions: readonly number[],
  filter: Filter,
  read: ReadMeeting,
): Promise<FilteredVersions> {
  const met: number[] = []
  const others: number[] = []
  let next = 0
  for (let from = 0; from < stored.chunks.length; from += PARALLEL_READS) {
    const columns = await Promise.all(
      stored.chunks.slice(from, from + PARALLEL_READS).map((_, at) => stored.columnOfChunk(from + at, filter.property)),
    )
    for (const [at, column] of columns.entries()) {
      const { updated = new Float64Array() } = stored.chunks[from + at] ?? {}
      const rows: number[] = []
      const last = updated.at(-1) ?? 0
      for (let row = 0; (versions[next] ?? Number.POSITIVE_INFINITY) <= last; next++) {
        const version = versions[next] ?? 0
        while ((updated[row] ?? 0) < version) row++
        if (column && updated[row] === version) rows.push(row)
        else others.push(version)
      }
      if (column) for (const row of await matchingRows(column, rows, updated, filter, read)) met.push(updated[row] ?? 0)
    }
  }
  for (; next < versions.length; next++) others.push(versions[next] ?? 0)
  return { met, others }
}

async function matchingRows(
  { parts, texts }: StoredColumn,
  rows: readonly number[],
  updated: Float64Array,
  filter: Filter,
  read: ReadMeeting,
): Promise<readonly number[]> {
  if (rows.length === 0) return rows
  if (!parts) return meetsFilter(null, filter) ? rows : []
  const { numbers } = parts
  const decided = decidedValues({ parts, texts }, filter)
  /** The first row with each value that is not decided. */
  const requested = new Map<number, number>()
  for (const row of rows) {
    const number = numbers[row] ?? ABSENT
    if (decided[number] === UNKNOWN && !requested.has(number)) requested.set(number, updated[row] ?? 0)
  }
  const answers = await read([...requested.values()])
  for (const [at, number] of [...requested.keys()].entries()) decided[number] = answers[at] ? MATCHING : NOT_MATCHING
  return rows.filter((row) => decided[numbers[row] ?? ABSENT] === MATCHING)
}

/** By the number of a value: whether it meets the filter, where that is known without reading it. */
function decidedValues({ parts, texts }: StoredColumn, filter: Filter): Uint8Array {
  const { used = 0, kinds = [], kindNames = [], measures = [] } = parts ?? {}
  const decided = new Uint8Array(Math.max(used, NULL + 1))
  decided.fill(meetsFilter(null, filter) ? MATCHING : NOT_MATCHING, 0, NULL + 1)
  const isNumber = kindNames.map((kind) => kind === 'integer' || kind === 'float')
  const lines = texts?.split('\n')
  for (let number = NULL + 1; number < used; number++) {
    const text = lines?.[number] ?? NO_TEXT
    const isMet = isNumber[kinds[number] ?? 0]
      ? meetsNumber(measures[number] ?? Number.NaN, filter)
      : text === NO_TEXT
        ? null
        : meetsFilter(text, filter)
    if (isMet !== null) decided[number] = isMet ? MATCHING : NOT_MATCHING
  }
  return decided
}
