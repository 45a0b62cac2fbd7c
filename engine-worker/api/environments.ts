/** The environments of a project: what each costs, and the days not to miss. */
import { lastDayIfEnded, minimumTermEnd, serviceLevelOf } from '../subscription/agreement.ts'
import { monthOf, utcDay } from '../subscription/calendar.ts'
import type { Ledger, PriceSettings, SubscriptionEnvironment } from '../subscription/ledger.ts'
import { reductionOf } from '../subscription/penalty.ts'
import { type Reminder, remindersOf } from '../subscription/reminders.ts'
import { amountsOf } from '../subscription/usage.ts'
import { capability } from './capability.ts'
import { priceAnswer } from './subscription.ts'
import { isIn, usageOf, usedDatasets } from './used-datasets.ts'

interface EnvironmentPricesRequest {
  readonly environments: readonly {
    readonly settings: PriceSettings
    readonly groups: readonly string[] | null
    /** Its own metrics count where there are any. */
    readonly id?: string
  }[]
  readonly own: Ledger['prices']
}

interface EnvironmentPrice {
  readonly datasets: number
  /** Bytes that are stored, counted once. */
  readonly bytes: number
  /** The day of its own metrics; null where what is stored here counts. */
  readonly measured: string | null
  readonly price: ReturnType<typeof priceAnswer>
}

/** What each environment uses and costs, in their order. */
export const environmentPrices = capability(
  'environmentPrices',
  'draft',
  async ({ environments, own }: EnvironmentPricesRequest, { host }): Promise<readonly EnvironmentPrice[]> => {
    const opened = host.current()
    const here = { datasets: await usedDatasets(opened, 0), samples: [] }
    return Promise.all(
      environments.map(async ({ settings, groups, id }) => {
        const counted = await usageOf(opened, { environment: id }, here, 0)
        const datasets = counted.datasets.filter((each) => isIn(groups, each))
        const price = priceAnswer({ ...settings, ...amountsOf(datasets, settings.search) }, own)
        const bytes = datasets.reduce((sum, each) => sum + each.bytes, 0)
        return { datasets: datasets.length, bytes, measured: counted.measured, price }
      }),
    )
  },
)

interface RemindersRequest {
  readonly environments: readonly Pick<SubscriptionEnvironment, 'name' | 'agreement' | 'invoices'>[]
}

interface RemindersAnswer {
  readonly today: string
  readonly reminders: readonly Reminder[]
  /** In the order of the environments: the last day if notice is given today, and the end of the minimum term. */
  readonly ends: readonly { readonly lastDay: string; readonly minimumTerm: string | null }[]
  /** In the order of the environments: the service level of the month of today. */
  readonly service: readonly {
    readonly month: string
    /** Between 0 and 1. */
    readonly available: number
    readonly points: number
    /** The percentage by which the points reduce the fee. */
    readonly reduction: number
  }[]
}

/** The days that a person should not miss, and the terms as they stand today. */
export const reminders = capability(
  'reminders',
  'page',
  async ({ environments }: RemindersRequest, { host }): Promise<RemindersAnswer> => {
    const today = utcDay(host.platform.environment.now())
    const month = monthOf(today)
    return {
      today,
      reminders: remindersOf(environments, today),
      ends: environments.map(({ agreement }) => ({
        lastDay: lastDayIfEnded(agreement, today),
        minimumTerm: minimumTermEnd(agreement),
      })),
      service: environments.map(({ agreement }) => {
        const { available, points } = serviceLevelOf(agreement, month)
        return { month, available, points, reduction: reductionOf(points) }
      }),
    }
  },
)
