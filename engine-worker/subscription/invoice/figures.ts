/** The texts of an invoice as exact figures, dates and currencies, and the checks that they add up. */
import { BigDecimal } from '../../entity/bigdecimal.ts'
import { Fault } from '../../problem.ts'
import { invalidValue } from '../problems.ts'
import { daysUntilDue, mixedCurrency, sumsDiffer, unknownCurrency } from './invoice.ts'

/** What a line may differ from quantity times price: rounding of its parts (Peppol BIS 3). */
const lineTolerance = new BigDecimal('0.02')

/** What the VAT of a category may differ from its rate of the taxable amount: senders round it line by line (EN 16931). */
const taxTolerance = 1

const FIGURE = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/

/** Longest figure in characters; an invoice needs no more. */
const MAX_FIGURE_LENGTH = 40

/**
 * An exact figure written with a decimal point.
 * @throws Fault `invalid-value`
 */
export function readFigure(text: string, name: string): BigDecimal {
  if (!FIGURE.test(text) || text.length > MAX_FIGURE_LENGTH)
    throw new Fault(
      invalidValue({ name, value: text.slice(0, MAX_FIGURE_LENGTH), allowed: 'a number such as 1352.00' }),
    )
  return new BigDecimal(text)
}

const DATE = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?$/

/**
 * A day of the calendar as `yyyy-mm-dd`; a time zone after it is left out.
 * @throws Fault `invalid-value`
 */
export function readDate(text: string, name: string): string {
  const day = DATE.exec(text)?.[1]
  const time = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`)
  if (day === undefined || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day)
    throw new Fault(
      invalidValue({ name, value: text.slice(0, MAX_FIGURE_LENGTH), allowed: 'a date such as 2026-10-02' }),
    )
  return day
}

/** The day on which an invoice is due that does not say so. */
export function dueAfter(issued: string): string {
  const day = new Date(`${issued}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + daysUntilDue)
  return day.toISOString().slice(0, 10)
}

/** @throws Fault `unknown-currency` */
export function checkCurrency(currency: string): void {
  if (!currencies().has(currency)) throw new Fault(unknownCurrency({ currency }))
}

let currencyCodes: ReadonlySet<string> | null = null

/** The codes that the platform knows (Intl); read once. */
function currencies(): ReadonlySet<string> {
  currencyCodes ??= new Set(Intl.supportedValuesOf('currency'))
  return currencyCodes
}

/** @throws Fault `mixed-currency` */
export function checkSameCurrency(currency: string, other: string): void {
  if (other !== currency) throw new Fault(mixedCurrency({ currency, other }))
}

/** @throws Fault `sums-differ` where an amount is not exactly what its parts give */
export function checkSum(name: string, stated: BigDecimal, computed: BigDecimal): void {
  if (!stated.equals(computed)) throw sumsDifferFault(name, stated, computed)
}

/** @throws Fault `sums-differ` where a line's amount differs from its parts by more than rounding */
export function checkLine(name: string, stated: BigDecimal, computed: BigDecimal): void {
  if (stated.sub(computed).abs().greaterThan(lineTolerance)) throw sumsDifferFault(name, stated, computed)
}

/** @throws Fault `sums-differ` where the VAT of a category is not what its rate gives, but for rounding */
export function checkTax(stated: BigDecimal, computed: BigDecimal): void {
  if (stated.sub(computed).abs().greaterThanOrEqualTo(taxTolerance))
    throw sumsDifferFault('TaxAmount', stated, computed)
}

function sumsDifferFault(name: string, stated: BigDecimal, computed: BigDecimal): Fault {
  return new Fault(sumsDiffer({ name, stated: stated.toFixed(), computed: computed.toDecimalPlaces(6).toFixed() }))
}

/** The sum of figures; zero where there are none. */
export function sumOfFigures(figures: readonly BigDecimal[]): BigDecimal {
  return figures.reduce((sum, figure) => sum.add(figure), new BigDecimal(0))
}
