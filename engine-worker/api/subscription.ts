/** What the open project uses, what that costs, and what a person keeps about the subscription. */
import { BigDecimal } from '../entity/bigdecimal.ts'
import { Fault, type Problem } from '../problem.ts'
import { activityOf, type MonthlyActivity } from '../run/monthly-activity.ts'
import { monthOf, utcDay } from '../subscription/calendar.ts'
import { forecastOf } from '../subscription/forecast.ts'
import { type Hosting, hostingPrice } from '../subscription/hosting.ts'
import { type Ledger, ledgerState, type PriceSettings, readLedger } from '../subscription/ledger.ts'
import { type PriceRequest, priceOf } from '../subscription/price.ts'
import { type PricePlan, type PriceTable, planNames, plans, publishedPrices } from '../subscription/prices.ts'
import { growthOf, sampledFor } from '../subscription/samples.ts'
import {
  amountsOf,
  type PricedBytes,
  type SampledBytes,
  type SearchCopies,
  type UsageSample,
  type UsedDataset,
} from '../subscription/usage.ts'
import { capability } from './capability.ts'
import { type CountedEnvironment, isIn, sampleUsage, usageOf } from './used-datasets.ts'

/** What is kept about the subscription of the open project. */
export const subscription = capability('subscription', 'draft', async (_: null, { host }): Promise<Ledger> => {
  return readLedger(await host.current().store.state(ledgerState))
})

/** Keeps parts of the ledger; parts that are not given stay. The keys of VPN forms are left out. */
export const keepSubscription = capability(
  'keepSubscription',
  'draft',
  async (parts: Partial<Ledger>, { host }): Promise<Ledger> => {
    const { store } = host.current()
    const ledger = readLedger({ ...readLedger(await store.state(ledgerState)), ...parts })
    await store.commit({ states: [{ key: ledgerState, value: JSON.parse(JSON.stringify(ledger)) }] })
    return ledger
  },
)

interface UsageAnswer {
  /** Those that count for most first. */
  readonly datasets: readonly UsedDataset[]
  readonly amounts: PricedBytes
  readonly samples: readonly DailyUse[]
  readonly forecast: ReturnType<typeof forecastOf>
  /** Null before two months have been counted, and for an environment with some of the groups. */
  readonly growth: ReturnType<typeof growthOf>
  /** The config groups of all pipes; the empty name is that of pipes without a group. */
  readonly groups: readonly string[]
  /** What pipes did this month, in this place. */
  readonly activity: readonly MonthlyActivity[]
  /** The day of the environment's own metrics that are shown; null where what is stored here is. */
  readonly measured: string | null
}

interface DailyUse extends SampledBytes {
  readonly day: string
  /** Bytes by system; empty for an environment with some of the groups. */
  readonly systems: UsageSample['systems']
}

interface UsageRequest extends CountedEnvironment {
  readonly search: SearchCopies
}

/** What the datasets of an environment take; what is stored here counts as the sample of today. */
export const usage = capability(
  'usage',
  'draft',
  async ({ search, groups = null, environment }: UsageRequest, { host }): Promise<UsageAnswer> => {
    const opened = host.current()
    const now = host.platform.environment.now()
    const here = await sampleUsage(opened, now, search)
    const { datasets, samples, measured } = await usageOf(opened, { environment }, here, search)
    const environmentDatasets = datasets.filter((each) => isIn(groups, each))
    const days = samples.map(
      (sample): DailyUse => ({
        day: sample.day,
        ...sampledFor(sample, groups),
        systems: groups === null ? sample.systems : {},
      }),
    )
    return {
      datasets: environmentDatasets,
      amounts: amountsOf(environmentDatasets, search),
      samples: days,
      forecast: forecastOf(days),
      growth: groups === null ? growthOf(samples) : null,
      groups: [...new Set(here.datasets.map(({ group }) => group ?? ''))].toSorted(),
      activity: await activityOf(opened.store, monthOf(utcDay(now))),
      measured,
    }
  },
)

/** What a price is asked for: choices, and data in bytes. */
interface PriceQuery extends PricedBytes, PriceSettings {}

/** A price with its explanation; figures are decimal texts, money in the currency of the table. */
interface PriceAnswer {
  readonly total: string
  readonly billableGb: string
  readonly items: Readonly<Record<string, string>>
  readonly lines: readonly {
    readonly item: string
    readonly entry: string
    readonly quantity: string
    readonly price: string
    readonly part: string | null
  }[]
}

interface PricesAnswer {
  readonly table: PriceTable
  readonly plans: Readonly<Record<string, PricePlan>>
  /** In the order of the requests: a price, or why there is none. */
  readonly prices: readonly (PriceAnswer | { readonly problem: Problem })[]
  /** On own machines, for the data of the first request; decimal texts. */
  readonly hosted: { readonly server: string; readonly spark: string } | null
}

interface PricesRequest {
  readonly requests: readonly PriceQuery[]
  readonly own: Ledger['prices']
  /** What own machines cost. */
  readonly hosting?: Hosting
}

/** Prices of environments, by the published table and own prices, and on own machines. */
export const prices = capability('prices', 'page', async (request: PricesRequest): Promise<PricesAnswer> => {
  const { requests, own, hosting } = request
  const [first] = requests
  const toGigabytes = (bytes: number) => new BigDecimal(bytes).div(BYTES_PER_GB)
  const hosted =
    hosting === undefined || first === undefined
      ? null
      : hostingPrice(hosting, toGigabytes(first.bytes), toGigabytes(first.durableBytes))
  return {
    hosted: hosted && { server: hosted.server.toFixed(2), spark: hosted.spark.toFixed(2) },
    table: { ...publishedPrices, entries: { ...publishedPrices.entries, ...own } },
    plans: Object.fromEntries(planNames.map((name) => [name, plans[name]])),
    prices: requests.map((priceQuery) => priceAnswer(priceQuery, own)),
  }
})

const BYTES_PER_GB = 1_000_000_000

/** A price request in GB, as price.ts takes it. */
export function requestOf({ plan, engines, vpn, sla, fixedGb, bytes, durableBytes }: PriceQuery): PriceRequest {
  const fixed = plans[plan].fixedPrice
  return {
    plan,
    ...(plans[plan].engineStep === undefined ? {} : { engines }),
    gb: new BigDecimal(bytes).div(BYTES_PER_GB),
    durableGb: new BigDecimal(durableBytes).div(BYTES_PER_GB),
    vpn,
    sla,
    ...(fixedGb === null || fixed ? {} : { fixedGb: new BigDecimal(fixedGb) }),
  }
}

/** A price with its explanation, or why there is none. */
export function priceAnswer(query: PriceQuery, own: Ledger['prices']): PriceAnswer | { readonly problem: Problem } {
  try {
    const { total, items, lines, billableGb } = priceOf(requestOf(query), own)
    return {
      total: total.toFixed(2),
      billableGb: billableGb.toFixed(),
      items: Object.fromEntries(Object.entries(items).map(([name, amount]) => [name, amount.toFixed(2)])),
      lines: lines.map(({ item, entry, quantity, price, part }) => ({
        item,
        entry,
        quantity: quantity.toFixed(),
        price: price.toFixed(),
        part: part ?? null,
      })),
    }
  } catch (error) {
    if (error instanceof Fault) return { problem: error.problem }
    throw error
  }
}
