/**
 * What a person keeps about a subscription: the choices that its price is computed from, own prices, the agreement,
 * invoices and the VPN form. It is kept with the project's data, never in its configuration; the pre-shared
 * key of a VPN is never kept. What is read back is not trusted: what is of another type counts as absent.
 */
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { type PlanName, type PriceEntry, planNames, publishedPrices, type SlaName, slaNames } from './prices.ts'
import type { SearchCopies, UsageSample } from './usage.ts'

/** What the price of the environment is computed from, besides its data. */
export interface PriceSettings {
  readonly plan: PlanName
  /** Of a plan in steps. */
  readonly engines: number
  readonly vpn: boolean
  readonly sla: SlaName
  /** Agreed GB of the fixed-data option, as a decimal text; null without it. */
  readonly fixedGb: string | null
  readonly search: SearchCopies
}

/** An invoice that was imported or entered; figures as decimal texts, dates as `yyyy-mm-dd`. */
interface KeptInvoice {
  readonly number: string
  readonly issued: string
  readonly due: string
  readonly isDueComputed: boolean
  readonly currency: string
  readonly lines: readonly KeptInvoiceLine[]
  readonly sum: string
  readonly payable: string
  /** When it was paid; null while it is not. */
  readonly paid: string | null
}

interface KeptInvoiceLine {
  readonly description: string
  readonly quantity: string
  readonly price: string
  readonly amount: string
}

/** What was agreed. */
interface Agreement {
  /** `yyyy-mm-dd`; empty where not said. */
  readonly start: string
  readonly minimumMonths: number
  readonly noticeMonths: number
  readonly note: string
}

export interface Ledger {
  readonly settings: PriceSettings
  /** Prices that replace those of the published table, as decimal texts. */
  readonly prices: Partial<Readonly<Record<PriceEntry, string>>>
  readonly agreement: Agreement
  readonly invoices: readonly KeptInvoice[]
  /** `products.vpn` of the subscription API, without keys. */
  readonly vpn: JsonObject
}

const mostInvoices = 1000

/** Reads a ledger. */
export function readLedger(stored: unknown): Ledger {
  const json = isObject(stored as Json) ? (stored as JsonObject) : {}
  return {
    settings: readSettings(objectAt(json, 'settings')),
    prices: readPrices(objectAt(json, 'prices')),
    agreement: readAgreement(objectAt(json, 'agreement')),
    invoices: listAt(json, 'invoices').flatMap(readInvoice).slice(0, mostInvoices),
    vpn: withoutKeys(objectAt(json, 'vpn')),
  }
}

/** The form without its keys. */
function withoutKeys(form: JsonObject): JsonObject {
  const connections = listAt(form, 'connections').map((each) => {
    if (!isObject(each)) return each
    const { shared_key: _, ...others } = each
    return others
  })
  return get(form, 'connections') === undefined ? form : { ...form, connections }
}

function readSettings(json: JsonObject): PriceSettings {
  const plan = planNames.find((name) => name === get(json, 'plan')) ?? 'single'
  const fixed = textAt(json, 'fixedGb')
  const search = get(json, 'search')
  return {
    plan,
    engines: Math.max(1, numberAt(json, 'engines') || 8),
    vpn: get(json, 'vpn') === true,
    sla: slaNames.find((name) => name === get(json, 'sla')) ?? 'none',
    fixedGb: isFigure(fixed) ? fixed : null,
    search: search === 1 || search === 2 ? search : 0,
  }
}

function readPrices(json: JsonObject): Ledger['prices'] {
  const known = Object.keys(publishedPrices.entries)
  return Object.fromEntries(
    Object.entries(json).filter(
      ([name, price]) => known.includes(name) && typeof price === 'string' && isFigure(price),
    ),
  )
}

function readAgreement(json: JsonObject): Agreement {
  return {
    start: textAt(json, 'start'),
    minimumMonths: numberAt(json, 'minimumMonths'),
    noticeMonths: numberAt(json, 'noticeMonths'),
    note: textAt(json, 'note'),
  }
}

function readInvoice(json: Json): KeptInvoice[] {
  if (!isObject(json)) return []
  const [number, issued, due] = [textAt(json, 'number'), textAt(json, 'issued'), textAt(json, 'due')]
  const lines = listAt(json, 'lines').flatMap((line) => {
    if (!isObject(line)) return []
    const [quantity, price, amount] = [textAt(line, 'quantity'), textAt(line, 'price'), textAt(line, 'amount')]
    if (![quantity, price, amount].every(isFigure)) return []
    return [{ description: textAt(line, 'description'), quantity, price, amount }]
  })
  const [sum, payable] = [textAt(json, 'sum'), textAt(json, 'payable')]
  if (number === '' || !isFigure(sum) || !isFigure(payable)) return []
  const currency = textAt(json, 'currency')
  const paid = textAt(json, 'paid') || null
  const isDueComputed = get(json, 'isDueComputed') === true
  return [{ number, issued, due, isDueComputed, currency, lines, sum, payable, paid }]
}

/** Reads the daily counts. */
export function readSamples(stored: unknown): readonly UsageSample[] {
  return Array.isArray(stored) ? (stored as readonly Json[]).flatMap(readSample) : []
}

function readSample(json: Json): UsageSample[] {
  if (!isObject(json) || !/^\d{4}-\d{2}-\d{2}$/.test(textAt(json, 'day'))) return []
  const systems = Object.entries(objectAt(json, 'systems')).map(([name, bytes]) => [name, Number(bytes) || 0])
  return [
    {
      day: textAt(json, 'day'),
      bytes: numberAt(json, 'bytes'),
      durableBytes: numberAt(json, 'durableBytes'),
      globalBytes: numberAt(json, 'globalBytes'),
      entities: numberAt(json, 'entities'),
      systems: Object.fromEntries(systems),
    },
  ]
}

function isFigure(text: string): boolean {
  return /^-?\d{1,15}(?:\.\d{1,20})?$/.test(text)
}

function objectAt(json: JsonObject, name: string): JsonObject {
  const value = get(json, name)
  return value !== undefined && isObject(value) ? value : {}
}

function listAt(json: JsonObject, name: string): readonly Json[] {
  const value = get(json, name)
  return Array.isArray(value) ? value : []
}

function textAt(json: JsonObject, name: string): string {
  const value = get(json, name)
  return typeof value === 'string' ? value : ''
}

function numberAt(json: JsonObject, name: string): number {
  const value = get(json, name)
  return typeof value === 'number' || typeof value === 'bigint' ? Math.max(0, Number(value)) : 0
}
