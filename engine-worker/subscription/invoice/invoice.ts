/** An invoice as a person's own record: what was invoiced, when it is due, and whether its figures hold. */
import type { BigDecimal } from '../../entity/bigdecimal.ts'
import { problem } from '../../problem.ts'

/** One line; amounts without VAT, in the invoice's currency. */
export interface InvoiceLine {
  readonly description: string
  readonly quantity: BigDecimal
  /** The price of one unit. */
  readonly price: BigDecimal
  readonly amount: BigDecimal
}

/** An invoice or, with negative amounts, a credit note. Dates as `yyyy-mm-dd`. */
export interface Invoice {
  readonly number: string
  readonly issued: string
  readonly due: string
  /** Whether the due date was not stated and was computed from the date of issue. */
  readonly isDueComputed: boolean
  /** The month that is invoiced, `yyyy-mm`; null where the invoice does not say it. */
  readonly month: string | null
  /** The day on which it was paid; null where that is not said. */
  readonly paid: string | null
  /** ISO 4217. */
  readonly currency: string
  readonly lines: readonly InvoiceLine[]
  /** The total of the lines, without VAT. */
  readonly sum: BigDecimal
  /** The amount due. */
  readonly payable: BigDecimal
}

/** Calendar days from the date of issue to the due date (pricing.rst). */
export const daysUntilDue = 30

export const unsafeXml = problem<Record<string, never>>({
  code: 'unsafe-xml',
  severity: 'error',
  says: () => 'The file declares XML entities, which an invoice does not need and which can do harm.',
  fix: () => 'Ask the sender for the invoice without a document type declaration.',
})

export const notAnInvoice = problem<{ reason: string }>({
  code: 'not-an-invoice',
  severity: 'error',
  says: ({ reason }) => `This is not an invoice that can be read: ${reason}.`,
  fix: () => 'Choose a UBL 2.1 invoice or credit note (Peppol BIS 3, EHF), or a CSV file.',
})

export const unknownCurrency = problem<{ currency: string }>({
  code: 'unknown-currency',
  severity: 'error',
  says: ({ currency }) => `"${currency}" is not a currency of ISO 4217.`,
})

export const mixedCurrency = problem<{ currency: string; other: string }>({
  code: 'mixed-currency',
  severity: 'error',
  says: ({ currency, other }) => `The invoice is in ${currency}, but has amounts in ${other}.`,
})

export const sumsDiffer = problem<{ name: string; stated: string; computed: string }>({
  code: 'sums-differ',
  severity: 'error',
  says: ({ name, stated, computed }) => `The ${name} is stated as ${stated}, but its parts give ${computed}.`,
  fix: () => 'Ask the sender for a corrected invoice.',
})
