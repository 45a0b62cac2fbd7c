/** Imported invoices: what is read, and what is refused with a reason. */
import { describe, expect, it } from 'vitest'
import { BigDecimal } from '../../../engine-worker/entity/bigdecimal.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { checkInvoice } from '../../../engine-worker/subscription/invoice/compare.ts'
import { readCsvInvoice } from '../../../engine-worker/subscription/invoice/csv.ts'
import type { Invoice } from '../../../engine-worker/subscription/invoice/invoice.ts'
import { readUbl } from '../../../engine-worker/subscription/invoice/ubl.ts'

/** A small invoice: prefixes and sums can be changed by the tests. */
function ubl(changes: {
  kind?: 'Invoice' | 'CreditNote'
  prefix?: string
  lines?: string
  totals?: string
  head?: string
}) {
  const { kind = 'Invoice', prefix = 'cbc', totals = total('300.00', '375.00') } = changes
  const counted = kind === 'Invoice' ? 'Invoiced' : 'Credited'
  const lines = changes.lines ?? lineXml(kind, counted, '3', '100.00', '300.00')
  const head = changes.head ?? '<b:IssueDate>2026-02-10</b:IssueDate><b:DueDate>2026-03-01</b:DueDate>'
  return `<?xml version="1.0"?><${kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${kind}-2" xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><b:ID>N-7</b:ID>${head}<b:DocumentCurrencyCode>NOK</b:DocumentCurrencyCode><a:TaxTotal><b:TaxAmount currencyID="NOK">75.00</b:TaxAmount></a:TaxTotal>${totals}${lines}</${kind}>`
    .replaceAll(/(<\/?)b:/g, `$1${prefix}:`)
    .replace('xmlns:b=', `xmlns:${prefix}=`)
}

function total(sum: string, payable: string): string {
  return `<a:LegalMonetaryTotal><b:LineExtensionAmount currencyID="NOK">${sum}</b:LineExtensionAmount><b:PayableAmount currencyID="NOK">${payable}</b:PayableAmount></a:LegalMonetaryTotal>`
}

function lineXml(kind: string, counted: string, quantity: string, price: string, amount: string): string {
  return `<a:${kind}Line><b:${counted}Quantity>${quantity}</b:${counted}Quantity><b:LineExtensionAmount currencyID="NOK">${amount}</b:LineExtensionAmount><a:Item><b:Name> Storage </b:Name></a:Item><a:Price><b:PriceAmount currencyID="NOK">${price}</b:PriceAmount></a:Price></a:${kind}Line>`
}

function codeOf(read: () => Invoice): string {
  try {
    read()
  } catch (error) {
    if (error instanceof Fault) return error.problem.code
    throw error
  }
  return 'read'
}

