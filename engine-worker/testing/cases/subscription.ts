/** `eval` of subscription matters: the price of an environment, the checks of a VPN form, an invoice that is read. */
import type { BigDecimal } from '../../entity/bigdecimal.ts'
import { decimal, isNumeric, toBigDecimal } from '../../entity/decimal.ts'
import { get } from '../../entity/dict.ts'
import { decodeTransit } from '../../entity/transit.ts'
import { isObject, type Json, type JsonObject, type Value } from '../../entity/value.ts'
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
  return located(() => priceAsked(json))
}

function priceAsked(json: JsonObject): Value {
  const request = object(get(json, 'price'))
  const optional = (name: string) => (get(request, name) === undefined ? undefined : figure(request, name))
  const durableGb = optional('durableGb')
  const fixedGb = optional('fixedGb')
  const engines = optional('engines')?.toNumber()
  const slaPoints = optional('slaPoints')?.toNumber()
  const { total, items } = priceOf(
    {
      plan: String(get(request, 'plan')),
      gb: figure(request, 'gb'),
      vpn: get(request, 'vpn') === true,
      sla: String(get(request, 'sla') ?? 'none'),
      ...(durableGb === undefined ? {} : { durableGb }),
      ...(fixedGb === undefined ? {} : { fixedGb }),
      ...(engines === undefined ? {} : { engines }),
      ...(slaPoints === undefined ? {} : { slaPoints }),
    },
    ownPrices(object(get(request, 'prices'))),
  )
  const shown = Object.entries(items).map(([name, amount]) => [name, money(amount)])
  return { total: money(total), items: Object.fromEntries(shown) }
}

function ownPrices(json: JsonObject): Partial<Record<PriceEntry, string>> {
  const prices: Partial<Record<PriceEntry, string>> = {}
  for (const entry of Object.keys(publishedPrices.entries) as PriceEntry[])
    if (get(json, entry) !== undefined) prices[entry] = figure(json, entry, ['prices', entry]).toFixed()
  return prices
}

/** The problems of a VPN form, and the configuration of a device where that is asked for. */
export function evaluateVpn(json: JsonObject): CaseResult {
  const form = readVpnForm(object(get(json, 'vpn')))
  const problems = checkVpn(form).map((each) => ({ path: pointer(each.where.path ?? []), kind: vpnProblemKind(each) }))
  if (get(json, 'config') !== 'swanctl') return { value: { problems } }
  return { value: { problems, config: printSwanctl(form) } }
}

/** An invoice as it is read, and how it differs from a person's own count. */
export function evaluateInvoice(json: JsonObject): CaseResult {
  return located(() => invoiceGiven(json))
}

function invoiceGiven(json: JsonObject): Value {
  const invoiceText = get(json, 'invoice')
  const csv = isObject(invoiceText) ? get(invoiceText, 'csv') : undefined
  const invoice =
    typeof csv === 'string' ? readCsvInvoice(csv) : readUbl(typeof invoiceText === 'string' ? invoiceText : '')
  const rows = get(json, 'own')
  const ownRows = Array.isArray(rows) ? rows.map((row) => ownUsage(object(row))) : null
  const { number, issued, due, currency, sum, payable } = invoice
  return {
    number,
    issued,
    due,
    currency,
    lines: invoice.lines.map(({ description, quantity, price, amount }) => ({
      description,
      quantity: money(quantity),
      price: money(price),
      amount: money(amount),
    })),
    sum: money(sum),
    payable: money(payable),
    problems: checkInvoice(invoice, ownRows).map(({ code }) => code),
  }
}

function ownUsage(row: JsonObject): OwnUsage {
  return {
    description: String(get(row, 'description')),
    quantity: figure(row, 'quantity'),
    price: figure(row, 'price'),
  }
}

/** A number or a transit decimal. */
function figure(json: JsonObject, name: string, path: readonly string[] = [name]): BigDecimal {
  const value = decodeTransit(get(json, name) ?? null)
  if (!isNumeric(value)) throw new Fault(invalidValue({ name, value: String(value), allowed: 'a number' }, { path }))
  return toBigDecimal(value)
}

function money(amount: BigDecimal): Value {
  return decimal(amount, 2)
}

/** The value, or the problem with its path as a pointer into the question. */
function located(evaluate: () => Value): CaseResult {
  try {
    return { value: evaluate() }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { problem: error.problem, pointer: pointer(error.problem.where.path ?? []) }
  }
}

/** The path as a JSON pointer (RFC 6901). */
function pointer(path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function object(json: Json | undefined): JsonObject {
  return isObject(json) ? json : {}
}
