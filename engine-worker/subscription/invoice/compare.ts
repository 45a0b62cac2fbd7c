/** An invoice beside a person's own count of what was used. */
import type { BigDecimal } from '../../entity/bigdecimal.ts'
import { type Problem, problem } from '../../problem.ts'
import type { Invoice } from './invoice.ts'

/** One row of the own count, found by its description. */
export interface OwnUsage {
  readonly description: string
  readonly quantity: BigDecimal
  readonly price: BigDecimal
}

const dueComputed = problem<{ due: string }>({
  code: 'due-computed',
  severity: 'hint',
  says: ({ due }) => `The invoice does not say when it is due; ${due} is 30 days after it was issued.`,
})

const quantityDiffers = problem<{ description: string; invoiced: string; own: string }>({
  code: 'quantity-differs',
  severity: 'warning',
  says: ({ description, invoiced, own }) => `${description}: ${invoiced} invoiced, ${own} by own count.`,
})

const priceDiffers = problem<{ description: string; invoiced: string; own: string }>({
  code: 'price-differs',
  severity: 'warning',
  says: ({ description, invoiced, own }) => `${description}: invoiced at ${invoiced} a unit, ${own} by the price list.`,
})

const notInOwn = problem<{ description: string }>({
  code: 'not-in-own',
  severity: 'warning',
  says: ({ description }) => `${description} is invoiced, but not in the own count.`,
})

const notInvoiced = problem<{ description: string }>({
  code: 'not-invoiced',
  severity: 'warning',
  says: ({ description }) => `${description} is in the own count, but not invoiced.`,
})

/** What a person should look at: a computed due date, and every line that differs from the own count, if there is one. */
export function checkInvoice(invoice: Invoice, own: readonly OwnUsage[] | null): readonly Problem[] {
  const problems: Problem[] = invoice.isDueComputed ? [dueComputed({ due: invoice.due })] : []
  if (own === null) return problems
  invoice.lines.forEach(({ description, quantity, price }, index) => {
    const where = { path: ['lines', index] }
    const row = own.find((each) => each.description === description)
    if (row === undefined) {
      problems.push(notInOwn({ description }, where))
      return
    }
    if (!row.quantity.equals(quantity))
      problems.push(quantityDiffers({ description, invoiced: quantity.toFixed(), own: row.quantity.toFixed() }, where))
    if (!row.price.equals(price))
      problems.push(priceDiffers({ description, invoiced: price.toFixed(), own: row.price.toFixed() }, where))
  })
  const invoiced = new Set(invoice.lines.map(({ description }) => description))
  own.forEach(({ description }, index) => {
    if (!invoiced.has(description)) problems.push(notInvoiced({ description }, { path: ['own', index] }))
  })
  return problems
}
