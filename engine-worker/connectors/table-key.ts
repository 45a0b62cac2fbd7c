/**
 * What tells the rows of a table apart. A column whose value is there and different in every row is a key; otherwise
 * several columns together may be. A table without either can be given a column of its own: the number of the row, or a
 * hash of its values.
 */
import type { Part } from '../config/project/effective.ts'
import { tableOf } from './sources/csv.ts'

/** The columns of a table, and which of them are a key. */
export interface TableKeys {
  readonly columns: readonly string[]
  readonly rows: number
  /** Columns that are a key on their own, those that are named like one first. */
  readonly single: readonly string[]
  /** The fewest columns that are a key together, where none is one on its own. */
  readonly several: readonly string[] | null
  /** Rows that are equal to a later one in every column: no key can tell them apart, only the number of the row. */
  readonly repeated: number
}

/** More columns than this are not combined. */
const MAX_COLUMNS = 16
/** Values that are compared at most while several columns are looked for. */
const MAX_VALUES = 20_000_000

/** Between the values of a key of several columns. */
export const keySeparator = '\u0000'

/** Looks for the keys of a CSV text. */
export function findTableKeyColumns(text: string, part: Part): TableKeys {
  const { columns, rows } = tableOf(text, part)
  return keysOfRows(columns, rows)
}

/** Looks for the keys of rows of texts. */
export function keysOfRows(columns: readonly string[], rows: Rows): TableKeys {
  const single = columns.flatMap((name, place) => (name !== '' && isKey(rows, [place]) ? [name] : []))
  const ranked = [...single].sort((a, b) => Number(isNamedLikeKey(b)) - Number(isNamedLikeKey(a)))
  return {
    columns,
    rows: rows.length,
    single: ranked,
    several: single.length > 0 || rows.length === 0 ? null : severalColumns(columns, rows),
    repeated: rows.length - new Set(rows.map((row) => row.join(keySeparator))).size,
  }
}

/** Whether a name is one that keys usually have. */
function isNamedLikeKey(name: string): boolean {
  return /^_?id$|(^|[_\s-])(id|no|nr|number|key|code)$|[a-z]I[dD]$/i.test(name)
}

type Rows = readonly (readonly string[])[]

/** Whether every row has a value in these columns, and no two rows the same ones. */
function isKey(rows: Rows, places: readonly number[]): boolean {
  const seen = new Set<string>()
  for (const row of rows) {
    const values = places.map((place) => row[place] ?? '')
    if (values.includes('')) return false
    const size = seen.size
    if (seen.add(values.join(keySeparator)).size === size) return false
  }
  return true
}

/** Two columns, otherwise three, that are a key together. */
function severalColumns(columns: readonly string[], rows: Rows): readonly string[] | null {
  const filled = columns.flatMap((name, place) =>
    name !== '' && rows.every((row) => (row[place] ?? '') !== '') ? [place] : [],
  )
  const distinct = new Map(filled.map((place) => [place, new Set(rows.map((row) => row[place])).size]))
  const best = filled.sort((a, b) => (distinct.get(b) ?? 0) - (distinct.get(a) ?? 0)).slice(0, MAX_COLUMNS)
  let left = MAX_VALUES
  for (const places of [...combinations(best, 2), ...combinations(best, 3)]) {
    left -= rows.length * places.length
    if (left < 0) return null
    if (isKey(rows, places)) return [...places].sort((a, b) => a - b).map((place) => columns[place] ?? '')
  }
  return null
}

function combinations(places: readonly number[], length: number): number[][] {
  if (length === 0) return [[]]
  return places.flatMap((place, at) => combinations(places.slice(at + 1), length - 1).map((rest) => [place, ...rest]))
}
