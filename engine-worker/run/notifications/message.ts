/** A notification as others get it: the object of Sesam's portal (`hub/swagger_portal.yaml`, `Notification`), and as text. */
import { type Facts, Fault, problem } from '../../problem.ts'
import type { Notification } from './notification.ts'

/** A notification with the members that Sesam's have; `text` is what chat services show. Times as ISO 8601. */
interface NotificationMessage {
  readonly notification_id: string
  readonly msg: string
  readonly text: string
  readonly event_timestamp: string
  readonly last_event_timestamp: string
  readonly event_count: number
  readonly is_ongoing: boolean
  readonly notification_rule_id: string
  readonly notification_rule_name: string
  readonly notification_rule_type: string
  readonly pipe_id: string
  readonly subscription_id: string
  readonly extra_notification_info: Facts
}

/** The message of a notification; `project` stands for Sesam's subscription. */
export function messageOf(notification: Notification, project: string): NotificationMessage {
  const { number, rule, ruleName, ruleType, pipe, at, problem, count } = notification
  const time = new Date(at).toISOString()
  return {
    notification_id: `${project}-${number}`,
    msg: problem.message,
    text: problem.message,
    event_timestamp: time,
    last_event_timestamp: time,
    event_count: count,
    is_ongoing: true,
    notification_rule_id: rule,
    notification_rule_name: ruleName,
    notification_rule_type: ruleType,
    pipe_id: pipe,
    subscription_id: project,
    extra_notification_info: problem.facts,
  }
}

const missingValue = problem<{ name: string }>({
  code: 'notification-value-missing',
  severity: 'error',
  says: ({ name }) => `${name} has no value here.`,
  fix: () => 'Give the variable or the secret a value.',
})

/** A text with the values of the variables and secrets that it names. Throws a Fault where one has none. */
export function withNamedValues(text: string, value: (is: 'ENV' | 'SECRET', name: string) => string | null): string {
  return text.replace(/\$(ENV|SECRET)\(([^()]*)\)/g, (written, is: string, name: string) => {
    const found = value(is === 'ENV' ? 'ENV' : 'SECRET', name.trim())
    if (found === null) throw new Fault(missingValue({ name: written }))
    return found
  })
}
