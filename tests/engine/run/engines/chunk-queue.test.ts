/** Waiting entities are handed out once each, and returned in order whenever the chunks are done. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ProcessResult } from '../../../../engine-worker/run/chain.ts'
import { Cancelled } from '../../../../engine-worker/run/context.ts'
import { type Chunk, ChunkQueue } from '../../../../engine-worker/run/engines/chunk-queue.ts'
import type { PoolJob } from '../../../../engine-worker/run/engines/pool-job.ts'
import type { SourceRecord } from '../../../../engine-worker/run/sources/item.ts'
import { Tracking } from '../../../../engine-worker/run/tracking.ts'
import { IndexedStore } from '../../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { ticking } from '../histories.ts'

async function job(pipe: string, count: number, signal = new AbortController().signal): Promise<PoolJob> {
  const items = Array.from({ length: count }, (_, order) => ({ key: `${order}`, entity: { _id: `${order}` }, order }))
  const store = new IndexedStore(memoryStore(ticking()))
  const tracking = await Tracking.load(store.store, 'p', 0)
  const transformHere = async () => []
  const joined = { rows: 0, most: 0 }
  return { pipe, fingerprint: '', items, stages: 1, indexes: [], store, tracking, joined, signal, here: transformHere }
}

const resultsOf = (items: readonly SourceRecord[]): ProcessResult[] =>
  items.map((item) => ({ item, outputs: [], lookups: [], problem: null }))

it('gives every entity once, whatever the sizes of the chunks and the order in which they are done', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(30), { maxLength: 4 }),
      sizes,
      fc.infiniteStream(fc.nat()),
      async (counts, of, by) => {
        const queue = new ChunkQueue()
        const jobs = await Promise.all(counts.map((count, at) => job(`p${at}`, count)))
        const done = jobs.map((one) => queue.add(one))
        const chunks: Chunk[] = []
        for (let at = 0; queue.head(); at++) chunks.push(queue.take(of[at % of.length] ?? 1) as Chunk)
        expect(new Set(chunks.map(({ id }) => id)).size).toBe(chunks.length)
        while (chunks.length > 0) {
          const [chunk] = chunks.splice((by.next().value ?? 0) % chunks.length, 1)
          chunk?.resolve(resultsOf(chunk.items))
        }
        const results = await Promise.all(done)
        expect(results.map((list) => list.map(({ item }) => item))).toEqual(jobs.map(({ items }) => items))
      },
    ),
    { numRuns: 50 },
  )
})

it('drops what was cancelled, and goes on with what comes after it', async () => {
  const queue = new ChunkQueue()
  const abort = new AbortController()
  const cancelled = queue.add(await job('p', 3, abort.signal))
  const next = await job('q', 2)
  void queue.add(next)
  expect(queue.sum(() => 2)).toBe(10)
  abort.abort()
  expect(queue.head()).toBe(next)
  await expect(cancelled).rejects.toBeInstanceOf(Cancelled)
  expect(queue.sum((pipe) => (pipe === 'q' ? 3 : 0))).toBe(6)
})

it('tells an error of one chunk at once', async () => {
  const queue = new ChunkQueue()
  const work = queue.add(await job('p', 4))
  queue.take(2)?.reject(new Error('no'))
  await expect(work).rejects.toThrow('no')
})
