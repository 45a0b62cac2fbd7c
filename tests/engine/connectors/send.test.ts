/** Requests that a server wants repeated later: the waiting time, the number of retries, and what ends the waiting. */
import { describe, expect, test } from 'vitest'
import { executionLog } from '../../../engine-worker/config/project/system-datasets.ts'
import { retryDelay } from '../../../engine-worker/connectors/retry-after.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'

const now = BigInt(Date.parse('2026-01-01T00:00:00Z')) * 1_000_000n

describe('retryDelay', () => {
  test.each<[string | undefined, number | null]>([
    [undefined, 7],
    ['', 7],
    ['soon', 7],
    ['0', 0],
    ['12', 12],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60],
    ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
    ['300', 300],
    ['301', null],
    ['99999999999999999999', null],
    ['Fri, 01 Jan 2027 00:00:00 GMT', null],
  ])('of %s is %s', (header, seconds) => {
    expect(retryDelay(header, 7, now)).toBe(seconds)
  })
})

async function eventsOf(session: Session): Promise<Entity[]> {
  const events: Entity[] = []
  for await (const batch of session.runner.store.store.scan(executionLog('p'))) events.push(...batch)
  return events
}

type Answer = readonly [number, Readonly<Record<string, string>>]

function sessionWith(answers: readonly Answer[], pause: (seconds: number) => Promise<void>) {
  const left = [...answers]
  const fetch = async () => {
    const [status, headers] = left.shift() ?? [200, {}]
    const body = status === 200 ? '[{"_id": "1"}]' : '{}'
    return new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } })
  }
  const environment = { ...machine, now: () => now, pause }
  const session = new Session({ store: memoryStore(environment), environment, fetch })
  const system = {
    _id: 's',
    type: 'system:rest',
    url_pattern: 'https://s:8443/%s',
    rate_limiting_retries: 2,
    rate_limiting_delay: 7,
    operations: { list: { url: 'rows', method: 'GET' } },
  }
  const pipe = { _id: 'p', type: 'pipe', source: { type: 'rest', system: 's', operation: 'list' } }
  session.open({ 'systems/s.conf.json': JSON.stringify(system), 'pipes/p.conf.json': JSON.stringify(pipe) })
  return session
}

describe('a request', () => {
  test.each<[string, readonly Answer[], readonly number[], string]>([
    ['waits as long as the server asks', [[429, { 'Retry-After': '3' }]], [3], 'finished'],
    [
      'waits until the date that the server gives',
      [[503, { 'Retry-After': 'Thu, 01 Jan 2026 00:00:09 GMT' }]],
      [9],
      'finished',
    ],
    ['waits as configured where the server says nothing', [[429, {}]], [7], 'finished'],
    [
      'is repeated as often as configured',
      [
        [429, {}],
        [429, {}],
        [429, {}],
      ],
      [7, 7],
      'failed',
    ],
    ['is not repeated after 503 without the header', [[503, {}]], [], 'failed'],
    ['is not repeated where the server wants an hour', [[429, { 'Retry-After': '3600' }]], [], 'failed'],
  ])('%s', async (_, answers, waits, state) => {
    const waited: number[] = []
    const session = sessionWith(answers, async (seconds) => {
      waited.push(seconds)
    })
    const result = await session.run({ run: 'r' })
    expect(waited).toEqual(waits)
    expect(result.pipes[0]?.state === 'failed' ? 'failed' : 'finished').toBe(state)
  })

  test('that waited stands in the execution log, with the server and the seconds', async () => {
    const answers: Answer[] = [
      [429, { 'Retry-After': '3' }],
      [503, { 'Retry-After': '4' }],
      [200, {}],
    ]
    const session = sessionWith([...answers, ...answers], async () => undefined)
    const logged = async () => {
      await session.run({ run: 'r' })
      const events = await eventsOf(session)
      return events.find(({ _id }) => _id === 'pump-completed')
    }
    const first = await logged()
    expect(first?.waits).toEqual([{ host: 's:8443', times: 2, seconds: 7 }])
    // The second run changes nothing, but it waited.
    const second = await logged()
    expect(second?.waits).toEqual(first?.waits)
    expect(Number(second?._updated)).toBeGreaterThan(Number(first?._updated))
    // The third one neither changes anything nor waits.
    expect((await logged())?._updated).toBe(second?._updated)
  })

  test('that waits ends when the run is cancelled', async () => {
    const session = sessionWith([[429, { 'Retry-After': '250' }]], () => {
      session.cancel('r')
      return new Promise(() => {})
    })
    const result = await session.run({ run: 'r' })
    expect(result.pipes.map(({ state }) => state)).not.toContain('finished')
  })
})
