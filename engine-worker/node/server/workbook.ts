/** What a CSV endpoint publishes, as a workbook: the same columns, with numbers and texts as they are. */

import { flagSetting, textListSetting } from '../../config/model/setting.ts'
import type { OpenPipe } from '../../connectors/open.ts'
import { plainText } from '../../connectors/to-text.ts'
import { get } from '../../entity/dict.ts'
import type { Entity, Value } from '../../entity/value.ts'
import { type Answer, badRequest, HttpError } from './answer.ts'
import type { RouteCall } from './route.ts'
import { attachment, publishedEntities } from './stream.ts'

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** Rows of a worksheet, the head included. */
const MAX_ROWS = 1_048_576
/** Characters of a cell. */
const MAX_CELL_LENGTH = 32_767

/** The workbook of a pipe with a `csv_endpoint` sink. */
export async function publishWorkbook(call: RouteCall, pipe: OpenPipe, filename: string | null): Promise<Answer> {
  const { sink, id } = pipe.effective
  if (sink.type !== 'csv_endpoint') throw new HttpError(404, `${id} does not publish a workbook.`)
  const columns = textListSetting(sink.config, 'columns') ?? []
  const rows = [columns.map((column) => ({ value: column, type: String, fontWeight: 'bold' as const }))]
  const cells: (ReturnType<typeof cellOf> | (typeof rows)[number][number])[][] = rows
  try {
    for await (const entity of publishedEntities(call, pipe)) {
      if (flagSetting(sink.config, 'skip-deleted-entities', true) && entity._deleted === true) continue
      if (cells.length >= MAX_ROWS) throw new HttpError(400, `A workbook has at most ${MAX_ROWS} rows; use limit.`)
      cells.push(columns.map((column) => cellOf(valueIn(entity, column))))
    }
  } catch (error) {
    throw badRequest(error)
  }
  // write-excel-file: workbooks in plain JavaScript; loaded when one is asked for.
  const { default: writeXlsxFile } = await import('write-excel-file/universal')
  const blob = await writeXlsxFile(cells).toBlob()
  return {
    status: 200,
    headers: { 'Content-Type': XLSX_TYPE, 'Content-Disposition': attachment(filename ?? `${id}.xlsx`) },
    body: new Uint8Array(await blob.arrayBuffer()),
  }
}

function valueIn(entity: Entity, column: string): Value {
  return get(entity, column) ?? null
}

function cellOf(value: Value) {
  if (value === null) return null
  if (typeof value === 'boolean') return { value, type: Boolean }
  if (typeof value === 'number' && Number.isFinite(value)) return { value, type: Number }
  return { value: plainText(value).slice(0, MAX_CELL_LENGTH), type: String }
}
