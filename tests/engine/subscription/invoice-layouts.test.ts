/** Invoices as senders lay them out, in UBL 2.1 and Peppol BIS 3: each is read with sums that reconcile, or refused with a reason. */
import { describe, expect, it } from 'vitest'
import { decodeXml, encodeText } from '../../../engine-worker/index.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { readUbl } from '../../../engine-worker/subscription/invoice/ubl.ts'

const schema = 'urn:oasis:names:specification:ubl:schema:xsd:'

interface Line {
  readonly name: string
  readonly quantity: string
  readonly price: string
  readonly amount: string
  /** Elements of the line besides. */
  readonly more?: string
  /** The quantity that the price is for. */
  readonly base?: string
}

interface Layout {
  readonly kind?: 'Invoice' | 'CreditNote'
  readonly currency?: string
  readonly lines?: readonly Line[]
  /** Elements before the totals: allowances, tax, periods, means of payment. */
  readonly head?: string
  /** Elements of the monetary total besides the sum of the lines. */
  readonly totals?: string
  readonly sum?: string
  readonly declaration?: string
}

const compute: Line = { name: 'Single compute', quantity: '1', price: '1352.00', amount: '1352.00' }
const storage: Line = { name: 'Storage', quantity: '60', price: '22.88', amount: '1372.80' }

function documentOf(layout: Layout): string {
  const { kind = 'Invoice', currency = 'USD', lines = [compute, storage], head = '', totals = '' } = layout
  const money = (name: string, amount: string) => `<cbc:${name} currencyID="${currency}">${amount}</cbc:${name}>`
  const counted = kind === 'Invoice' ? 'InvoicedQuantity' : 'CreditedQuantity'
  const each = lines.map(
    ({ name, quantity, price, amount, more = '', base }, at) => `
    <cac:${kind}Line>
      <cbc:ID>${at + 1}</cbc:ID>
      <cbc:${counted} unitCode="EA">${quantity}</cbc:${counted}>
      ${money('LineExtensionAmount', amount)}
      ${more}
      <cac:Item><cbc:Name>${name}</cbc:Name></cac:Item>
      <cac:Price>${money('PriceAmount', price)}${base === undefined ? '' : `<cbc:BaseQuantity>${base}</cbc:BaseQuantity>`}</cac:Price>
    </cac:${kind}Line>`,
  )
  const { sum = '2724.80', declaration = '<?xml version="1.0" encoding="UTF-8"?>' } = layout
  const payable = totals.includes('PayableAmount') ? '' : money('PayableAmount', sum)
  return `${declaration}
  <${kind} xmlns="${schema}${kind}-2" xmlns:cac="${schema}CommonAggregateComponents-2" xmlns:cbc="${schema}CommonBasicComponents-2">
    <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
    <cbc:ID>S-1</cbc:ID>
    <cbc:IssueDate>2026-10-02</cbc:IssueDate>
    <cbc:DocumentCurrencyCode>${currency}</cbc:DocumentCurrencyCode>
    ${head}
    <cac:LegalMonetaryTotal>${money('LineExtensionAmount', sum)}${totals}${payable}</cac:LegalMonetaryTotal>
    ${each.join('')}
  </${kind}>`
}

const usd = (name: string, amount: string) => `<cbc:${name} currencyID="USD">${amount}</cbc:${name}>`
const tax = (amount: string, currency = 'USD') =>
  `<cac:TaxTotal><cbc:TaxAmount currencyID="${currency}">${amount}</cbc:TaxAmount></cac:TaxTotal>`
const allowance = (isCharge: boolean, amount: string) =>
  `<cac:AllowanceCharge><cbc:ChargeIndicator>${isCharge}</cbc:ChargeIndicator>${usd('Amount', amount)}</cac:AllowanceCharge>`

/** By layout: the document, and its sum and what is payable. */
const acceptedLayouts: readonly (readonly [string, Layout, string, string])[] = [
  ['two lines without VAT', {}, '2724.80', '2724.80'],
  ['VAT of 25 %', { head: tax('681.20'), totals: usd('PayableAmount', '3406.00') }, '2724.80', '3406.00'],
  [
    'VAT that is stated in the currency of the tax authority too',
    {
      head: `<cbc:TaxCurrencyCode>NOK</cbc:TaxCurrencyCode>${tax('681.20')}${tax('7000.00', 'NOK')}`,
      totals: usd('TaxInclusiveAmount', '3406.00') + usd('PayableAmount', '3406.00'),
    },
    '2724.80',
    '3406.00',
  ],
  ['reverse charge', { head: tax('0.00'), totals: usd('TaxExclusiveAmount', '2724.80') }, '2724.80', '2724.80'],
  [
    'an allowance and a charge of the document',
    {
      head: allowance(false, '24.80') + allowance(true, '10.00'),
      totals:
        usd('AllowanceTotalAmount', '24.80') + usd('ChargeTotalAmount', '10.00') + usd('PayableAmount', '2710.00'),
    },
    '2724.80',
    '2710.00',
  ],
  [
    'an allowance of a line',
    {
      lines: [{ ...compute, amount: '1300.00', more: allowance(false, '52.00') }],
      sum: '1300.00',
    },
    '1300.00',
    '1300.00',
  ],
  [
    'what was paid before',
    { totals: usd('PrepaidAmount', '724.80') + usd('PayableAmount', '2000.00') },
    '2724.80',
    '2000.00',
  ],
  [
    'rounding to whole units',
    { totals: usd('PayableRoundingAmount', '0.20') + usd('PayableAmount', '2725.00') },
    '2724.80',
    '2725.00',
  ],
  [
    'a price for a thousand',
    { lines: [{ ...storage, quantity: '60000', price: '22880', base: '1000000' }], sum: '1372.80' },
    '1372.80',
    '1372.80',
  ],
  [
    'quantities with many digits, rounded in the line',
    { lines: [{ ...storage, quantity: '60.123456', amount: '1375.62' }], sum: '1375.62' },
    '1375.62',
    '1375.62',
  ],
  [
    'a line that takes back',
    { lines: [compute, { ...storage, quantity: '-1', amount: '-22.88' }], sum: '1329.12' },
    '1329.12',
    '1329.12',
  ],
  ['Norwegian crowns', { currency: 'NOK' }, '2724.80', '2724.80'],
  ['Swedish crowns', { currency: 'SEK' }, '2724.80', '2724.80'],
  ['euro', { currency: 'EUR' }, '2724.80', '2724.80'],
  ['yen', { currency: 'JPY' }, '2724.80', '2724.80'],
  ['a credit note', { kind: 'CreditNote' }, '-2724.80', '-2724.80'],
  [
    'a credit note with VAT',
    { kind: 'CreditNote', head: tax('681.20'), totals: usd('PayableAmount', '3406.00') },
    '-2724.80',
    '-3406.00',
  ],
  [
    'notes, comments and character data',
    { head: '<!-- by hand --><cbc:Note><![CDATA[<b>thanks</b> & more]]></cbc:Note>' },
    '2724.80',
    '2724.80',
  ],
]

