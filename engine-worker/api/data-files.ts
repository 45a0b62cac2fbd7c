/** The data of files on their way to become pipes, as their sources take it. */
// papaparse: see connectors/sources/csv.ts.
import Papa from 'papaparse'
import { type KeyColumn, keyColumnOf, rowKey } from '../connectors/key-column.ts'
import { printEntity } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import { textRows } from '../ingest/file-report.ts'
import type { FileTable } from '../ingest/table.ts'
import { capability } from './capability.ts'
import { openFile } from './open-files.ts'

/** Which rows a key tells apart: columns, or a column that is added. */
export type FileKey = { readonly columns: readonly string[] } | { readonly add: KeyColumn }

/**
 * The data of a file as the source of its pipe takes it; null where only the beginning was read, so that the file itself
 * has to be taken in.
 */
export const fileData = capability(
  'fileData',
  'page',
  async ({ id, key }: { readonly id: string; readonly key: FileKey }, { host }) => {
    const { kind, table } = openFile(host, id)
    if (!table.complete) return null
    if (table.form) return { ending: 'csv', text: csvOf(table, table.form, key) }
    return kind === 'rdf' ? null : { ending: 'ndjson', text: linesOf(table, key) }
  },
)

function csvOf({ columns, rows }: FileTable, form: NonNullable<FileTable['form']>, key: FileKey): string {
  const added = 'add' in key ? key.add : null
  const texts = textRows(rows)
  const filled =
    added === null ? texts : texts.map((row, at) => [...paddedRow(row, columns.length), rowKey(added, row, at)])
  const names = added === null ? columns : [...columns, keyColumnOf(added, columns)]
  return Papa.unparse([...(form.header ? [[...names]] : []), ...filled.map((row) => [...row])], {
    delimiter: form.delimiter,
  })
}

function paddedRow(row: readonly string[], width: number): readonly string[] {
  return Array.from({ length: width }, (_, place) => row[place] ?? '')
}

function linesOf({ columns, rows }: FileTable, key: FileKey): string {
  const places = 'add' in key ? [] : key.columns.map((column) => columns.indexOf(column))
  const texts = textRows(rows)
  return rows
    .map((row, at) => {
      const entity: Entity = { _id: '' }
      for (const [place, column] of columns.entries()) {
        const value = row[place] ?? null
        if (value !== null) entity[column] = value
      }
      const text = texts[at] ?? []
      entity._id = 'add' in key ? rowKey(key.add, text, at) : places.map((place) => text[place] ?? '').join(':')
      return printEntity(entity)
    })
    .join('\n')
}
