/** Runs and requests of pipes by month. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { EngineHost } from '../../../engine-worker/api/host.ts'
import { activityOf, addedActivity } from '../../../engine-worker/run/monthly-activity.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { environment } from '../dtl/corpus.ts'

describe('activity by month', () => {
  it('counts the requests that a pipe sends, also in runs that found nothing new', async () => {
    let received = 0
    const service = createServer((_, response) => {
      received++
      response.setHeader('content-type', 'application/json').end('[{"_id": "1"}]')
    })
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
    const around = environment()
    const store = memoryStore(around)
    const host = new EngineHost({
      environment: around,
      fetch: globalThis.fetch,
      openStore: async () => store,
      deleteStore: async () => undefined,
    })
    try {
      const files = {
        'systems/s.conf.json': JSON.stringify({ _id: 's', type: 'system:url', base_url: url }),
        'pipes/p.conf.json': JSON.stringify({
          _id: 'p',
          type: 'pipe',
          source: { type: 'json', system: 's', url: '/' },
        }),
      }
      await host.open({ project: 'p', files })
      for (let round = 0; round < 3; round++) await host.current().session.run({ run: String(round), pipes: ['p'] })
      const month = new Date(Number(around.now() / 1_000_000n)).toISOString().slice(0, 7)
      const [activity] = await activityOf(store, month)
      expect(received).toBeGreaterThan(0)
      expect(activity).toEqual({ pipe: 'p', runs: 3, requests: received })
    } finally {
      service.close()
    }
  })

  it('forgets the month of three years before', async () => {
    const store = memoryStore(environment())
    const one = new Map([['p', { runs: 1, requests: 2 }]])
    for (const day of ['2023-11-05', '2023-12-05', '2026-11-30', '2026-11-30'])
      await store.commit({ states: await addedActivity(store, one, Date.parse(day)) })
    expect(await activityOf(store, '2023-11')).toEqual([])
    expect(await activityOf(store, '2023-12')).toEqual([{ pipe: 'p', runs: 1, requests: 2 }])
    expect(await activityOf(store, '2026-11')).toEqual([{ pipe: 'p', runs: 2, requests: 4 }])
  })
})