describe('readUbl', () => {
  it('finds names by their namespaces, whatever the prefixes', () => {
    for (const prefix of ['cbc', 'x', 'basic']) {
      const { number, due, lines, sum, payable } = readUbl(ubl({ prefix }))
      expect([number, due, lines[0]?.description, sum.toFixed(2), payable.toFixed(2)]).toEqual([
        'N-7',
        '2026-03-01',
        'Storage',
        '300.00',
        '375.00',
      ])
    }
  })

  it('turns the signs of a credit note', () => {
    const { lines, payable } = readUbl(ubl({ kind: 'CreditNote' }))
    expect([lines[0]?.quantity.toFixed(), lines[0]?.price.toFixed(), payable.toFixed()]).toEqual(['-3', '100', '-375'])
  })

  it('computes the due date over the ends of months and leap years', () => {
    const headXml = (day: string) => `<b:IssueDate>${day}</b:IssueDate>`
    expect(readUbl(ubl({ head: headXml('2028-01-31') })).due).toBe('2028-03-01')
    expect(readUbl(ubl({ head: headXml('2026-12-15') })).due).toBe('2027-01-14')
  })

  it('holds the VAT against its categories', () => {
    const category = (taxable: string, rate: string, tax: string) =>
      `<a:TaxSubtotal><cbc:TaxableAmount currencyID="NOK">${taxable}</cbc:TaxableAmount><cbc:TaxAmount currencyID="NOK">${tax}</cbc:TaxAmount><a:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>${rate}</cbc:Percent></a:TaxCategory></a:TaxSubtotal>`
    const withCategories = (...categories: string[]) =>
      codeOf(() => readUbl(ubl({}).replace('</a:TaxTotal>', `${categories.join('')}</a:TaxTotal>`)))
    expect(withCategories(category('300.00', '25', '75.00'))).toBe('read')
    expect(withCategories(category('200.00', '25', '50.00'), category('100.00', '25', '25.00'))).toBe('read')
    // The parts are less than the whole.
    expect(withCategories(category('200.00', '25', '50.00'), category('100.00', '15', '15.00'))).toBe('sums-differ')
    // The part is not its rate of what is taxed.
    expect(withCategories(category('300.00', '15', '75.00'))).toBe('sums-differ')
    // Rounded line by line.
    expect(withCategories(category('299.00', '25', '75.00'))).toBe('read')
  })

  it('refuses what does not add up, is unsafe, or is no invoice', () => {
    const code = (text: string) => codeOf(() => readUbl(text))
    expect(code(ubl({ totals: total('301.00', '375.00') }))).toBe('sums-differ')
    expect(code(ubl({ totals: total('300.00', '300.00') }))).toBe('sums-differ')
    expect(code(ubl({ lines: lineXml('Invoice', 'Invoiced', '3', '110.00', '300.00') }))).toBe('sums-differ')
    expect(code(ubl({}).replace('currencyID="NOK">100', 'currencyID="EUR">100'))).toBe('mixed-currency')
    expect(code(ubl({}).replaceAll('NOK', 'NKR'))).toBe('unknown-currency')
    expect(code(ubl({ head: '<b:IssueDate>2026-02-30</b:IssueDate>' }))).toBe('invalid-value')
    expect(code(ubl({ lines: '' }))).toBe('missing')
    expect(code(ubl({}).slice(0, -10))).toBe('not-an-invoice')
    expect(code('')).toBe('not-an-invoice')
    const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
    const bomb = `<!DOCTYPE Invoice [<!ENTITY l0 "ha">${entities}]>`
    expect(code(ubl({}).replace('<Invoice', `${bomb}<Invoice`))).toBe('unsafe-xml')
    expect(code('<a>'.repeat(100_000))).toBe('not-an-invoice')
  })
})

describe('readCsvInvoice', () => {
  const semicolons = 'number;issued;due;currency;description;quantity;price;amount\n'
  it('reads decimal commas and grouped thousands where columns are divided by semicolons', () => {
    const { sum, lines } = readCsvInvoice(
      `\uFEFF${semicolons}A;2026-10-02;;NOK;Storage;1\u00a0000;22,88;22\u00a0880,00\n`,
    )
    expect([lines[0]?.quantity.toFixed(), sum.toFixed()]).toEqual(['1000', '22880'])
  })
  it('refuses other decimal signs, other currencies and more than one invoice', () => {
    const code = (rows: string) => codeOf(() => readCsvInvoice(semicolons + rows))
    expect(code('A;2026-10-02;;NOK;Storage;1;1.352,00;1352,00\n')).toBe('invalid-value')
    expect(code('A;2026-10-02;;NOK;Storage;1;1;1\nA;2026-10-02;;EUR;VPN;1;1;1\n')).toBe('mixed-currency')
    expect(code('A;2026-10-02;;NOK;Storage;1;1;1\nB;2026-10-02;;NOK;VPN;1;1;1\n')).toBe('invalid-value')
    expect(code('')).toBe('missing')
  })
})

describe('checkInvoice', () => {
  it('says line by line what differs from the own count', () => {
    const invoice = readUbl(ubl({}))
    const row = (description: string, quantity: number, price: string) => ({
      description,
      quantity: new BigDecimal(quantity),
      price: new BigDecimal(price),
    })
    const codes = (...own: ReturnType<typeof row>[]) => checkInvoice(invoice, own).map(({ code }) => code)
    expect(codes(row('Storage', 3, '100.000'))).toEqual([])
    expect(codes(row('Storage', 2, '99'))).toEqual(['quantity-differs', 'price-differs'])
    expect(codes(row('VPN', 2, '99'))).toEqual(['not-in-own', 'not-invoiced'])
    expect(checkInvoice(invoice, null)).toEqual([])
  })
})
