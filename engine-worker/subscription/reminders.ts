/** The days that a person should not miss: invoices that are due, and the ends of terms. */
import { fixedDataEnd, lastDayIfEnded, minimumTermEnd } from './agreement.ts'
import { addDays, addMonths, endOfMonth } from './calendar.ts'
import { readLedger, type SubscriptionEnvironment } from './ledger.ts'

/** How many days before the due date of an invoice, and before the end of a term, the reminder begins. */
const daysBefore = { invoice: 2, term: 28 } as const

export interface Reminder {
  readonly kind: 'invoice' | 'minimum-term' | 'notice' | 'fixed-data'
  /** The name of the environment. */
  readonly environment: string
  /** The day itself. */
  readonly day: string
  /** The day from which it is said. */
  readonly from: string
  /** The number of the invoice; empty for the others. */
  readonly number: string
}

/** What has a day: unpaid invoices, also overdue ones, and ends that have not passed; the earliest first. */
export function remindersOf(
  environments: readonly Pick<SubscriptionEnvironment, 'name' | 'agreement' | 'invoices'>[],
  today: string,
): readonly Reminder[] {
  return environments
    .flatMap(({ name, agreement, invoices }): Reminder[] => {
      const termReminder = (kind: Reminder['kind'], day: string | null): Reminder[] =>
        day === null || day < today
          ? []
          : [{ kind, environment: name, day, from: addDays(day, -daysBefore.term), number: '' }]
      const unpaid = invoices.filter(({ paid, payable }) => paid === null && Number(payable) > 0)
      return [
        ...unpaid.map(
          ({ number, due }): Reminder => ({
            ...{ kind: 'invoice', environment: name, number },
            ...{ day: due, from: addDays(due, -daysBefore.invoice) },
          }),
        ),
        ...termReminder('minimum-term', minimumTermEnd(agreement)),
        ...termReminder('notice', lastNoticeDay(agreement)),
        ...termReminder('fixed-data', fixedDataEnd(agreement)),
      ]
    })
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** The days that are said by `now` (milliseconds since 1970), the earliest first. `stored`: the kept ledger. */
export function nearDays(stored: unknown, now: number): readonly Reminder[] {
  const today = new Date(now).toISOString().slice(0, 10)
  return remindersOf(readLedger(stored).environments, today).filter(({ from }) => from <= today)
}

/** The last day on which notice ends the agreement with its minimum term; null without one. */
function lastNoticeDay(agreement: SubscriptionEnvironment['agreement']): string | null {
  const end = minimumTermEnd(agreement)
  if (end === null || agreement.noticeMonths === 0) return null
  let day = endOfMonth(addMonths(end, -agreement.noticeMonths))
  while (lastDayIfEnded(agreement, day) > end) day = addDays(day, -1)
  return day
}
