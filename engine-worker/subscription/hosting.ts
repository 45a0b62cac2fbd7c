/**
 * What it costs to run a project on own machines: one server, or a Spark cluster for some hours a day. A person enters what
 * the machines cost; nothing is known of them.
 */
import { BigDecimal } from '../entity/bigdecimal.ts'
import { get } from '../entity/dict.ts'
import type { JsonObject } from '../entity/value.ts'
import { isFigure } from './fields.ts'

/** Prices of own machines as decimal texts, in the currency of the price table. */
export interface Hosting {
  /** A server, a month. */
  readonly machine: string
  /** A GB of storage, a month. */
  readonly storage: string
  /** An hour of one core of a cluster. */
  readonly coreHour: string
  readonly cores: string
  /** Hours a day in which the cluster is on. */
  readonly hours: string
}

const noHosting: Hosting = { machine: '0', storage: '0', coreHour: '0', cores: '16', hours: '1' }

/** Days that a month is counted with. */
const DAYS_PER_MONTH = 30

/** Reads what was stored; a value that is not a number gets its default. */
export function readHosting(json: JsonObject): Hosting {
  const figure = (name: keyof Hosting) => {
    const text = get(json, name)
    return typeof text === 'string' && isFigure(text) && !text.startsWith('-') ? text : noHosting[name]
  }
  return {
    machine: figure('machine'),
    storage: figure('storage'),
    coreHour: figure('coreHour'),
    cores: figure('cores'),
    hours: figure('hours'),
  }
}

/** Money a month on own machines. */
interface HostingPrice {
  readonly server: BigDecimal
  readonly spark: BigDecimal
}

/** The price of own machines for an amount of GB; durable data is stored twice there, with its second copy. */
export function hostingPrice(hosting: Hosting, gb: BigDecimal, durableGb: BigDecimal): HostingPrice {
  const stored = gb.add(durableGb).mul(hosting.storage)
  const cluster = new BigDecimal(hosting.coreHour).mul(hosting.cores).mul(hosting.hours).mul(DAYS_PER_MONTH)
  const roundedToCents = (amount: BigDecimal) => amount.toDecimalPlaces(2, BigDecimal.ROUND_HALF_UP)
  return { server: roundedToCents(stored.add(hosting.machine)), spark: roundedToCents(stored.add(cluster)) }
}
