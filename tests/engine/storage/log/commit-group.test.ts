/** Commits that wait together become durable together, and each can be refused separately. */
import { describe, expect, test } from 'vitest'
import { memorySegments } from '../../../../engine-worker/storage/log/memory-segments.ts'
import type { SegmentStorage, SegmentWriter } from '../../../../engine-worker/storage/log/segment-storage.ts'
import { openSegmentStore } from '../../../../engine-worker/storage/log/segment-store.ts'
import type { Commit } from '../../../../engine-worker/storage/store.ts'
import { historyClock } from '../histories.ts'

function setUp() {
  const storage: SegmentStorage = memorySegments()
  const { write } = storage
  const counted = { batches: 0, fails: false }
  storage.write = (work: (to: SegmentWriter) => Promise<void>) => {
    counted.batches++
    if (counted.fails) return Promise.reject(new Error('no room'))
    return write.call(storage, work)
  }
  const environment = { ...historyClock(), random: Math.random }
  return { counted, open: () => openSegmentStore(storage, { project: 'p', environment }) }
}

const commitTo = (dataset: string, ...ids: readonly string[]): Commit => ({
  datasets: [{ dataset, entities: ids.map((_id) => ({ _id })) }],
})

describe('commits at the same time', () => {
  test('to different datasets are one batch, those to one dataset in their order', async () => {
    const { counted, open } = setUp()
    const store = await open()
    const commits = [commitTo('a', '1'), commitTo('b', '1'), commitTo('c', '1'), commitTo('a', '2'), commitTo('b', '2')]
    const results = await Promise.all(commits.map((commit) => store.commit(commit)))
    expect(counted.batches).toBe(2)
    expect(results.map(([first]) => first?.changes.map(({ entity }) => [entity._id, entity._updated]))).toEqual([
      [['1', 1]],
      [['1', 1]],
      [['1', 1]],
      [['2', 2]],
      [['2', 2]],
    ])
  })

  test('that are refused take no other with them', async () => {
    const { open } = setUp()
    const store = await open()
    const refused: Commit = {
      datasets: [{ dataset: 'b', entities: [{ _id: '1', x: 'y'.repeat(99) }], maxEntityBytes: 50 }],
    }
    const unreadable: Commit = { datasets: [{ dataset: 'c', entities: [{ x: 1 }] }] }
    const settled = await Promise.allSettled(
      [commitTo('a', '1'), refused, unreadable, commitTo('d', '1')].map((one) => store.commit(one)),
    )
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect((await store.list()).map(({ name }) => name)).toEqual(['a', 'd'])
  })

  test('all fail where nothing can be written, and what was there before stays', async () => {
    const { counted, open } = setUp()
    const store = await open()
    await store.commit(commitTo('a', '1'))
    counted.fails = true
    const settled = await Promise.allSettled([commitTo('a', '2'), commitTo('b', '1')].map((one) => store.commit(one)))
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    counted.fails = false
    expect(await store.lookup('a', ['1', '2'])).toMatchObject([{ _id: '1' }, null])
    expect((await store.commit(commitTo('a', '2')))[0]?.changes).toHaveLength(1)
  })
})
