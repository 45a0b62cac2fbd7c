/** Invoices as they are kept: figures as decimal texts, so that nothing is rounded on the way through JSON. */
import { BigDecimal } from '../entity/bigdecimal.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json } from '../entity/value.ts'
import { addMonths, monthOf } from './calendar.ts'
import { dayAt, isFigure, listAt, memberText } from './fields.ts'
import type { Invoice } from './invoice/invoice.ts'

/** An invoice that was imported or entered; figures as decimal texts, days as `yyyy-mm-dd`. */
export interface KeptInvoice {
  readonly number: string
  readonly issued: string
  readonly due: string
  readonly isDueComputed: boolean
  /** The month that is invoiced, `yyyy-mm`. */
  readonly month: string
  readonly currency: string
  readonly lines: readonly KeptInvoiceLine[]
  readonly sum: string
  readonly payable: string
  /** The day on which it was paid; null while it is not. */
  readonly paid: string | null
  /** The kept document (documents.ts) that shows it; null without one. */
  readonly document: string | null
}

interface KeptInvoiceLine {
  readonly description: string
  readonly quantity: string
  readonly price: string
  readonly amount: string
}

/** An invoice that was read, to be kept. Invoices are monthly in arrears: it is for the month before, unless it says another. */
export function keptInvoice({ lines, sum, payable, month, ...invoice }: Invoice): KeptInvoice {
  return {
    ...invoice,
    month: month ?? monthOf(addMonths(invoice.issued, -1)),
    lines: lines.map(({ description, quantity, price, amount }) => ({
      description,
      quantity: quantity.toFixed(),
      price: price.toFixed(),
      amount: amount.toFixed(),
    })),
    sum: sum.toFixed(),
    payable: payable.toFixed(),
    document: null,
  }
}

/** The kept invoice with exact figures. */
export function exactInvoice({ lines, sum, payable, document: _, ...invoice }: KeptInvoice): Invoice {
  return {
    ...invoice,
    lines: lines.map(({ description, quantity, price, amount }) => ({
      description,
      quantity: new BigDecimal(quantity),
      price: new BigDecimal(price),
      amount: new BigDecimal(amount),
    })),
    sum: new BigDecimal(sum),
    payable: new BigDecimal(payable),
  }
}

/** Reads a kept invoice; none where it has no number, day or sum. */
export function readKeptInvoice(json: Json): KeptInvoice[] {
  if (!isObject(json)) return []
  const [number, issued, due] = [memberText(json, 'number'), dayAt(json, 'issued'), dayAt(json, 'due')]
  const lines = listAt(json, 'lines').flatMap((line) => {
    if (!isObject(line)) return []
    const [quantity, price, amount] = [
      memberText(line, 'quantity'),
      memberText(line, 'price'),
      memberText(line, 'amount'),
    ]
    if (![quantity, price, amount].every(isFigure)) return []
    return [{ description: memberText(line, 'description'), quantity, price, amount }]
  })
  const [sum, payable] = [memberText(json, 'sum'), memberText(json, 'payable')]
  if (number === '' || issued === '' || due === '' || !isFigure(sum) || !isFigure(payable)) return []
  const currency = memberText(json, 'currency')
  const paid = dayAt(json, 'paid') || null
  const isDueComputed = get(json, 'isDueComputed') === true
  const stated = memberText(json, 'month')
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(stated) ? stated : monthOf(addMonths(issued, -1))
  const document = memberText(json, 'document') || null
  return [{ number, issued, due, isDueComputed, month, currency, lines, sum, payable, paid, document }]
}
