/** Data files as tables: columns, and rows of values. */
import type { Value } from '../entity/value.ts'

/** What a person may say about how a file is written; what is absent is found out. */
export interface ReadSettings {
  readonly delimiter?: string
  readonly encoding?: string
  /** Whether the first row names the columns. */
  readonly header?: boolean
  /** The sheet of a workbook. */
  readonly sheet?: string
  /** The row of a sheet that names the columns, from 1; 0: none does. */
  readonly headRow?: number
}

/** How a text file was found to be written. */
export interface TextForm {
  readonly delimiter: string
  readonly encoding: string
  readonly header: boolean
  /** Whether the columns are called as in the file; otherwise names were missing, or there twice. */
  readonly named: boolean
  /** Rows that have as many fields as there are columns. */
  readonly regular: number
  /** Whether any field stands in quotes. */
  readonly quoted: boolean
}

/** A file that was read. */
export interface FileTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Value[])[]
  /** False where only the beginning of a large file was read. */
  readonly complete: boolean
  /** How the text was written, for CSV. */
  readonly form?: TextForm
  /** All sheets of a workbook, and the one that was read. */
  readonly sheets?: readonly string[]
  readonly sheet?: string
  /** The row of a sheet that names the columns, from 1, the last one where several do; 0: none does. */
  readonly headRow?: number
}

/** A file as a platform gives it (a File or Blob): read piece by piece. */
export interface FileBytes {
  readonly size: number
  stream(): ReadableStream<Uint8Array>
}

/** A table of objects: a column for each property, in the order in which they first come. */
export function tableOfObjects(
  objects: Iterable<Readonly<Record<string, Value>>>,
  complete: boolean,
): Pick<FileTable, 'columns' | 'rows' | 'complete'> {
  const places = new Map<string, number>()
  const rows: Value[][] = []
  for (const object of objects) {
    const row: Value[] = []
    for (const [name, value] of Object.entries(object)) {
      const place = places.get(name) ?? places.size
      places.set(name, place)
      while (row.length < place) row.push(null)
      row[place] = value
    }
    rows.push(row)
  }
  return { columns: [...places.keys()], rows, complete }
}

/** Names for columns: empty ones are numbered, repeated ones get a number behind them. */
export function columnNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map((given, place) => {
    const name = given.trim() === '' ? `column${place + 1}` : given.trim()
    let free = name
    for (let number = 2; taken.has(free); number++) free = `${name}${number}`
    taken.add(free)
    return free
  })
}
