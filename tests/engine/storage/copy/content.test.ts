/** The whole content of a storage, exported, and imported in the place of another storage's content. */
import { describe, expect, it } from 'vitest'
import {
  contentFrames,
  type ReplaceableStorage,
  replaceContent,
  restoredMeta,
} from '../../../../engine-worker/storage/copy/content.ts'
import type { CopyFrame } from '../../../../engine-worker/storage/copy/frame.ts'
import { memorySegments, SegmentMemory } from '../../../../engine-worker/storage/log/memory-segments.ts'
import { openSegmentStore } from '../../../../engine-worker/storage/log/segment-store.ts'
import type { DatasetStore } from '../../../../engine-worker/storage/store.ts'
import { historyClock } from '../histories.ts'

const environment = { ...historyClock(), random: Math.random }

function replaceable(memory: SegmentMemory): ReplaceableStorage {
  const storage = memorySegments(memory)
  const putSeed = async (seed: number) => {
    memory.seed = seed
    Object.assign(storage, { seed })
  }
  return Object.assign(storage, { putSeed })
}

/** A storage with some commits in it. */
async function filledStorage(...datasets: readonly (readonly [string, readonly string[]])[]) {
  const memory = new SegmentMemory()
  const openStore = (): Promise<DatasetStore> =>
    openSegmentStore(replaceable(memory), {
      project: 'p',
      environment,
      limits: { versions: 2, characters: 200, merge: 3 },
    })
  const store = await openStore()
  for (const [dataset, ids] of datasets)
    for (const _id of ids)
      await store.commit({
        datasets: [{ dataset, entities: [{ _id }] }],
        states: [{ key: `last/${dataset}`, value: _id }],
      })
  return { memory, open: openStore, storage: replaceable(memory) }
}

async function framesOf(memory: SegmentMemory): Promise<readonly CopyFrame[]> {
  const storage = replaceable(memory)
  const records = await storage.open(Math.random)
  const frames: CopyFrame[] = []
  for await (const frame of contentFrames(storage, records, 1)) frames.push(frame)
  return frames
}

async function idsIn(store: DatasetStore) {
  const found: Record<string, string[]> = {}
  for (const { name } of await store.list())
    for await (const batch of store.scan(name, { history: true }))
      found[name] = [...(found[name] ?? []), ...batch.map(({ _id }) => String(_id))]
  return found
}

async function* all(frames: readonly CopyFrame[]) {
  yield* frames
}

describe('the content of a storage', () => {
  it('is in frames of which the last has the datasets', async () => {
    const { memory } = await filledStorage(['a', ['1', '2', '3']], ['b', ['x']])
    const frames = await framesOf(memory)
    expect(frames.map(({ isLast = false }) => isLast)).toEqual([...frames.slice(1).map(() => false), true])
    const last = frames.at(-1)?.changes[0]
    expect(last?.do === 'put-datasets' ? last.records.map(({ name }) => name).toSorted() : []).toEqual(['a', 'b'])
  })

  it('takes the place of another one, whose datasets and states are gone', async () => {
    const from = await filledStorage(['a', ['1', '2', '3']], ['b', ['x']])
    const to = await filledStorage(['a', ['9']], ['old', ['y']])
    const before = await to.storage.open(Math.random)
    await replaceContent(to.storage, before, all(await framesOf(from.memory)))
    const store = await to.open()
    expect(await idsIn(store)).toEqual({ a: ['1', '2', '3'], b: ['x'] })
    expect([await store.state('last/a'), await store.state('last/old')]).toEqual(['3', undefined])
    expect(to.memory.seed).toBe(from.memory.seed)
  })

  it('stays what it was until all of the other one is there', async () => {
    const from = await filledStorage(['a', ['1', '2', '3']])
    const to = await filledStorage(['a', ['9']])
    const frames = await framesOf(from.memory)
    const before = await to.storage.open(Math.random)
    async function* damaged() {
      yield* frames.slice(0, 1)
      throw new Error('damaged')
    }
    await expect(replaceContent(to.storage, before, damaged())).rejects.toThrow('damaged')
    expect(await idsIn(await to.open())).toEqual({ a: ['9'] })
    // Leftovers of the failed attempt are not part of the next one.
    await replaceContent(to.storage, before, all(frames))
    expect(await idsIn(await to.open())).toEqual({ a: ['1', '2', '3'] })
  })

  it('is marked as restored, with states that count in the place of its own', async () => {
    const from = await filledStorage(['a', ['1', '2']])
    const to = await filledStorage()
    const before = await to.storage.open(Math.random)
    await replaceContent(to.storage, before, all(await framesOf(from.memory)), {
      mark: { uuid: 'u-1' },
      states: [{ key: 'last/a', value: '"mine"' }],
    })
    const store = await to.open()
    expect(await store.state('last/a')).toBe('mine')
    const info = await store.info('a')
    expect(info?.meta.restore).toEqual({ uuid: 'u-1', offset: info?.lastUpdated })
  })
})

it('keeps the other settings of a dataset that is marked', () => {
  expect(restoredMeta({ group: 'crm', restore: { uuid: 'old', offset: 1 } }, { uuid: 'new' }, 7)).toEqual({
    group: 'crm',
    restore: { uuid: 'new', offset: 7 },
  })
})
