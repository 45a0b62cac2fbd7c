/** Which rows of a sheet name its columns: below titles, and over several rows where cells are merged. */
import type { Value } from '../../entity/value.ts'
import type { MergedCells } from './sheet-merges.ts'

type Row = readonly Value[]

/** The place of the row that names the columns, the last one where there are several; null where no row does. */
export function headPlace(rows: readonly Row[], merged: readonly MergedCells[]): number | null {
  const width = Math.max(0, ...rows.map((row) => row.length))
  // Titles and remarks stand alone in their rows.
  let at = rows.findIndex((row) => filledCells(row) >= Math.min(2, width))
  while (
    isText(rows[at + 1]) &&
    merged.some(({ top, bottom, right, left }) => top === at && isGroup(top, bottom, left, right))
  )
    at++
  return isText(rows[at]) ? at : null
}

/** Names of the columns: of the row at a place, with those of the groups above it in front. */
export function headNames(rows: readonly Row[], merged: readonly MergedCells[], place: number): readonly string[] {
  let from = place
  while (from > 0 && filledCells(rows[from - 1] ?? []) > 1 && merged.some(({ top }) => top === from - 1)) from--
  const width = Math.max(0, ...rows.map((row) => row.length))
  return Array.from({ length: width }, (_, column) => {
    const parts: string[] = []
    for (let row = from; row <= place; row++) {
      const range = merged.find(
        ({ top, bottom, left, right }) => top <= row && row <= bottom && left <= column && column <= right,
      )
      const value = range ? rows[range.top]?.[range.left] : rows[row]?.[column]
      const text = typeof value === 'string' ? value.trim() : ''
      if (text !== '' && text !== parts.at(-1)) parts.push(text)
    }
    return parts.join(' ')
  })
}

function isGroup(top: number, bottom: number, left: number, right: number): boolean {
  return right > left || bottom > top
}

function filledCells(row: Row): number {
  return row.filter((cell) => cell !== null).length
}

function isText(row: Row | undefined): boolean {
  return row !== undefined && filledCells(row) > 0 && row.every((cell) => cell === null || typeof cell === 'string')
}
