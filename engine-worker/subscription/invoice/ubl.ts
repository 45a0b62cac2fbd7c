/**
 * Invoices and credit notes in UBL 2.1, the syntax of Peppol BIS Billing 3 and EHF 3. Elements are found by namespace and
 * name, whatever their prefixes; every stated sum is checked.
 */
import { BigDecimal } from '../../entity/bigdecimal.ts'
import { quotient } from '../../entity/decimal.ts'
import { Fault } from '../../problem.ts'
import { invalidValue, missingValue } from '../problems.ts'
import {
  checkCurrency,
  checkLine,
  checkSameCurrency,
  checkSum,
  checkTax,
  dueAfter,
  readDate,
  readFigure,
  sumOfFigures,
} from './figures.ts'
import { type Invoice, type InvoiceLine, notAnInvoice } from './invoice.ts'
import { readXml, type XmlElement, xmlChildren, xmlText } from './xml.ts'

const UBL_PREFIX = 'urn:oasis:names:specification:ubl:schema:xsd:'
const aggregates = `${UBL_PREFIX}CommonAggregateComponents-2`
const basics = `${UBL_PREFIX}CommonBasicComponents-2`

/** What differs between the two documents. */
interface DocumentKind {
  readonly line: string
  readonly quantity: string
  /** A credit note states what is given back as positive amounts. */
  readonly sign: 1 | -1
}

const documents: Readonly<Record<string, DocumentKind>> = {
  [`${UBL_PREFIX}Invoice-2 Invoice`]: { line: 'InvoiceLine', quantity: 'InvoicedQuantity', sign: 1 },
  [`${UBL_PREFIX}CreditNote-2 CreditNote`]: { line: 'CreditNoteLine', quantity: 'CreditedQuantity', sign: -1 },
}

/**
 * The invoice that the XML text is.
 * @throws Fault with the reason where it is not an invoice, is not complete, or does not add up
 */
export function readUbl(text: string): Invoice {
  const root = readXml(text.replace(/^\uFEFF/, ''))
  const kind = documents[`${root.namespace} ${root.name}`]
  if (kind === undefined)
    throw new Fault(
      notAnInvoice({ reason: `its element is ${root.name.slice(0, 60)}, not Invoice or CreditNote of UBL 2.1` }),
    )
  const number = needText(root, 'ID')
  const issued = readDate(needText(root, 'IssueDate'), 'IssueDate')
  const currency = needText(root, 'DocumentCurrencyCode')
  const totals = need(root, aggregates, 'LegalMonetaryTotal')
  const lineElements = xmlChildren(root, aggregates, kind.line)
  if (lineElements.length === 0) throw new Fault(missingValue({ name: kind.line }))
  const stated = dueDate(root)
  const lines = lineElements.map((line) => readLine(line, kind))
  checkCurrency(currency)
  checkCurrencies(root, currency, optionalText(root, 'TaxCurrencyCode'))
  const { sum, payable } = checkTotals(root, totals, lines, currency)
  const withSign = (amount: BigDecimal) => (kind.sign === 1 ? amount : amount.negated())
  return {
    number,
    issued,
    due: stated ?? dueAfter(issued),
    isDueComputed: stated === null,
    month: invoicedMonth(root),
    paid: null,
    currency,
    lines: lines.map(({ description, quantity, price, amount }) => ({
      description,
      quantity: withSign(quantity),
      price,
      amount: withSign(amount),
    })),
    sum: withSign(sum),
    payable: withSign(payable),
  }
}

function dueDate(root: XmlElement): string | null {
  const means = xmlChildren(root, aggregates, 'PaymentMeans')
  const text =
    optionalText(root, 'DueDate') ??
    means.map((each) => optionalText(each, 'PaymentDueDate')).find((each) => each !== null)
  return text === undefined || text === null ? null : readDate(text, 'DueDate')
}

/** The month of the invoiced period (`InvoicePeriod`, by its end); null where none is stated. */
function invoicedMonth(root: XmlElement): string | null {
  const [period] = xmlChildren(root, aggregates, 'InvoicePeriod')
  const day = period === undefined ? null : (optionalText(period, 'EndDate') ?? optionalText(period, 'StartDate'))
  return day === null ? null : readDate(day, 'InvoicePeriod').slice(0, 7)
}

function readLine(line: XmlElement, { quantity: quantityName }: DocumentKind): InvoiceLine {
  const item = need(line, aggregates, 'Item')
  const description = needText(item, 'Name')
  const quantity = readFigure(needText(line, quantityName), quantityName)
  const amount = readFigure(needText(line, 'LineExtensionAmount'), 'LineExtensionAmount')
  const priceElement = need(line, aggregates, 'Price')
  const baseText = optionalText(priceElement, 'BaseQuantity') ?? '1'
  const base = readFigure(baseText, 'BaseQuantity')
  const stated = readFigure(needText(priceElement, 'PriceAmount'), 'PriceAmount')
  if (base.isZero())
    throw new Fault(invalidValue({ name: 'BaseQuantity', value: baseText, allowed: 'a number other than zero' }))
  const price = quotient(stated, base)
  checkLine(`amount of "${description.slice(0, 80)}"`, amount, quantity.mul(price).add(allowances(line)))
  return { description, quantity, price, amount }
}

