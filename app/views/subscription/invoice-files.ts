/** Invoices as files: CSV that can be read again, and JSON. */
import type { KeptInvoice } from '../../../engine-worker/index.ts'
import { saveFile } from '../../store/save-file.ts'

const columns = ['number', 'issued', 'due', 'month', 'currency', 'description', 'quantity', 'price', 'amount', 'paid']

/** One row a line of each invoice, with the columns that the import reads. */
export async function invoicesAsCsv(invoices: readonly KeptInvoice[]): Promise<string> {
  const { unparse } = await import('papaparse')
  const data = invoices.flatMap(({ number, issued, due, month, currency, lines, paid }) =>
    lines.map(({ description, quantity, price, amount }) => [
      ...[number, issued, due, month, currency],
      ...[description, quantity, price, amount, paid ?? ''],
    ]),
  )
  return `${unparse({ fields: columns, data }, { newline: '\n' })}\n`
}

export async function saveInvoicesCsv(invoices: readonly KeptInvoice[]): Promise<void> {
  const { withoutFormulas } = await import('../../data/csv-formulas.ts')
  saveFile(withoutFormulas(await invoicesAsCsv(invoices)), 'invoices.csv', 'text/csv')
}

export function saveInvoicesJson(invoices: readonly KeptInvoice[]): void {
  saveFile(JSON.stringify(invoices, null, 2), 'invoices.json', 'application/json')
}
