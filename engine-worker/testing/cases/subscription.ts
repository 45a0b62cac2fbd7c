/** `eval` of subscription matters: the price of an environment, the checks of a VPN form, an invoice that is read. */
import type { BigDecimal } from '../../entity/bigdecimal.ts'
import { decimal, isNumeric, toBigDecimal } from '../../entity/decimal.ts'
import { get } from '../../entity/dict.ts'
import { decodeTransit } from '../../entity/transit.ts'
import { isObject, type JsonObject, objectOrEmpty, type Value } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { checkInvoice, type OwnUsage } from '../../subscription/invoice/compare.ts'
import { readCsvInvoice } from '../../subscription/invoice/csv.ts'
import { readUbl } from '../../subscription/invoice/ubl.ts'
import { priceOf } from '../../subscription/price.ts'
import { type PriceEntry, publishedPrices } from '../../subscription/prices.ts'
import { invalidValue } from '../../subscription/problems.ts'
import { checkVpn } from '../../subscription/vpn/check.ts'
import { readVpnForm } from '../../subscription/vpn/form.ts'
import { vpnProblemKind } from '../../subscription/vpn/problems.ts'
import { printSwanctl } from '../../subscription/vpn/swanctl.ts'
import type { CaseResult } from './result.ts'

/** The price of an environment, item by item. */
export function evaluatePrice(json: JsonObject): CaseResult {
  return withLocatedFault(() => priceValue(json))
}

function priceValue(json: JsonObject): Value {
  const request = objectOrEmpty(get(json, 'price'))
  const optionalFigure = (name: string) => (get(request, name) === undefined ? undefined : readFigureAt(request, name))
  const durableGb = optionalFigure('durableGb')
  const fixedGb = optionalFigure('fixedGb')
  const engines = optionalFigure('engines')?.toNumber()
  const slaPoints = optionalFigure('slaPoints')?.toNumber()
  const { total, items } = priceOf(
    {
      plan: String(get(request, 'plan')),
      gb: readFigureAt(request, 'gb'),
      vpn: get(request, 'vpn') === true,
      sla: String(get(request, 'sla') ?? 'none'),
      ...(durableGb === undefined ? {} : { durableGb }),
      ...(fixedGb === undefined ? {} : { fixedGb }),
      ...(engines === undefined ? {} : { engines }),
      ...(slaPoints === undefined ? {} : { slaPoints }),
    },
    ownPrices(objectOrEmpty(get(request, 'prices'))),
  )
  const shown = Object.entries(items).map(([name, amount]) => [name, moneyValue(amount)])
  return { total: moneyValue(total), items: Object.fromEntries(shown) }
}

function ownPrices(json: JsonObject): Partial<Record<PriceEntry, string>> {
  const prices: Partial<Record<PriceEntry, string>> = {}
  for (const entry of Object.keys(publishedPrices.entries) as PriceEntry[])
    if (get(json, entry) !== undefined) prices[entry] = readFigureAt(json, entry, ['prices', entry]).toFixed()
  return prices
}

/** The problems of a VPN form, and the configuration of a device where that is asked for. */
export function evaluateVpn(json: JsonObject): CaseResult {
  const form = readVpnForm(objectOrEmpty(get(json, 'vpn')))
  const problems = checkVpn(form).map((each) => ({
    path: jsonPointer(each.where.path ?? []),
    kind: vpnProblemKind(each),
  }))
  if (get(json, 'config') !== 'swanctl') return { value: { problems } }
  return { value: { problems, config: printSwanctl(form) } }
}

/** An invoice as it is read, and how it differs from a person's own count. */
export function evaluateInvoice(json: JsonObject): CaseResult {
  return withLocatedFault(() => invoiceValue(json))
}

function invoiceValue(json: JsonObject): Value {
  const invoiceText = get(json, 'invoice')
  const csv = isObject(invoiceText) ? get(invoiceText, 'csv') : undefined
  const invoice =
    typeof csv === 'string' ? readCsvInvoice(csv) : readUbl(typeof invoiceText === 'string' ? invoiceText : '')
  const rows = get(json, 'own')
  const ownRows = Array.isArray(rows) ? rows.map((row) => ownUsage(objectOrEmpty(row))) : null
  const { number, issued, due, currency, sum, payable } = invoice
  return {
    number,
    issued,
    due,
    currency,
    lines: invoice.lines.map(({ description, quantity, price, amount }) => ({
      description,
      quantity: moneyValue(quantity),
      price: moneyValue(price),
      amount: moneyValue(amount),
    })),
    sum: moneyValue(sum),
    payable: moneyValue(payable),
    problems: checkInvoice(invoice, ownRows).map(({ code }) => code),
  }
}

function ownUsage(row: JsonObject): OwnUsage {
  return {
    description: String(get(row, 'description')),
    quantity: readFigureAt(row, 'quantity'),
    price: readFigureAt(row, 'price'),
  }
}

/** A number or a transit decimal. */
function readFigureAt(json: JsonObject, name: string, path: readonly string[] = [name]): BigDecimal {
  const value = decodeTransit(get(json, name) ?? null)
  if (!isNumeric(value)) throw new Fault(invalidValue({ name, value: String(value), allowed: 'a number' }, { path }))
  return toBigDecimal(value)
}

function moneyValue(amount: BigDecimal): Value {
  return decimal(amount, 2)
}

/** The value, or the problem with its path as a pointer into the question. */
function withLocatedFault(evaluate: () => Value): CaseResult {
  try {
    return { value: evaluate() }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { problem: error.problem, pointer: jsonPointer(error.problem.where.path ?? []) }
  }
}

/** The path as a JSON pointer (RFC 6901). */
function jsonPointer(path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
