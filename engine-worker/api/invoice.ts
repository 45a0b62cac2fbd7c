/** An invoice that a person has: read, and held against the own count and the price table, line by line. */
import { BigDecimal } from '../entity/bigdecimal.ts'
import type { Problem } from '../problem.ts'
import { checkInvoice, type OwnUsage } from '../subscription/invoice/compare.ts'
import { readCsvInvoice } from '../subscription/invoice/csv.ts'
import { readUbl } from '../subscription/invoice/ubl.ts'
import type { Ledger } from '../subscription/ledger.ts'
import { capability } from './capability.ts'

interface InvoiceRequest {
  /** UBL 2.1 in XML, or CSV. */
  readonly text: string
  /** The lines of the own price, as the capability `prices` gives them; null where nothing is compared. */
  readonly own: readonly { readonly entry: string; readonly quantity: string; readonly price: string }[] | null
}

interface InvoiceAnswer {
  readonly invoice: Ledger['invoices'][number]
  readonly problems: readonly Problem[]
}

/** Reads an invoice. Its text is not trusted: a Fault says why it is refused. */
export const readInvoice = capability(
  'readInvoice',
  'page',
  async ({ text, own }: InvoiceRequest): Promise<InvoiceAnswer> => {
    const read = text
      .trimStart()
      .replace(/^\uFEFF/, '')
      .startsWith('<')
      ? readUbl(text)
      : readCsvInvoice(text)
    const usage = own?.map(({ entry, quantity, price }): OwnUsage => {
      const named = read.lines.find(({ description }) => entryWords[entry]?.test(description) === true)
      return {
        description: named?.description ?? entry,
        quantity: new BigDecimal(quantity),
        price: new BigDecimal(price),
      }
    })
    const { number, issued, due, isDueComputed, currency, sum, payable } = read
    const lines = read.lines.map(({ description, quantity, price, amount }) => ({
      description,
      quantity: quantity.toFixed(),
      price: price.toFixed(),
      amount: amount.toFixed(),
    }))
    const figures = { sum: sum.toFixed(), payable: payable.toFixed(), paid: null }
    return {
      invoice: { number, issued, due, isDueComputed, currency, lines, ...figures },
      problems: checkInvoice(read, usage ?? null),
    }
  },
)

const compute = /compute|maskin/i

/** How invoices name what an entry of the price table is. */
const entryWords: Readonly<Record<string, RegExp>> = {
  developer: compute,
  'developer-pro': compute,
  single: compute,
  flexi: compute,
  multi: compute,
  'flexi-step': /engines|step|motorer/i,
  storage: /storage|lagring/i,
  vpn: /\bvpn\b/i,
  'sla-standard': /\bsla\b/i,
  'sla-enterprise': /\bsla\b/i,
  'sla-premium': /\bsla\b/i,
}