/** By fault: the text, and the code of the reason. */
const refusedLayouts: readonly (readonly [string, string, string])[] = [
  ['lines that do not make the sum', documentOf({ sum: '2724.81' }), 'sums-differ'],
  [
    'a line that is not quantity times price',
    documentOf({ lines: [{ ...compute, price: '1352.03' }], sum: '1352.00' }),
    'sums-differ',
  ],
  ['VAT that is not in the total', documentOf({ head: tax('681.20') }), 'sums-differ'],
  ['an allowance that is not in the total', documentOf({ head: allowance(false, '24.80') }), 'sums-differ'],
  ['two currencies', documentOf({ head: tax('1.00', 'EUR') }), 'mixed-currency'],
  ['no currency of the world', documentOf({ currency: 'KRO' }), 'unknown-currency'],
  ['no lines', documentOf({ lines: [], sum: '0' }), 'missing'],
  [
    'an amount with a comma',
    documentOf({ lines: [{ ...compute, amount: '1352,00' }], sum: '1352.00' }),
    'invalid-value',
  ],
  [
    'an amount in powers of ten',
    documentOf({ lines: [{ ...compute, price: '1.352e3' }], sum: '1352.00' }),
    'invalid-value',
  ],
  ['a base of zero', documentOf({ lines: [{ ...compute, base: '0' }], sum: '1352.00' }), 'invalid-value'],
  ['a day that is none', documentOf({}).replace('2026-10-02', '2026-02-30'), 'invalid-value'],
  ['no number', documentOf({}).replace('<cbc:ID>S-1</cbc:ID>', ''), 'missing'],
  ['an order', documentOf({}).replaceAll('Invoice', 'Order'), 'not-an-invoice'],
  ['a text that ends early', documentOf({}).slice(0, 900), 'not-an-invoice'],
  ['a page', '<!DOCTYPE html><html><body>Invoice</body></html>', 'not-an-invoice'],
  [
    'entities that grow',
    `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${documentOf({ declaration: '' })}`,
    'unsafe-xml',
  ],
  [
    'an entity from outside',
    `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${documentOf({ declaration: '' })}`,
    'unsafe-xml',
  ],
  ['elements without end', '<a>'.repeat(100_000), 'not-an-invoice'],
]

describe('invoices', () => {
  it.each(acceptedLayouts)('with %s are read', (_, layout, sum, payable) => {
    const invoice = readUbl(documentOf(layout))
    expect([invoice.sum.toFixed(2), invoice.payable.toFixed(2)]).toEqual([sum, payable])
    const lines = invoice.lines.reduce((total, { amount }) => total.add(amount), invoice.sum.mul(0))
    expect(lines.toFixed(2)).toBe(sum)
  })

  it.each(refusedLayouts)('with %s are refused', (_, text, code) => {
    expect(() => readUbl(text)).toThrow(Fault)
    try {
      readUbl(text)
    } catch (error) {
      expect(error instanceof Fault ? error.problem.code : error).toBe(code)
    }
  })

  it('are due as their means of payment say, and are for the period that they state', () => {
    const means = '<cac:PaymentMeans><cbc:PaymentDueDate>2026-10-20</cbc:PaymentDueDate></cac:PaymentMeans>'
    const period =
      '<cac:InvoicePeriod><cbc:StartDate>2026-09-01</cbc:StartDate><cbc:EndDate>2026-09-30</cbc:EndDate></cac:InvoicePeriod>'
    expect(readUbl(documentOf({ head: means }))).toMatchObject({ due: '2026-10-20', isDueComputed: false, month: null })
    expect(readUbl(documentOf({ head: period }))).toMatchObject({ due: '2026-11-01', month: '2026-09' })
  })

  it.each(['ISO-8859-1', 'windows-1252', 'UTF-16'])('in %s keep their letters', (charset) => {
    const text = documentOf({
      declaration: `<?xml version="1.0" encoding="${charset}"?>`,
      lines: [{ ...compute, name: 'Lagring på Røros' }],
      sum: '1352.00',
    })
    const bytes =
      charset === 'UTF-16' ? new Uint8Array([0xff, 0xfe, ...utf16(text)]) : encodeText(text, charset.toLowerCase())
    expect(readUbl(decodeXml(bytes)).lines[0]?.description).toBe('Lagring på Røros')
  })
})

function utf16(text: string): number[] {
  return [...text].flatMap((character) => [character.charCodeAt(0) & 255, character.charCodeAt(0) >> 8])
}
