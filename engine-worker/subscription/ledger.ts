/**
 * What a person keeps about subscriptions: own prices and, for each environment, the choices that its price is computed
 * from, the agreement, invoices and the VPN form. It is kept with the project's data, never in its configuration; the
 * pre-shared key of a VPN is never kept. What is read back is not trusted: what is of another type counts as absent.
 */
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { type Agreement, readAgreement } from './agreement.ts'
import { isFigure, listAt, memberText, numberAt, objectAt } from './fields.ts'
import { type Hosting, readHosting } from './hosting.ts'
import { type KeptInvoice, readKeptInvoice } from './kept-invoice.ts'
import { type PlanName, type PriceEntry, planNames, publishedPrices, type SlaName, slaNames } from './prices.ts'
import type { SearchCopies } from './usage.ts'

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

/** One subscription: production, test, continuous integration, the environment of a developer. */
export interface SubscriptionEnvironment {
  /** Stays the same when the name changes. */
  readonly id: string
  readonly name: string
  /** The config groups that run in it, `''` for pipes of no group; null for all of the project. */
  readonly groups: readonly string[] | null
  /** The profile of variables (`<profile>-env.json` of Sesam's client); empty where not said. */
  readonly profile: string
  readonly settings: PriceSettings
  readonly agreement: Agreement
  readonly invoices: readonly KeptInvoice[]
  /** `products.vpn` of the subscription API, without keys. */
  readonly vpn: JsonObject
}

export interface Ledger {
  /** Prices that replace those of the published table, as decimal texts. */
  readonly prices: Partial<Readonly<Record<PriceEntry, string>>>
  /** What own machines cost, to compare with. */
  readonly hosting: Hosting
  /** One at least. */
  readonly environments: readonly SubscriptionEnvironment[]
}

/** The state of the project's store that holds the ledger. */
export const ledgerState = 'subscription'

const MAX_INVOICES = 1000
const MAX_ENVIRONMENTS = 200

/** Reads a ledger. One of a version before environments becomes a single one. */
export function readLedger(stored: unknown): Ledger {
  const json = isObject(stored as Json) ? (stored as JsonObject) : {}
  const listed = listAt(json, 'environments').flatMap((each) => (isObject(each) ? [each] : []))
  const environments: SubscriptionEnvironment[] = []
  for (const each of (listed.length > 0 ? listed : [json]).slice(0, MAX_ENVIRONMENTS))
    environments.push(readEnvironment(each, new Set(environments.map(({ id }) => id))))
  return { prices: readPrices(objectAt(json, 'prices')), hosting: readHosting(objectAt(json, 'hosting')), environments }
}

function readEnvironment(json: JsonObject, taken: ReadonlySet<string>): SubscriptionEnvironment {
  const groups = get(json, 'groups')
  return {
    id: unusedId(memberText(json, 'id').replace(/[^\w-]/g, ''), taken),
    name: memberText(json, 'name').slice(0, 80) || 'Production',
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : null,
    profile: memberText(json, 'profile'),
    settings: readSettings(objectAt(json, 'settings')),
    agreement: readAgreement(objectAt(json, 'agreement')),
    invoices: listAt(json, 'invoices').flatMap(readKeptInvoice).slice(0, MAX_INVOICES),
    vpn: withoutKeys(objectAt(json, 'vpn')),
  }
}

/** The id, or the first number that no other environment has. */
function unusedId(wanted: string, taken: ReadonlySet<string>): string {
  if (wanted !== '' && !taken.has(wanted)) return wanted
  let number = 1
  while (taken.has(String(number))) number++
  return String(number)
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
  const fixed = memberText(json, 'fixedGb')
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
