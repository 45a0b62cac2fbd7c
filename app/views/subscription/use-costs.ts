/** What the open project uses, and its price by each plan. */
import type { AnswerOf, Ledger, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useQuery } from '../../store/use-query.ts'
import { centsOf, centsText } from './cents.ts'
import { useMeasuredVersion } from './measured-version.ts'

export type Usage = AnswerOf<'usage'>
type Prices = AnswerOf<'prices'>
type PriceOrProblem = Prices['prices'][number]
type Price = Exclude<PriceOrProblem, { readonly problem: unknown }>

export interface Costs {
  readonly usage: Usage
  readonly table: Prices['table']
  readonly plans: Prices['plans']
  /** With the choices that are kept. */
  readonly now: PriceOrProblem
  /** The same data and choices in each plan. */
  readonly byPlan: ReadonlyMap<string, PriceOrProblem>
  /** On own machines. */
  readonly hosted: Prices['hosted']
  /** What one more GB costs a month, as a decimal text; null where the price cannot be computed. */
  readonly oneMore: string | null
}

const planNames = ['developer', 'developer-pro', 'single', 'flexi', 'multi'] as const
const bytesPerGb = 1e9

/** The price of an answer, or null where it is a problem. */
export function priceIn(answer: PriceOrProblem): Price | null {
  return 'problem' in answer ? null : answer
}

/**
 * Usage and prices of an environment, again whenever data or choices change. `addedGb` is data that is only thought of.
 */
export function useCosts(
  environment: SubscriptionEnvironment | null,
  { prices: own, hosting }: Pick<Ledger, 'prices' | 'hosting'>,
  addedGb: number,
): { costs: Costs | null; failure: string | null } {
  const isReady = useEngine((state) => state.state === 'ready')
  const dataVersion = useEngine((state) => state.dataVersion)
  const version = useMeasuredVersion((state) => state.version)
  const { id, settings, groups } = environment ?? {}
  const key =
    isReady && settings ? JSON.stringify([dataVersion, version, id, settings, groups, own, hosting, addedGb]) : null
  const { value, failure } = useQuery(key, async (signal): Promise<Costs | null> => {
    if (settings === undefined) return null
    const usage = await ask('usage', { search: settings.search, groups: groups ?? null, environment: id }, { signal })
    const bytes = usage.amounts.bytes + addedGb * bytesPerGb
    const priceRequest = { ...settings, ...usage.amounts, bytes }
    const requests = [
      priceRequest,
      { ...priceRequest, bytes: bytes + bytesPerGb },
      // Plans without VPN and SLA are compared without them.
      ...planNames.map((plan) => ({
        ...priceRequest,
        plan,
        ...(plan.startsWith('developer') ? ({ vpn: false, sla: 'none' } as const) : {}),
      })),
    ]
    const { table, plans, prices, hosted } = await ask('prices', { requests, own, hosting }, { signal })
    const [now, more, ...each] = prices
    if (now === undefined || more === undefined) return null
    const [total, larger] = [priceIn(now)?.total, priceIn(more)?.total]
    const oneMore = total === undefined || larger === undefined ? null : centsText(centsOf(larger) - centsOf(total))
    const byPlan = new Map(planNames.flatMap((plan, at) => (each[at] ? [[plan, each[at]] as const] : [])))
    return { usage, table, plans, now, byPlan, oneMore, hosted }
  })
  return { costs: value, failure }
}
