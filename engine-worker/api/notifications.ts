/** The notification rules of the open project, what they have found, and trying one. */
import type { Problem } from '../problem.ts'
import { ruleKinds } from '../run/notifications/kinds.ts'
import { type Delivery, type Notification, notificationsKept } from '../run/notifications/notification.ts'
import type { RuleKind } from '../run/notifications/rule-kind.ts'
import type { Recipient } from '../run/notifications/rules.ts'
import { type CallContext, capability } from './capability.ts'

/** A kind of rule as a form needs it. */
type RuleKindInfo = Pick<RuleKind, 'type' | 'about' | 'label' | 'says' | 'fields'>

/** A rule that counts. */
interface RuleInfo {
  readonly id: string
  readonly type: string
  readonly name: string
  /** Null: all pipes. */
  readonly pipe: string | null
  readonly recipients: readonly Recipient[]
}

/** The rules that count, what is wrong with others, and the last notifications, newest first. */
interface NotificationsAnswer {
  readonly kinds: readonly RuleKindInfo[]
  readonly rules: readonly RuleInfo[]
  readonly problems: readonly Problem[]
  readonly notifications: readonly Notification[]
}

/** The notification rules and the notifications that they have sent; the rules are tested before the answer. */
export const notifications = capability(
  'notifications',
  'deployed',
  async (_: null, { host }): Promise<NotificationsAnswer> => {
    const { notifier, store } = host.current()
    await notifier.look().catch(() => undefined)
    const { rules, problems } = notifier.rules
    return {
      kinds: ruleKinds.map(({ type, about, label, says, fields }) => ({ type, about, label, says, fields })),
      rules: rules.map(({ id, kind, name, pipe, recipients }) => ({ id, type: kind.type, name, pipe, recipients })),
      problems,
      notifications: await notificationsKept(store),
    }
  },
)

/** Tells the recipients of a rule that it is a trial; says how it went with each. */
export const tryNotification = capability(
  'tryNotification',
  'deployed',
  ({ rule }: { readonly rule: string }, { host }): Promise<readonly Delivery[]> => host.current().notifier.trial(rule),
)

/** Tells of each notification for the desktop from now on, until the request is aborted. */
export const followNotifications = capability(
  'followNotifications',
  'page',
  (_: null, { host, onEvent, signal }: CallContext<Notification>) => {
    host.onNotification(onEvent)
    return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  },
)
