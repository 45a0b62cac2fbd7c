/** Additional engines during a run: when they start, running without them, and that they end with the run. */
import { describe, expect, it } from 'vitest'
import { EnginesOnDemand } from '../../../../engine-worker/run/engines/engines-on-demand.ts'
import type { EnginePort } from '../../../../engine-worker/run/engines/messages.ts'
import type { SourceRecord } from '../../../../engine-worker/run/sources/item.ts'
import { Tracking } from '../../../../engine-worker/run/tracking.ts'
import { IndexedStore } from '../../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { ticking } from '../histories.ts'

/** A starter whose engines never become ready; counts started and closed engines. */
function starter({ fails = 0 } = {}) {
  const count = { started: 0, closed: 0, ends: [] as (() => void)[] }
  const start = (): EnginePort => {
    if (count.started++ < fails) throw new Error('no thread')
    return {
      post: () => {},
      listen: (_reply, ended) => void count.ends.push(ended),
      close: () => void count.closed++,
    }
  }
  return { count, engines: new EnginesOnDemand({ start, clock: () => 0 }) }
}

const itemsOf = (size: number): SourceRecord[] =>
  Array.from({ length: size }, (_, order) => ({ key: `${order}`, entity: { _id: `${order}` }, order }))

async function job(size: number) {
  const store = new IndexedStore(memoryStore(ticking()))
  return {
    pipe: 'p',
    fingerprint: 'f',
    items: itemsOf(size),
    stages: 1,
    indexes: [],
    store,
    tracking: await Tracking.load(store.store, 'p', 0),
    joined: { rows: 0, most: 0 },
    signal: new AbortController().signal,
    here: async (part: readonly SourceRecord[]) =>
      part.map((item) => ({ item, outputs: [], lookups: [], problem: null })),
  }
}
const keysOf = (size: number) => itemsOf(size).map(({ key }) => key)

describe('engines on demand', () => {
  it('start with the first batch that is large enough, and end with the last run', async () => {
    const { count, engines } = starter()
    engines.setCount(3)
    engines.open({}, {})
    const endFirst = engines.forRun()
    const endSecond = engines.forRun()
    await engines.transform(await job(10))
    expect(count.started).toBe(0)
    const results = await engines.transform(await job(600))
    expect(results.map(({ item }) => item.key)).toEqual(keysOf(600))
    expect(count.started).toBe(2)
    expect(engines.use()).toHaveLength(3)
    endFirst()
    endFirst()
    expect(count.closed).toBe(0)
    endSecond()
    expect(count.closed).toBe(2)
    expect(engines.use()).toEqual([])
  })

  it('transform in this thread outside of a run', async () => {
    const { count, engines } = starter()
    engines.setCount(4)
    expect((await engines.transform(await job(600))).map(({ item }) => item.key)).toEqual(keysOf(600))
    expect(count.started).toBe(0)
  })

  it('keep their number while a run goes on', () => {
    const { engines } = starter()
    engines.setCount(2)
    const end = engines.forRun()
    engines.setCount(5)
    expect([engines.size, engines.count]).toEqual([2, 5])
    end()
    expect(engines.size).toBe(5)
  })

  it('count those that did not start or ended by themselves, and the work is done without them', async () => {
    const { count, engines } = starter({ fails: 1 })
    engines.setCount(3)
    const end = engines.forRun()
    expect((await engines.transform(await job(600))).map(({ item }) => item.key)).toEqual(keysOf(600))
    expect(engines.lost).toBe(1)
    for (const ended of count.ends) ended()
    expect(engines.lost).toBe(2)
    end()
    // Each edit of the project sets its number of engines again.
    engines.setCount(3)
    expect(engines.lost).toBe(2)
    engines.setCount(2)
    expect(engines.lost).toBe(0)
  })
})
