/** Invoices as files: CSV that can be read again, and JSON. */
import type { KeptInvoice } from '../../../engine-worker/index.ts'
import { saveFile } from '../../store/save-file.ts'

const columnNames = [
  'number',
  'issued',
  'due',
  'month',
  'currency',
  'description',
  'quantity',
  'price',
  'amount',
  'paid',
]

/** A head with the columns that the import reads, and one row a line of each invoice. */
export function invoiceRows(invoices: readonly KeptInvoice[]): readonly (readonly string[])[] {
  const rows = invoices.flatMap(({ number, issued, due, month, currency, lines, paid }) =>
    lines.map(({ description, quantity, price, amount }) => [
      ...[number, issued, due, month, currency],
      ...[description, quantity, price, amount, paid ?? ''],
    ]),
  )
  return [columnNames, ...rows]
}

/** Saves rows as CSV; the writer of CSV is loaded with the first file. */
export async function saveCsv(rows: readonly (readonly (string | number)[])[], name: string): Promise<void> {
  const { spreadsheetCsv } = await import('../../data/csv-formulas.ts')
  saveFile(spreadsheetCsv(rows), name, 'text/csv')
}

export function saveInvoicesJson(invoices: readonly KeptInvoice[]): void {
  saveFile(JSON.stringify(invoices, null, 2), 'invoices.json', 'application/json')
}
