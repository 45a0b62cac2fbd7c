/**
 * Invoices as CSV with a header line: one row a line of the invoice; what concerns all of it stands in each row. Columns
 * that may be missing: `due` (30 days after the issue then), `month` (`yyyy-mm`) and `paid`, the day of the payment.
 */
import { CsvReader } from '../../entity/csv.ts'
import { Fault } from '../../problem.ts'
import { invalidValue, missingValue } from '../problems.ts'
import { checkCurrency, checkLine, checkSameCurrency, dueAfter, readDate, readFigure, sumOfFigures } from './figures.ts'
import type { Invoice, InvoiceLine } from './invoice.ts'

const requiredColumns = ['number', 'issued', 'currency', 'description', 'quantity', 'price', 'amount'] as const
type Row = ReadonlyMap<string, string>

/**
 * The invoice that the CSV text is.
 * @throws Fault as `readCsvInvoices` does, and where there are several
 */
export function readCsvInvoice(text: string): Invoice {
  const [invoice, another] = readCsvInvoices(text)
  if (invoice === undefined) throw new Fault(missingValue({ name: 'description' }))
  if (another !== undefined)
    throw new Fault(invalidValue({ name: 'number', value: another.number, allowed: 'one invoice a file' }))
  return invoice
}

/**
 * The invoices that the CSV text holds, told apart by their number. With `;` between columns the decimal sign is a comma, and a blank may group thousands.
 * @throws Fault with the reason where it is not complete or does not add up
 */
export function readCsvInvoices(text: string): readonly Invoice[] {
  const plain = text.replace(/^\uFEFF/, '')
  const [header = ''] = plain.split(/[\r\n]/, 1)
  const delimiter = header.includes(';') ? ';' : ','
  const rowsOfText = new CsvReader(delimiter).push(plain, true)
  const [names = [], ...cells] = rowsOfText.filter((row) => row.some((field) => field.trim() !== ''))
  const columns = names.map((name) => name.trim().toLowerCase())
  for (const name of requiredColumns) if (!columns.includes(name)) throw new Fault(missingValue({ name }))
  const rows = cells.map((row): Row => new Map(columns.map((name, index) => [name, (row[index] ?? '').trim()])))
  const numbers = [...new Set(rows.map((row) => cell(row, 'number')))]
  return numbers.map((number) =>
    invoiceOf(
      rows.filter((row) => cell(row, 'number') === number),
      delimiter,
    ),
  )
}

function invoiceOf(rows: readonly Row[], delimiter: string): Invoice {
  const [first] = rows
  if (first === undefined) throw new Fault(missingValue({ name: 'description' }))
  const number = cell(first, 'number')
  const issued = readDate(cell(first, 'issued'), 'issued')
  const currency = cell(first, 'currency')
  const stated = first.get('due') ?? ''
  const due = stated === '' ? dueAfter(issued) : readDate(stated, 'due')
  const figureIn = (row: Row, name: string) => readFigure(withPoint(cell(row, name), delimiter), name)
  const lines = rows.map((row): InvoiceLine => {
    return {
      description: cell(row, 'description'),
      quantity: figureIn(row, 'quantity'),
      price: figureIn(row, 'price'),
      amount: figureIn(row, 'amount'),
    }
  })
  checkCurrency(currency)
  for (const row of rows) checkSameCurrency(currency, cell(row, 'currency'))
  for (const { description, quantity, price, amount } of lines)
    checkLine(`amount of "${description.slice(0, 80)}"`, amount, quantity.mul(price))
  const sum = sumOfFigures(lines.map(({ amount }) => amount))
  const isDueComputed = stated === ''
  const paid = first.get('paid') ? readDate(cell(first, 'paid'), 'paid') : null
  return { number, issued, due, isDueComputed, month: monthIn(first), paid, currency, lines, sum, payable: sum }
}

/** The month that the column `month` names, as `yyyy-mm`; null without it. */
function monthIn(row: Row): string | null {
  const month = row.get('month') ?? ''
  if (month === '') return null
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new Fault(invalidValue({ name: 'month', value: month.slice(0, 40), allowed: 'a month such as 2026-10' }))
  return month
}

function cell(row: Row, name: string): string {
  const value = row.get(name) ?? ''
  if (value === '') throw new Fault(missingValue({ name }))
  return value
}

/** A figure with a decimal point: where columns are divided by `;`, blanks group thousands and a comma is the decimal sign. */
function withPoint(text: string, delimiter: string): string {
  if (delimiter !== ';') return text
  return /[.,].*[.,]/.test(text) ? text : text.replace(/(?<=\d)[\u00a0\u202f ](?=\d{3})/g, '').replace(',', '.')
}
