/** What the open project uses, what that costs, and what a person keeps about the subscription. */
import { BigDecimal } from '../entity/bigdecimal.ts'
import { Fault, type Problem } from '../problem.ts'
import { turn } from '../run/turn.ts'
import { forecastOf } from '../subscription/forecast.ts'
import { type Ledger, ledgerState, type PriceSettings, readLedger } from '../subscription/ledger.ts'
import { type PriceRequest, priceOf } from '../subscription/price.ts'
import { type PricePlan, type PriceTable, planNames, plans, publishedPrices } from '../subscription/prices.ts'
import { growthOf, sampledFor } from '../subscription/samples.ts'
import {
  amountsOf,
  countedBytes,
  type PricedBytes,
  type SampledBytes,
  type SearchCopies,
  type UsageSample,
  type UsedDataset,
} from '../subscription/usage.ts'
import { capability } from './capability.ts'
import type { OpenedProject } from './host.ts'
import { type CountedEnvironment, isIn, sampleUsage, usageOf, usedDatasets } from './used-datasets.ts'

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
    const here = await sampleUsage(opened, host.platform.environment.now(), search)
    const { datasets, samples, measured } = await usageOf(opened, { environment }, here, search)
    const own = datasets.filter((each) => isIn(groups, each))
    const days = samples.map(
      (sample): DailyUse => ({
        day: sample.day,
        ...sampledFor(sample, groups),
        systems: groups === null ? sample.systems : {},
      }),
    )
    return {
      datasets: own,
      amounts: amountsOf(own, search),
      samples: days,
      forecast: forecastOf(days),
      growth: groups === null ? growthOf(samples) : null,
      groups: [...new Set(here.datasets.map(({ group }) => group ?? ''))].toSorted(),
      measured,
    }
  },
)

/** What a price is asked for: choices, and data in bytes. */
interface PriceAsked extends PricedBytes, PriceSettings {}

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
}

interface PricesRequest {
  readonly requests: readonly PriceAsked[]
  readonly own: Ledger['prices']
}

/** Prices of environments, by the published table and own prices. */
export const prices = capability('prices', 'page', async ({ requests, own }: PricesRequest): Promise<PricesAnswer> => {
  return {
    table: { ...publishedPrices, entries: { ...publishedPrices.entries, ...own } },
    plans: Object.fromEntries(planNames.map((name) => [name, plans[name]])),
    prices: requests.map((asked) => priceAnswer(asked, own)),
  }
})

const bytesAGb = 1_000_000_000

/** A price request in GB, as price.ts takes it. */
function requestOf({ plan, engines, vpn, sla, fixedGb, bytes, durableBytes }: PriceAsked): PriceRequest {
  const fixed = plans[plan].fixedPrice
  return {
    plan,
    ...(plans[plan].engineStep === undefined ? {} : { engines }),
    gb: new BigDecimal(bytes).div(bytesAGb),
    durableGb: new BigDecimal(durableBytes).div(bytesAGb),
    vpn,
    sla,
    ...(fixedGb === null || fixed ? {} : { fixedGb: new BigDecimal(fixedGb) }),
  }
}

/** A price with its explanation, or why there is none. */
export function priceAnswer(asked: PriceAsked, own: Ledger['prices']): PriceAnswer | { readonly problem: Problem } {
  try {
    const { total, items, lines, billableGb } = priceOf(requestOf(asked), own)
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

/** Something that would cost less. */
interface Saving {
  readonly kind: 'versions' | 'unused' | 'durable' | 'fixed'
  /** Null for what concerns the environment. */
  readonly dataset: string | null
  readonly pipe: string | null
  /** Versions to keep of each entity; of kind `versions`. */
  readonly keep: number | null
  /** Bytes that count less. */
  readonly bytes: number
  /** Money a month, as a decimal text. */
  readonly saves: string
}

interface SavingsRequest extends CountedEnvironment {
  readonly settings: PriceSettings
  readonly own: Ledger['prices']
}

/** What would save, each with its effect on the data that is there and on the price; the largest first. */
export const savings = capability(
  'savings',
  'draft',
  async (
    { settings, own, groups = null, environment }: SavingsRequest,
    { host, signal },
  ): Promise<readonly Saving[]> => {
    const opened = host.current()
    const here = { datasets: await usedDatasets(opened, settings.search), samples: [] }
    const { datasets, measured } = await usageOf(opened, { environment }, here, settings.search)
    const used = datasets.filter((each) => isIn(groups, each))
    const price = (datasets: readonly UsedDataset[], changed: Partial<PriceSettings> = {}) =>
      priceOf(requestOf({ ...settings, ...changed, ...amountsOf(datasets, settings.search) }), own).total
    const now = price(used)
    const found: Saving[] = []
    const add = (kind: Saving['kind'], of: UsedDataset, becomes: Partial<UsedDataset> | null, keep: number | null) => {
      const after = used.flatMap((each) => (each !== of ? [each] : becomes === null ? [] : [{ ...each, ...becomes }]))
      const bytes = of.counted - (becomes === null ? 0 : countedBytes({ ...of, ...becomes }, settings.search))
      if (bytes <= 0) return
      const saves = now.sub(price(after)).toFixed(2)
      found.push({ kind, dataset: of.dataset, pipe: of.pipe, keep, bytes, saves })
    }
    for (const each of used) {
      if (signal.aborted) return []
      if (each.isOfProject && each.readers.length === 0) add('unused', each, null, null)
      if (each.durable) add('durable', each, { durable: false }, null)
      // What versions take is counted in the data itself, which is elsewhere for a measured environment.
      if (measured !== null || each.versions <= each.entities) continue
      const shares = await keptShares(opened, each.dataset)
      for (const [keep, share] of [[2, shares[1]] as const, [1, shares[0]] as const])
        add('versions', each, { bytes: Math.round(each.bytes * share) }, keep)
    }
    const { fixedPrice } = plans[settings.plan]
    if (settings.fixedGb === null && !fixedPrice && used.length > 0) {
      const { billableGb } = priceOf(requestOf({ ...settings, ...amountsOf(used, settings.search) }), own)
      const saves = now.sub(price(used, { fixedGb: billableGb.toFixed() })).toFixed(2)
      found.push({ kind: 'fixed', dataset: null, pipe: null, keep: null, bytes: 0, saves })
    }
    return found.toSorted((a, b) => Number(b.saves) - Number(a.saves) || b.bytes - a.bytes)
  },
)

/** The share of a log's text that stays when one and when two versions of each entity are kept. */
async function keptShares({ store }: OpenedProject, dataset: string): Promise<readonly [number, number]> {
  const seen = new Map<string, number>()
  const kept: [number, number] = [0, 0]
  let all = 0
  for await (const batch of store.rows(dataset, { history: true, reverse: true })) {
    for (let at = 0; at < batch.updated.length; at++) {
      const id = String(batch.value(at, '_id'))
      const size = batch.text(at).length
      const newer = seen.get(id) ?? 0
      seen.set(id, newer + 1)
      all += size
      if (newer < 1) kept[0] += size
      if (newer < 2) kept[1] += size
    }
    await turn()
  }
  return all === 0 ? [1, 1] : [kept[0] / all, kept[1] / all]
}
