/** Excel workbooks (.xlsx): one sheet is a table; numbers, dates and booleans keep their type. */
import { readDecimal } from '../../entity/decimal.ts'
import { DateTime, type Value } from '../../entity/value.ts'
import { zipMembers } from '../../text/zip.ts'
import { defineFormat } from '../format.ts'
import { columnNames } from '../table.ts'
import { headNames, headPlace } from './sheet-head.ts'

/** Bytes that a workbook may have when it is unpacked. */
const MAX_UNPACKED_BYTES = 300_000_000

export const excelFormat = defineFormat({
  kind: 'excel',
  endings: ['xlsx', 'xlsm'],
  partial: false,
  read: async (bytes, settings) => {
    const members = zipMembers(bytes)
    const unpacked = members.reduce((sum, { size }) => sum + size, 0)
    if (unpacked > MAX_UNPACKED_BYTES) throw new Error(`it has ${Math.round(unpacked / 1e6)} MB when it is unpacked`)
    // read-excel-file: reads the format and its dates, without eval; loaded when a workbook comes.
    const { default: readXlsxFile } = await import('read-excel-file/universal')
    const { mergedCells } = await import('./sheet-merges.ts')
    const options = { trim: false, parseNumber: (text: string) => ({ number: text }) }
    const sheets = await readXlsxFile<{ readonly number: string }>(new Uint8Array(bytes).buffer, options)
    const chosen =
      sheets.find(({ sheet }) => sheet === settings.sheet) ?? sheets.find(({ data }) => data.length > 1) ?? sheets[0]
    const all = (chosen?.data ?? []).map((row) => row.map(cellValue))
    const merged = chosen ? mergedCells(bytes, members, chosen.sheet) : []
    const head = settings.headRow === undefined ? headPlace(all, merged) : settings.headRow - 1
    const width = Math.max(0, ...all.map((row) => row.length))
    const names = head === null || head < 0 ? Array.from({ length: width }, () => '') : headNames(all, merged, head)
    return {
      columns: columnNames(names),
      rows: all.slice((head ?? -1) + 1).filter((row) => row.some((cell) => cell !== null)),
      complete: true,
      headRow: (head ?? -1) + 1,
      sheets: sheets.map(({ sheet }) => sheet),
      ...(chosen ? { sheet: chosen.sheet } : {}),
    }
  },
})

/** The value of a cell; numbers come as they are written in the file. */
function cellValue(cell: unknown): Value {
  if (typeof cell === 'object' && cell !== null && 'number' in cell) return numberOf(Number(cell.number))
  if (cell instanceof Date) return new DateTime(Math.floor(cell.getTime() / 1000), (cell.getTime() % 1000) * 1_000_000)
  if (typeof cell === 'boolean') return cell
  return typeof cell === 'string' && cell !== '' ? cell : null
}

/** Workbooks keep binary fractions and show 15 digits of them. */
function numberOf(number: number): Value {
  if (Number.isSafeInteger(number)) return number
  return readDecimal(String(Number(number.toPrecision(15)))) ?? null
}
