/** What would cost less: each alone, and several together, with their effect computed on the data. */
import { turn } from '../run/turn.ts'
import type { Ledger, PriceSettings } from '../subscription/ledger.ts'
import { priceOf } from '../subscription/price.ts'
import { plans } from '../subscription/prices.ts'
import { amountsOf, countedBytes, type UsedDataset } from '../subscription/usage.ts'
import { capability } from './capability.ts'
import type { OpenedProject } from './host.ts'
import { requestOf } from './subscription.ts'
import { type CountedEnvironment, isIn, usageOf, usedDatasets } from './used-datasets.ts'

/** Something that would cost less. */
interface Saving {
  /** Names it in a request. */
  readonly key: string
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

/** A saving of a dataset, with the dataset as it would be; null: it goes. */
interface PossibleSaving {
  readonly kind: Saving['kind']
  readonly of: UsedDataset
  readonly keep: number | null
  readonly becomes: (dataset: UsedDataset) => UsedDataset | null
}

interface SavingsRequest extends CountedEnvironment {
  readonly settings: PriceSettings
  readonly own: Ledger['prices']
  /** The keys of savings whose effect together is wanted. */
  readonly chosen?: readonly string[]
}

interface SavingsAnswer {
  /** The largest first. */
  readonly savings: readonly Saving[]
  /** Money a month that the chosen ones save together, as a decimal text. */
  readonly together: string
}

/** What would save. Savings of the same data overlap, so that several together can save less than their sum. */
export const savings = capability(
  'savings',
  'draft',
  async (
    { settings, own, groups = null, environment, chosen = [] }: SavingsRequest,
    { host, signal },
  ): Promise<SavingsAnswer> => {
    const opened = host.current()
    const here = { datasets: await usedDatasets(opened, settings.search), samples: [] }
    const { datasets, measured } = await usageOf(opened, { environment }, here, settings.search)
    const used = datasets.filter((each) => isIn(groups, each))
    const priceAt = (datasets: readonly UsedDataset[], changed: Partial<PriceSettings> = {}) =>
      priceOf(requestOf({ ...settings, ...changed, ...amountsOf(datasets, settings.search) }), own)
    const now = priceAt(used).total
    const possible: PossibleSaving[] = []
    for (const of of used) {
      if (signal.aborted) break
      if (of.isOfProject && of.readers.length === 0)
        possible.push({ kind: 'unused', of, keep: null, becomes: () => null })
      if (of.durable)
        possible.push({ kind: 'durable', of, keep: null, becomes: (each) => ({ ...each, durable: false }) })
      // What versions take is counted in the data itself, which is elsewhere for a measured environment.
      if (measured !== null || of.versions <= of.entities) continue
      const shares = await versionShares(opened, of.dataset)
      for (const [keep, share] of [[2, shares[1]] as const, [1, shares[0]] as const]) {
        const bytes = Math.round(of.bytes * share)
        possible.push({
          kind: 'versions',
          of,
          keep,
          becomes: (each) => ({ ...each, bytes: Math.min(each.bytes, bytes) }),
        })
      }
    }
    const found = possible.flatMap((one): Saving[] => {
      const { kind, of, keep } = one
      const after = withSavings(used, [one])
      const bytes =
        of.counted -
        bytesFor(
          after.find(({ dataset }) => dataset === of.dataset),
          settings,
        )
      if (bytes <= 0) return []
      const saves = now.sub(priceAt(after).total).toFixed(2)
      return [{ key: keyOf(one), kind, dataset: of.dataset, pipe: of.pipe, keep, bytes, saves }]
    })
    // The amount that is there is agreed for a year.
    const priceWithFixedGb = (data: readonly UsedDataset[]) =>
      priceAt(data, { fixedGb: priceAt(data).billableGb.toFixed() }).total
    if (settings.fixedGb === null && !plans[settings.plan].fixedPrice && used.length > 0) {
      const saves = now.sub(priceWithFixedGb(used)).toFixed(2)
      found.push({ key: FIXED_KEY, kind: 'fixed', dataset: null, pipe: null, keep: null, bytes: 0, saves })
    }
    const isChosen = new Set(chosen)
    const after = withSavings(
      used,
      possible.filter((one) => isChosen.has(keyOf(one))),
    )
    const then = isChosen.has(FIXED_KEY) ? priceWithFixedGb(after) : priceAt(after).total
    return {
      savings: found.toSorted((a, b) => Number(b.saves) - Number(a.saves) || b.bytes - a.bytes),
      together: now.sub(then).toFixed(2),
    }
  },
)

const FIXED_KEY = 'fixed'

function keyOf({ kind, of, keep }: PossibleSaving): string {
  return JSON.stringify([kind, of.dataset, keep])
}

/** The datasets after savings, in the order of the datasets. */
function withSavings(used: readonly UsedDataset[], savings: readonly PossibleSaving[]): readonly UsedDataset[] {
  return used.flatMap((each) => {
    let left: UsedDataset | null = each
    for (const { of, becomes } of savings) if (of === each && left !== null) left = becomes(left)
    return left === null ? [] : [left]
  })
}

function bytesFor(dataset: UsedDataset | undefined, { search }: PriceSettings): number {
  return dataset === undefined ? 0 : countedBytes(dataset, search)
}

/** The share of a log's text that stays when one and when two versions of each entity are kept. */
async function versionShares({ store }: OpenedProject, dataset: string): Promise<readonly [number, number]> {
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
