/** The daily counts that a server keeps while it runs. */
import { describe, expect, it } from 'vitest'
import { usageCounter } from '../../../../engine-worker/node/server/usage-count.ts'
import { Session } from '../../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { readSamples } from '../../../../engine-worker/subscription/samples.ts'
import { environment } from '../../dtl/corpus.ts'

const hour = 3_600_000_000_000n

describe('the usage of a server', () => {
  it('is counted at most once an hour, and once a day is kept', async () => {
    let now = 1_800_000_000_000_000_000n
    const around = { ...environment(), now: () => now }
    const store = memoryStore(around)
    const session = new Session({ store, environment: around })
    const source = (count: number) => ({
      type: 'embedded',
      entities: Array.from({ length: count }, (_, at) => ({ _id: String(at) })),
    })
    const count = usageCounter(session, store, around)
    const entities = async () => readSamples(await store.state('usage-samples')).map((each) => each.entities)
    const runWithSize = async (size: number) => {
      session.open({ 'pipes/a.conf.json': JSON.stringify({ _id: 'a', type: 'pipe', source: source(size) }) })
      await session.run({ run: String(size) }, () => undefined)
      await count()
    }
    await runWithSize(3)
    expect(await entities()).toEqual([3])
    await runWithSize(5)
    expect(await entities()).toEqual([3])
    now += hour
    await runWithSize(6)
    expect(await entities()).toEqual([6])
    now += 24n * hour
    await runWithSize(7)
    expect(await entities()).toEqual([6, 7])
  })
})
