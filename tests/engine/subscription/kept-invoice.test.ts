/** Stored invoices: figures are exact with any number of digits. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BigDecimal } from '../../../engine-worker/entity/bigdecimal.ts'
import { quotient } from '../../../engine-worker/entity/decimal.ts'
import { exactInvoice, keptInvoice, readKeptInvoice } from '../../../engine-worker/subscription/kept-invoice.ts'

describe('a kept invoice', () => {
  it('is the one that was read, also where a price is a quotient without end', () => {
    const figure = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
    fc.assert(
      fc.property(figure, fc.integer({ min: 1, max: 1000 }), (amount, base) => {
        const price = quotient(new BigDecimal(amount), new BigDecimal(base))
        const lines = [
          { description: 'Storage', quantity: new BigDecimal(base), price, amount: new BigDecimal(amount) },
        ]
        const days = { issued: '2026-10-02', due: '2026-11-01', isDueComputed: true, month: null, paid: null }
        const sum = new BigDecimal(amount)
        const kept = keptInvoice({ number: '1', ...days, currency: 'USD', lines, sum, payable: sum })
        expect(kept.month).toBe('2026-09')
        const [again] = readKeptInvoice(JSON.parse(JSON.stringify(kept)))
        expect(again).toEqual(kept)
        expect(again && exactInvoice(again).lines[0]?.price.equals(price)).toBe(true)
      }),
    )
  })
})
