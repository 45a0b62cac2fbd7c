/** English: invoices. */
import { count, countedIn } from './numbers.ts'

const counted = countedIn('en')

export const enInvoices = {
  title: 'Invoices',
  choose: 'EHF, UBL, CSV or PDF…',
  enter: 'Enter one…',
  none: 'No invoice yet',
  noneSays:
    'Choose invoices as EHF (UBL XML) or CSV with the columns number, issued, currency, description, quantity, price, amount; a PDF is kept and shown while you enter its lines. Each line is compared with the daily counts of its month and the price table. Invoices are kept in this project’s data only.',
  exportJson: 'Save JSON',
  exportCsv: 'Save CSV',
  list: 'Invoices, the latest first',
  issued: (number: string, day: string) => `${number} of ${day}`,
  due: (day: string) => `due ${day}`,
  dueComputed: (day: string) => `due ${day} (30 days; the invoice does not say)`,
  dueIn: (days: number) =>
    days < 0
      ? `${counted(-days, 'day', 'days')} overdue`
      : days === 0
        ? 'due today'
        : `due in ${counted(days, 'day', 'days')}`,
  paidOn: (day: string) => `paid ${day}`,
  agrees: 'agrees',
  notCounted: 'not counted',
  paid: 'Paid',
  paidDay: 'Paid on',
  line: 'Line',
  invoiced: 'Invoiced',
  own: 'Own count',
  difference: 'Difference',
  sum: 'Sum',
  payable: (currency: string) => `Payable, ${currency}`,
  times: (quantity: string, price: string) => `${quantity} × ${price}`,
  onlyInvoiced: 'not in the own count',
  onlyOwn: 'not invoiced',
  counted: (days: number, month: string) => `The own count is the mean of ${counted(days, 'day', 'days')} of ${month}.`,
  noCount: (month: string) => `No day of ${month} was counted here, so there is nothing to compare with.`,
  explained: {
    mean: 'the mean of the month',
    highest: (day: string) => `the highest count of the month, ${day}`,
    last: (day: string) => `the last count of the month, ${day}`,
  },
  explanation: (description: string, what: string, search: number, isDurableOnce: boolean) =>
    `${description}: what was invoiced is ${what}${
      search === 0 ? '' : `, with data of globals counted ${count(search + 1)} times`
    }${isDurableOnce ? ', with durable data counted once' : ''}.`,
  remove: 'Remove',
  removed: (number: string) => `Invoice ${number} was removed`,
  document: 'Show the PDF',
  entry: 'Enter an invoice',
  number: 'Number',
  issuedLabel: 'Issued',
  dueLabel: 'Due',
  dueHelp: 'Empty: 30 days after the issue',
  month: 'Month invoiced',
  currency: 'Currency',
  description: 'Description',
  quantity: 'Quantity',
  price: 'Price',
  amount: 'Amount',
  addLine: 'Add line',
  removeLine: (at: number) => `Remove line ${count(at)}`,
  keep: 'Keep',
  deviationMail: 'Copy as text',
  copied: 'Copied',
}
