/** Files that the subscription view exports: invoices, which can be imported again, and calendar entries. */
import fc from 'fast-check'
import { unparse } from 'papaparse'
import { describe, expect, it } from 'vitest'
import { calendarFile } from '../../../../app/views/subscription/calendar-file.ts'
import { invoiceRows } from '../../../../app/views/subscription/invoice-files.ts'
import { BigDecimal } from '../../../../engine-worker/entity/bigdecimal.ts'
import { readCsvInvoices } from '../../../../engine-worker/subscription/invoice/csv.ts'
import { keptInvoice, readKeptInvoice } from '../../../../engine-worker/subscription/kept-invoice.ts'

describe('invoices as CSV', () => {
  it('are the same when they are read again, also as they are kept', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => new BigDecimal(value).div(100))
    const line = fc.record({
      description: fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !/[\r\n]/.test(text)),
      quantity: fc.integer({ min: 1, max: 500 }).map((value) => new BigDecimal(value)),
      price: cents,
    })
    const invoices = fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(invoices, (all) => {
        const kept = all.map((lines, at) => {
          const priced = lines.map((each) => ({ ...each, amount: each.quantity.mul(each.price) }))
          const sum = priced.reduce((total, { amount }) => total.add(amount), new BigDecimal(0))
          const paid = at === 0 ? null : '2026-10-30'
          const days = { issued: '2026-10-02', due: '2026-11-03', isDueComputed: false, month: '2026-09', paid }
          return keptInvoice({ number: `N${at}`, ...days, currency: 'NOK', lines: priced, sum, payable: sum })
        })
        for (const each of kept) expect(readKeptInvoice(JSON.parse(JSON.stringify(each)))).toEqual([each])
        expect(readCsvInvoices(unparse([...invoiceRows(kept)].map((row) => [...row]))).map(keptInvoice)).toEqual(kept)
      }),
      { numRuns: 50 },
    )
  })
})

describe('a calendar file', () => {
  it('has whole days with an alarm, escaped texts and lines of 75 bytes', () => {
    const title = `Faktura ${'å'.repeat(60)}; betales, straks`
    const text = calendarFile([{ id: 'a', day: '2026-12-02', title, daysBefore: 2 }], new Date('2026-11-30T12:00:00Z'))
    const lines = text.split('\r\n')
    expect(lines.every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true)
    const unfolded = text.replaceAll('\r\n ', '')
    expect(unfolded).toContain('DTSTAMP:20261130T120000Z\r\nDTSTART;VALUE=DATE:20261202\r\n')
    expect(unfolded).toContain(`SUMMARY:${title.replace(';', '\\;').replace(',', '\\,')}\r\n`)
    expect(unfolded).toContain('TRIGGER:-P2D')
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  })
})
