/** A column that gives each row of a table a key where none of its own does. */
import murmur from 'murmurhash3js-revisited'
import Papa from 'papaparse'
import type { Part } from '../config/project/effective.ts'
import { tableOf } from './sources/csv.ts'
import { keySeparator } from './table-key.ts'

/** How a key column is made; `row`: numbered from 1, `hash`: of all values of the row. */
export type KeyColumn = 'row' | 'hash'

/** The text with one more column behind the others that tells its rows apart, and the name of that column. */
export function withKeyColumn(
  text: string,
  part: Part,
  how: KeyColumn,
): { readonly text: string; readonly column: string } {
  const { columns, rows, header, delimiter } = tableOf(text, part)
  const column = keyColumnOf(how, columns)
  const width = Math.max(columns.length, ...rows.slice(0, 1).map((row) => row.length))
  const filled = rows.map((row, at) => [
    ...Array.from({ length: width }, (_, place) => row[place] ?? ''),
    rowKey(how, row, at),
  ])
  return { text: Papa.unparse([...(header ? [[...header, column]] : []), ...filled], { delimiter }), column }
}

function hashOf(row: readonly string[]): string {
  return murmur.x64.hash128(new TextEncoder().encode(row.join(keySeparator)))
}

/** The key of a row, by its place from 0 or its values. */
export function rowKey(how: KeyColumn, row: readonly string[], at: number): string {
  return how === 'row' ? String(at + 1) : hashOf(row)
}

/** The name of a key column that is added to others. */
export function keyColumnOf(how: KeyColumn, columns: readonly string[]): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? how : `${how}${number}`
    if (!columns.includes(free)) return free
  }
}
