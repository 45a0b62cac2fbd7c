/** Versions counted by minute equal a recount of the log, also after commits, compaction and a reset. */
import { describe, expect, it } from 'vitest'
import { ChangeCounter } from '../../../engine-worker/analysis/change-counts.ts'
import { inSpans } from '../../../engine-worker/analysis/time-spans.ts'
import type { Environment } from '../../../engine-worker/environment.ts'
import { memorySegments } from '../../../engine-worker/storage/log/memory-segments.ts'
import { openSegmentStore } from '../../../engine-worker/storage/log/segment-store.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { memoryPlatform } from '../../support/platform.ts'

const { signal } = new AbortController()

async function recount(store: DatasetStore): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>()
  for await (const batch of store.scan('d', { history: true })) {
    for (const { _ts } of batch) {
      const minute = Number(_ts) - (Number(_ts) % 60_000_000)
      counts.set(minute / 1000, (counts.get(minute / 1000) ?? 0) + 1)
    }
  }
  return counts
}

describe('changes over time', () => {
  it.each([
    ['in memory', async (environment: Environment) => memoryStore(environment)],
    ['over segments', (environment: Environment) => openSegmentStore(memorySegments(), { project: 'p', environment })],
  ] as const)('are those of the log, whatever happened to it, %s', async (_, open) => {
    let now = 1_700_000_000_000_000_000n
    const environment = { ...memoryPlatform().environment, now: () => now }
    const store = await open(environment)
    const counter = new ChangeCounter(store, async () => {})
    const writeIds = async (ids: readonly number[], value: number) => {
      now += 90_000_000_000n
      const entities = ids.map((id) => ({ _id: String(id), value }))
      await store.commit({ datasets: [{ dataset: 'd', entities }] })
      expect(await counter.count('d', signal)).toEqual(await recount(store))
    }
    await writeIds([1, 2, 3], 1)
    await writeIds([2, 3, 4, 5], 2)
    await writeIds([1], 3)
    await store.commit({ reset: ['d'] })
    expect(await counter.count('d', signal)).toEqual(new Map())
    await writeIds([7, 8], 1)
    const counted = await counter.count('d', signal)
    expect([...(counted ?? [])].reduce((sum, [, times]) => sum + times, 0)).toBe((await store.info('d'))?.versions)
  })

  it('fall into spans without losing any', () => {
    const counts = new Map(Array.from({ length: 1000 }, (_, at) => [at * 60_000, at % 7] as const))
    const spans = inSpans(counts, 40)
    const total = (all: ReadonlyMap<number, number>) => [...all.values()].reduce((sum, each) => sum + each, 0)
    expect(total(spans)).toBe(total(counts))
    expect(spans.size).toBe(40)
  })
})
