/** What a month costs by the own count: the daily counts of the month, and the lines that an invoice for it should have. */
import { BigDecimal } from '../entity/bigdecimal.ts'
import { type Agreement, serviceLevelOf } from './agreement.ts'
import { monthOf } from './calendar.ts'
import type { PriceSettings } from './ledger.ts'
import { priceOf } from './price.ts'
import { type PriceEntry, type PriceTable, plans } from './prices.ts'
import { sampledFor } from './samples.ts'
import type { SampledBytes, SearchCopies, UsageSample } from './usage.ts'

const BYTES_PER_GB = 1_000_000_000

/** The counts of a month for an environment. */
export interface MonthCount {
  /** Days that were counted. */
  readonly days: number
  readonly mean: SampledBytes
  readonly highest: SampledBytes & { readonly day: string }
  readonly last: SampledBytes & { readonly day: string }
}

/** The counts of a month (`yyyy-mm`); null where no day of it was counted. */
export function countOfMonth(
  samples: readonly UsageSample[],
  groups: readonly string[] | null,
  month: string,
): MonthCount | null {
  const days = samples
    .filter(({ day }) => monthOf(day) === month)
    .map((sample) => ({ day: sample.day, ...sampledFor(sample, groups) }))
  const [first] = days
  const last = days.at(-1)
  if (first === undefined || last === undefined) return null
  const meanOf = (of: (each: SampledBytes) => number) => days.reduce((sum, each) => sum + of(each), 0) / days.length
  return {
    days: days.length,
    mean: {
      bytes: meanOf(({ bytes }) => bytes),
      durableBytes: meanOf(({ durableBytes }) => durableBytes),
      globalBytes: meanOf(({ globalBytes }) => globalBytes),
    },
    highest: days.reduce((most, each) => (each.bytes > most.bytes ? each : most), first),
    last,
  }
}

/** GB that count by the rules of the price, as a price is asked for. */
export function gbOf({ bytes, durableBytes, globalBytes }: SampledBytes, search: SearchCopies) {
  return {
    gb: new BigDecimal(bytes + globalBytes * search).div(BYTES_PER_GB),
    durableGb: new BigDecimal(durableBytes).div(BYTES_PER_GB),
  }
}

/** A line by the own count: an entry of the price table, or the reduction for a service level that was not kept. */
export interface OwnLine {
  readonly entry: PriceEntry | 'penalty'
  readonly quantity: BigDecimal
  readonly price: BigDecimal
  readonly amount: BigDecimal
}

/**
 * The lines of a month.
 * @throws Fault where the plan does not allow what was chosen or counted
 */
export function ownLines(
  settings: PriceSettings,
  ownPrices: Partial<PriceTable['entries']>,
  agreement: Agreement,
  month: string,
  counted: SampledBytes,
): readonly OwnLine[] {
  const plan = plans[settings.plan]
  const { items, lines } = priceOf(
    {
      ...gbOf(counted, settings.search),
      plan: settings.plan,
      ...(plan.engineStep === undefined ? {} : { engines: settings.engines }),
      vpn: settings.vpn,
      sla: settings.sla,
      ...(settings.fixedGb === null || plan.fixedPrice ? {} : { fixedGb: new BigDecimal(settings.fixedGb) }),
      slaPoints: serviceLevelOf(agreement, month).points,
    },
    ownPrices,
  )
  const roundedToCents = (amount: BigDecimal) => amount.toDecimalPlaces(2, BigDecimal.ROUND_HALF_UP)
  const found = lines.map(
    ({ entry, quantity, price }): OwnLine => ({ entry, quantity, price, amount: roundedToCents(quantity.mul(price)) }),
  )
  const one = new BigDecimal(1)
  return items.penalty === undefined
    ? found
    : [...found, { entry: 'penalty', quantity: one, price: items.penalty, amount: items.penalty }]
}
