/** Notifications as they are kept: the state of each rule at each pipe, and the last of what was told, both bounded. */
import { isObject, type Json } from '../../entity/value.ts'
import type { Facts, Severity } from '../../problem.ts'
import type { DatasetStore, StateWrite } from '../../storage/store.ts'

const ALERT_PREFIX = 'notifications/alert/'
const NOTIFICATION_PREFIX = 'notifications/told/'
/** Notifications that are kept. */
const MAX_NOTIFICATIONS = 200

/** How it went to tell one recipient. */
export interface Delivery {
  readonly type: string
  /** As the rule names it, without the values of secrets. */
  readonly recipient: string
  /** `listed`: it stands in the list of notifications, and is told in no other way. */
  readonly state: 'waiting' | 'sent' | 'failed' | 'listed'
  readonly tries: number
  /** Why it failed; empty otherwise. */
  readonly reason: string
}

/** One notification; times in milliseconds since 1970. */
export interface Notification {
  readonly number: number
  readonly rule: string
  readonly ruleName: string
  readonly ruleType: string
  /** Empty where the rule is of the project. */
  readonly pipe: string
  readonly at: number
  /** What was found, in English with its code and facts. */
  readonly problem: {
    readonly code: string
    readonly severity: Severity
    readonly message: string
    readonly facts: Facts
  }
  /** How often it was found since the last notification. */
  readonly count: number
  readonly deliveries: readonly Delivery[]
}

/** What is known of one rule at one pipe. */
export interface Alert {
  /** The last one that was found; empty where it is over. */
  readonly event: string
  /** When it was last found and when a notification was last sent; 0 for never. */
  readonly last: number
  readonly told: number
  /** How often it was found since the last notification. */
  readonly untold: number
}

/** The key of the alert of a rule at a pipe. */
export function alertKey(rule: string, pipe: string): string {
  return ALERT_PREFIX + JSON.stringify([rule, pipe])
}

/** All alerts by their keys. */
export async function alertsKept(store: DatasetStore): Promise<Map<string, Alert>> {
  const found = new Map<string, Alert>()
  for await (const { key, value } of store.states(ALERT_PREFIX)) {
    // They were written here alone.
    if (!(value instanceof Uint8Array) && isObject(value)) found.set(key, value as unknown as Alert)
  }
  return found
}

/** The notifications that are kept, newest first. */
export async function notificationsKept(store: DatasetStore): Promise<readonly Notification[]> {
  const found: Notification[] = []
  for await (const { value } of store.states(NOTIFICATION_PREFIX)) {
    // They were written here alone.
    if (!(value instanceof Uint8Array) && isObject(value)) found.push(value as unknown as Notification)
  }
  return found.sort((a, b) => b.number - a.number)
}

/** What keeps an alert, or forgets it (null). */
export function keptAlert(key: string, alert: Alert | null): StateWrite {
  return { key, value: alert === null ? null : { ...alert } }
}

/** What keeps a notification, and forgets the one that is too old. */
export function keptNotification(notification: Notification): StateWrite[] {
  const { number } = notification
  // Facts and deliveries are plain data.
  const value: Json = JSON.parse(JSON.stringify(notification))
  const states: StateWrite[] = [{ key: NOTIFICATION_PREFIX + paddedNumber(number), value }]
  if (number > MAX_NOTIFICATIONS)
    states.push({ key: NOTIFICATION_PREFIX + paddedNumber(number - MAX_NOTIFICATIONS), value: null })
  return states
}

function paddedNumber(number: number): string {
  return String(number).padStart(15, '0')
}