/** Charges less allowances directly under an element. */
function allowances(element: XmlElement): BigDecimal {
  return sumOfFigures(
    xmlChildren(element, aggregates, 'AllowanceCharge').map((each) => {
      const amount = readFigure(needText(each, 'Amount'), 'Amount')
      return optionalText(each, 'ChargeIndicator') === 'true' ? amount : amount.negated()
    }),
  )
}

/** The sums of Peppol BIS 3: lines, allowances and charges, VAT, what was prepaid, rounding, the amount due. */
function checkTotals(root: XmlElement, totals: XmlElement, lines: readonly InvoiceLine[], currency: string) {
  const figure = (name: string) => {
    const text = optionalText(totals, name)
    return text === null ? null : readFigure(text, name)
  }
  const sum = readFigure(needText(totals, 'LineExtensionAmount'), 'LineExtensionAmount')
  const payable = readFigure(needText(totals, 'PayableAmount'), 'PayableAmount')
  checkSum('LineExtensionAmount', sum, sumOfFigures(lines.map(({ amount }) => amount)))
  const withoutTax = sum.add(allowances(root))
  const statedAllowances = figure('AllowanceTotalAmount')
  const statedCharges = figure('ChargeTotalAmount')
  if (statedAllowances !== null || statedCharges !== null) {
    const stated = (statedCharges ?? zero).sub(statedAllowances ?? zero)
    checkSum('AllowanceTotalAmount', stated, allowances(root))
  }
  checkSum('TaxExclusiveAmount', figure('TaxExclusiveAmount') ?? withoutTax, withoutTax)
  const withTax = withoutTax.add(taxOf(root, currency))
  checkSum('TaxInclusiveAmount', figure('TaxInclusiveAmount') ?? withTax, withTax)
  const due = withTax.sub(figure('PrepaidAmount') ?? zero).add(figure('PayableRoundingAmount') ?? zero)
  checkSum('PayableAmount', payable, due)
  return { sum, payable }
}

const zero = new BigDecimal(0)

/** The VAT in the document's currency; a second total may state it in the currency of the tax authority. */
function taxOf(root: XmlElement, currency: string): BigDecimal {
  return sumOfFigures(
    xmlChildren(root, aggregates, 'TaxTotal').flatMap((each) => {
      const [stated] = xmlChildren(each, basics, 'TaxAmount')
      if (stated === undefined || (stated.attributes.get('currencyID') ?? currency) !== currency) return []
      const amount = readFigure(xmlText(stated), 'TaxAmount')
      const categories = xmlChildren(each, aggregates, 'TaxSubtotal').map(taxOfCategory)
      if (categories.length > 0) checkSum('TaxAmount', amount, sumOfFigures(categories))
      return [amount]
    }),
  )
}

/** The VAT of one category, which is its rate of the taxable amount (BR-CO-17 of EN 16931). */
function taxOfCategory(subtotal: XmlElement): BigDecimal {
  const amount = readFigure(needText(subtotal, 'TaxAmount'), 'TaxAmount')
  const [category] = xmlChildren(subtotal, aggregates, 'TaxCategory')
  const rate = category === undefined ? null : optionalText(category, 'Percent')
  const taxable = optionalText(subtotal, 'TaxableAmount')
  if (rate !== null && taxable !== null)
    checkTax(amount, readFigure(taxable, 'TaxableAmount').mul(readFigure(rate, 'Percent')).div(100))
  return amount
}

/** Every amount is in the document's currency, but for VAT that is stated in the tax authority's as well. */
function checkCurrencies(root: XmlElement, currency: string, taxCurrency: string | null): void {
  const visit = (element: XmlElement, inTax: boolean): void => {
    const stated = element.attributes.get('currencyID')
    if (stated !== undefined && !(inTax && stated === taxCurrency)) checkSameCurrency(currency, stated)
    for (const child of element.children) visit(child, inTax || child.name === 'TaxTotal')
  }
  visit(root, false)
}

function need(element: XmlElement, namespace: string, name: string): XmlElement {
  const [found] = xmlChildren(element, namespace, name)
  if (found === undefined) throw new Fault(missingValue({ name }))
  return found
}

/** The trimmed text of a child; null where there is none or it is empty. */
function optionalText(element: XmlElement, name: string): string | null {
  const [found] = xmlChildren(element, basics, name)
  return found === undefined || xmlText(found) === '' ? null : xmlText(found)
}

function needText(element: XmlElement, name: string): string {
  const found = optionalText(element, name)
  if (found === null) throw new Fault(missingValue({ name }))
  return found
}
