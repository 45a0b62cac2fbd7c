/** Takes columns that are stored beside a dataset into the rows that are kept in memory. */
import type { ColumnParts, ColumnValues } from '../analysis/column-values.ts'
import type { StoredRows } from '../analysis/stored-columns/stored-columns.ts'

/** Some rows in the order of the log. */
interface LogRows {
  rows: number
  updated: Float64Array
  gone: Uint8Array
  live: number
  position: number
  versions: number | null
}

/** The chunks of a column; null of those that do not have the property. */
type StoredParts = readonly (ColumnParts | null)[]

/** The chunks of some columns; null where one is not stored. */
export async function storedParts(stored: StoredRows, properties: readonly string[]): Promise<StoredParts[] | null> {
  const all = await Promise.all(properties.map((property) => stored.column(property)))
  const found = all.filter((parts) => parts !== null)
  return found.length < all.length ? null : found
}

/** Makes the stored rows those that are kept. */
export function takeRows(kept: LogRows, { chunks, position, versions }: StoredRows): void {
  const rows = chunks.reduce((sum, { updated }) => sum + updated.length, 0)
  Object.assign(kept, { rows, position, versions, live: 0 })
  kept.updated = new Float64Array(rows + 1024)
  kept.gone = new Uint8Array(rows + 1024)
  let at = 0
  for (const { updated, gone } of chunks) {
    kept.updated.set(updated, at)
    kept.gone.set(gone, at)
    at += updated.length
  }
  for (let row = 0; row < rows; row++) if (kept.gone[row] === 0) kept.live++
}

/** Makes a column of its stored chunks. */
export function takeColumn(column: ColumnValues, parts: StoredParts, { chunks }: StoredRows): void {
  const used = parts.map((part) => part?.used ?? 0)
  const all = used.reduce((sum, each) => sum + each, 0)
  const rows = chunks.reduce((sum, { updated }) => sum + updated.length, 0)
  // Where most values of a chunk come once, hardly any comes in another.
  column.reserveValues(2 * all > rows ? all : Math.max(0, ...used))
  for (const [place, { updated }] of chunks.entries()) {
    const part = parts[place]
    if (part) column.addAll(part)
    else column.addAbsent(updated.length)
  }
}

/**
 * Makes columns of their stored chunks, for rows that are kept already: the first of the kept rows that is not stored, or
 * -1 where the stored rows are not those that are kept.
 */
export function takeForRows(
  { rows, updated, gone }: LogRows,
  columns: readonly ColumnValues[],
  parts: readonly StoredParts[],
  stored: StoredRows,
): number {
  for (const [place, column] of columns.entries()) takeColumn(column, parts[place] ?? [], stored)
  const places = stored.chunks.flatMap((chunk) => [...chunk.updated])
  const storedRows: number[] = []
  let at = 0
  let row = 0
  for (; row < rows && (updated[row] ?? 0) <= stored.position; row++) {
    while (at < places.length && (places[at] ?? 0) < (updated[row] ?? 0)) at++
    const isStored = places[at] === updated[row]
    if (!isStored && gone[row] !== 1) return -1
    storedRows.push(isStored ? at : -1)
  }
  for (const column of columns) column.chooseRows(storedRows)
  return row
}
