/** Notifications as they are kept. */
import { describe, expect, it } from 'vitest'
import {
  type Alert,
  alertKey,
  alertsKept,
  keptAlert,
  keptNotification,
  type Notification,
  notificationsKept,
} from '../../../../engine-worker/run/notifications/notification.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { environment } from '../../dtl/corpus.ts'

const notification = (number: number): Notification => ({
  number,
  rule: 'r',
  ruleName: 'Failed',
  ruleType: 'pump_failed',
  pipe: 'p',
  at: 1000 + number,
  problem: { code: 'c', severity: 'error', message: 'm', facts: { name: 'x' } },
  count: 1,
  deliveries: [{ type: 'webhook', recipient: 'https://a.example', state: 'sent', tries: 1, reason: '' }],
})

describe('notifications', () => {
  it('come back newest first, and the oldest give way to new ones', async () => {
    const store = memoryStore(environment())
    for (let number = 1; number <= 203; number++) await store.commit({ states: keptNotification(notification(number)) })
    const kept = await notificationsKept(store)
    expect(kept.map(({ number }) => number)).toEqual(Array.from({ length: 200 }, (_, at) => 203 - at))
    expect(kept[0]).toEqual(notification(203))
  })

  it('have alerts of their own for each rule at each pipe, whatever their names are, until they are over', async () => {
    const store = memoryStore(environment())
    const alert: Alert = { event: 'run 7', last: 5, told: 5, untold: 2 }
    const keys = [alertKey('a', 'b/c'), alertKey('a/b', 'c'), alertKey('a"', '')]
    expect(new Set(keys).size).toBe(3)
    await store.commit({ states: keys.map((key) => keptAlert(key, alert)) })
    await store.commit({ states: [keptAlert(keys[0] ?? '', null)] })
    expect([...(await alertsKept(store))]).toEqual(
      keys
        .slice(1)
        .toSorted()
        .map((key) => [key, alert]),
    )
  })
})
