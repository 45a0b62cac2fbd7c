/** Rules that are evaluated while pipes run: recipients, frequency of messages, and retries after a failure. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { type Notification, notificationsKept } from '../../../../engine-worker/run/notifications/notification.ts'
import { type Channel, Notifier } from '../../../../engine-worker/run/notifications/notifier.ts'
import { readRules } from '../../../../engine-worker/run/notifications/rules.ts'
import { waitingPipe } from '../../../../engine-worker/run/rounds.ts'
import { engine } from '../engine.ts'

const HOUR = 3_600_000
const webhook = { type: 'webhook', id: 'https://hooks.example/$ENV(room)' }
const queueRule = {
  id: 'queue',
  name: 'Too much waits',
  type: 'queue_above',
  extra_rule_info: { limit: 1 },
  recipients: [webhook, { type: 'role', id: 'group:Admin' }],
}

/** A project with a pipe that has entities to read, and its rules. */
function setUp(rules: readonly JsonObject[], channel?: Channel) {
  const made = engine([{ _id: 'p', source: { type: 'dataset', dataset: 'a' }, pump: { mode: 'manual' } }])
  const told: { readonly address: string; readonly notification: Notification }[] = []
  const clock = { now: 1_700_000_000_000 }
  const collect: Channel = async (address, notification) => void told.push({ address, notification })
  const text = JSON.stringify({ rules })
  const newNotifier = () =>
    new Notifier({
      session: made.session,
      rules: () => readRules(text, made.session.project),
      channels: { webhook: channel ?? collect },
      resolve: (address) => address.replace('$ENV(room)', 'ops'),
      days: async () => [],
      now: () => clock.now,
    })
  const putWaiting = async (...ids: string[]) =>
    made.put(
      'a',
      ids.map((_id) => ({ _id })),
    )
  return { ...made, told, clock, open: newNotifier, wait: putWaiting, kept: () => notificationsKept(made.store) }
}

describe('a rule', () => {
  it('tells its recipients once of what it finds, and keeps it with how each was told', async () => {
    const { told, open, wait, kept } = setUp([queueRule])
    const notifier = open()
    await notifier.look()
    expect(told).toEqual([])
    await wait('1', '2')
    await notifier.look()
    await notifier.look()
    expect(told.map(({ address }) => address)).toEqual(['https://hooks.example/ops'])
    const [only, ...others] = await kept()
    expect(others).toEqual([])
    expect(only).toMatchObject({ number: 1, rule: 'queue', ruleName: 'Too much waits', pipe: 'p', count: 1 })
    expect(only?.deliveries.map(({ type, state }) => [type, state])).toEqual([
      ['webhook', 'sent'],
      ['role', 'listed'],
    ])
    expect(only?.problem.message).toContain('2 entities wait for p')
  })

  it('is told of again when it was over for an hour, and by another notifier not twice', async () => {
    const { told, clock, open, wait, run } = setUp([queueRule])
    await wait('1', '2')
    await open().look()
    // As after a restart.
    await open().look()
    expect(told).toHaveLength(1)
    await run()
    const notifier = open()
    await notifier.look()
    clock.now += HOUR
    await notifier.look()
    await wait('3', '4')
    await notifier.look()
    expect(told).toHaveLength(2)
  })

  it('within the hour is told of with the next that comes after it', async () => {
    const { told, clock, open, wait, run } = setUp([queueRule])
    const notifier = open()
    for (const ids of [
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]) {
      await wait(...ids)
      await notifier.look()
      await run()
      await notifier.look()
    }
    expect(told).toHaveLength(1)
    clock.now += HOUR
    await wait('7', '8')
    await notifier.look()
    expect(told).toHaveLength(2)
  })
})

describe('a recipient that cannot be reached', () => {
  it('is tried again after some time, five times in all, with the reason', async () => {
    let tries = 0
    const failingChannel: Channel = async () => {
      tries++
      throw new Error('closed')
    }
    const { clock, open, wait, kept } = setUp([queueRule], failingChannel)
    const notifier = open()
    await wait('1', '2')
    await notifier.look()
    await notifier.look()
    expect(tries).toBe(1)
    expect((await kept())[0]?.deliveries[0]).toMatchObject({ state: 'waiting', tries: 1, reason: 'closed' })
    for (let look = 0; look < 6; look++) {
      clock.now += 30_000
      await notifier.look()
    }
    expect(tries).toBe(5)
    expect((await kept())[0]?.deliveries[0]).toMatchObject({ state: 'failed', tries: 5 })
  })

  it('has no channel here: that is said with the delivery', async () => {
    const mail = { ...queueRule, recipients: [{ type: 'email', id: 'a@example.org' }] }
    const { open, wait, kept } = setUp([mail])
    await wait('1', '2')
    await open().look()
    expect((await kept())[0]?.deliveries).toMatchObject([{ type: 'email', state: 'failed', reason: 'no-channel' }])
  })
})

describe('a trial', () => {
  it('tells the recipients, and nothing is kept of it', async () => {
    const { told, open, kept } = setUp([queueRule])
    expect(await open().trial('queue')).toMatchObject([{ state: 'sent' }, { state: 'listed' }])
    expect(told[0]?.notification.problem).toMatchObject({ code: 'notify-trial', facts: { rule: 'Too much waits' } })
    expect(await kept()).toEqual([])
    expect(await open().trial('none')).toEqual([])
  })
})

it('knows since when a pipe runs, until it runs no more', async () => {
  const rule = { ...queueRule, id: 'long', type: 'pump_finished_overdue', extra_rule_info: { limit: 60 } }
  const { told, clock, open } = setUp([rule])
  const notifier = open()
  const reportState = (state: 'running' | 'done') =>
    notifier.progress({ run: '1', round: 0, pipes: [{ ...waitingPipe('p'), state }] })
  reportState('running')
  clock.now += 6 * 60_000
  await notifier.look()
  expect(told).toEqual([])
  reportState('running')
  clock.now += 60_000
  await notifier.look()
  expect(told.map(({ notification }) => notification.rule)).toEqual(['long'])
  reportState('done')
  clock.now += 2 * HOUR
  await notifier.look()
  expect(told).toHaveLength(1)
})
