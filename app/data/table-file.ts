/** Entities as a file for other programs: CSV, a workbook, JSON or one entity a line. */
import { isObject, type Json, printJson, readJson } from '../../engine-worker/index.ts'
import { spreadsheetCsv } from './csv-formulas.ts'
import { shownText, shownType } from './value.ts'

/** The forms that entities are saved in. */
export const tableFormats = ['csv', 'excel', 'json', 'ndjson'] as const
export type TableFormat = (typeof tableFormats)[number]

/** A file to be saved. */
interface TableFile {
  readonly content: string | Uint8Array
  readonly ending: string
  readonly type: string
}

/** Entities (transit texts) as a file; tables have these columns, JSON all properties but those that are hidden. */
export async function tableFile(
  format: TableFormat,
  entities: readonly string[],
  columns: readonly string[],
  hidden: ReadonlySet<string> = new Set(),
): Promise<TableFile> {
  if (format === 'json' || format === 'ndjson') {
    const texts = withoutHidden(entities, hidden)
    return format === 'json'
      ? { content: `[\n${texts.join(',\n')}\n]\n`, ending: 'json', type: 'application/json' }
      : { content: texts.map((each) => `${each}\n`).join(''), ending: 'ndjson', type: 'application/x-ndjson' }
  }
  const rows = entities.map((text) => {
    const entity = readJson(text)
    return columns.map((column) => (isObject(entity) ? (entity[column] ?? null) : null))
  })
  if (format === 'csv') {
    const content = spreadsheetCsv([columns, ...rows.map((row) => row.map(cellOf))])
    return { content, ending: 'csv', type: 'text/csv' }
  }
  // write-excel-file: workbooks in plain JavaScript; loaded when one is saved.
  const { default: writeXlsxFile } = await import('write-excel-file/universal')
  const head = columns.map((column) => ({ value: column, fontWeight: 'bold' as const }))
  const blob = await writeXlsxFile([head, ...rows.map((row) => row.map(workbookCell))]).toBlob()
  return {
    content: new Uint8Array(await blob.arrayBuffer()),
    ending: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }
}

/** What the store says of an entity stays, hidden or not: it is no property of it. */
function withoutHidden(entities: readonly string[], hidden: ReadonlySet<string>): readonly string[] {
  const left = new Set([...hidden].filter((name) => !name.startsWith('_')))
  if (left.size === 0) return entities
  return entities.map((text) => {
    const entity = readJson(text)
    return isObject(entity)
      ? printJson(Object.fromEntries(Object.entries(entity).filter(([name]) => !left.has(name))))
      : text
  })
}

function cellOf(value: Json): string {
  return value === null ? '' : shownText(value)
}

/** Numbers and moments keep their type where a workbook holds all of their digits. */
function workbookCell(value: Json) {
  const type = shownType(value)
  const text = cellOf(value)
  if (value === null) return null
  if (typeof value === 'boolean') return { value, type: Boolean }
  const isNumber = type === 'integer' || type === 'float' || type === 'decimal'
  if (isNumber && text.replace(/\D/g, '').length <= 15) return { value: Number(text), type: Number }
  const moment = type === 'datetime' ? new Date(text) : null
  if (moment && moment.getTime() > 0)
    return { value: moment, type: Date, format: /T00:00:00Z$/.test(text) ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss' }
  // A cell of a workbook holds 32,767 characters.
  return { value: text.slice(0, 32_767), type: String }
}
