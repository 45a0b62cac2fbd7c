/** A storage with a second copy: acknowledged commits are in both, and can be restored from either. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReplaceableStorage } from '../../../../engine-worker/storage/copy/content.ts'
import { CopiedStorage } from '../../../../engine-worker/storage/copy/copied-storage.ts'
import { readContent } from '../../../../engine-worker/storage/copy/frame.ts'
import { memorySegments, SegmentMemory } from '../../../../engine-worker/storage/log/memory-segments.ts'
import { openSegmentStore } from '../../../../engine-worker/storage/log/segment-store.ts'
import type { Commit, DatasetStore } from '../../../../engine-worker/storage/store.ts'
import { memoryFolder } from '../../../support/memory-folder.ts'
import { historyClock } from '../histories.ts'

const environment = { ...historyClock(), random: Math.random }
const limits = { versions: 4, characters: 400, merge: 3 }

/** A storage in memory whose content can be replaced. */
function replaceable(memory: SegmentMemory): ReplaceableStorage {
  const storage = memorySegments(memory)
  const putSeed = async (seed: number) => {
    memory.seed = seed
    Object.assign(storage, { seed })
  }
  return Object.assign(storage, { putSeed })
}

function setUp(memory = new SegmentMemory(), folder = memoryFolder()) {
  const storage = new CopiedStorage(replaceable(memory), { project: 'p', now: () => 1, lost: folder })
  const openStore = () => openSegmentStore(storage, { project: 'p', environment, limits })
  return { memory, folder, storage, open: openStore }
}

/** All that readers see of a store. */
async function contentOf(store: DatasetStore) {
  const datasets = await Promise.all(
    (await store.list()).map(async ({ name, lastUpdated, live, deleted, meta }) => {
      const entities = []
      for await (const batch of store.scan(name, { history: true })) entities.push(...batch)
      return { name, lastUpdated, live, deleted, meta, entities }
    }),
  )
  const states = []
  for await (const { key, value } of store.states('')) if (key !== 'storage/batch') states.push([key, value])
  return { datasets, states }
}

const commits: fc.Arbitrary<Commit> = fc.record({
  datasets: fc.constantFrom('a', 'b').chain((dataset) =>
    fc
      .array(fc.record({ _id: fc.constantFrom('1', '2', '3', '4', '5'), v: fc.nat(9), _deleted: fc.boolean() }), {
        maxLength: 6,
      })
      .map((entities) => [{ dataset, entities }]),
  ),
  states: fc.array(fc.record({ key: fc.constantFrom('x', 'y'), value: fc.option(fc.nat(), { nil: null }) }), {
    maxLength: 2,
  }),
  reset: fc.subarray(['a'], { maxLength: 1 }),
})

describe('a copied storage', () => {
  test('that has lost its data has it again from the copy, whatever was committed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(commits, { maxLength: 12 }), fc.nat(12), async (history, follows) => {
        const { folder, storage, open } = setUp()
        const store = await open()
        for (const [at, commit] of history.entries()) {
          if (at === follows) await storage.follow(folder)
          await store.commit(commit)
        }
        if (follows >= history.length) await storage.follow(folder)
        const expected = await contentOf(store)
        await store.close()
        const again = await setUp(new SegmentMemory(), folder).open()
        expect(await contentOf(again)).toEqual(expected)
        // It goes on: what is written now is found by the ids of before.
        await again.commit({ datasets: [{ dataset: 'a', entities: [{ _id: '1', v: 'new' }] }] })
        expect(await again.lookup('a', ['1'])).toMatchObject([{ v: 'new' }])
      }),
      { numRuns: 60 },
    )
  })

  test('that went on without its copy writes it anew', async () => {
    const first = setUp()
    const store = await first.open()
    await first.storage.follow(first.folder)
    await store.commit({ datasets: [{ dataset: 'a', entities: [{ _id: '1' }] }] })
    await first.storage.follow(null)
    await store.commit({ datasets: [{ dataset: 'a', entities: [{ _id: '2' }] }] })
    await store.close()
    const second = setUp(first.memory, first.folder)
    await (await second.open()).close()
    await second.storage.follow(second.folder)
    const lost = await setUp(new SegmentMemory(), second.folder).open()
    expect(await lost.lookup('a', ['1', '2'])).toMatchObject([{ _id: '1' }, { _id: '2' }])
  })

  test('stores nothing where the copy cannot be written, and goes on when it can', async () => {
    const { folder, storage, open } = setUp()
    const store = await open()
    await storage.follow(folder)
    const { write } = folder
    folder.write = () => Promise.reject(new Error('no room'))
    const commit = { datasets: [{ dataset: 'a', entities: [{ _id: '1' }] }] }
    await expect(store.commit(commit)).rejects.toMatchObject({ problem: { code: 'copy-failed' } })
    expect(await store.list()).toEqual([])
    folder.write = write
    await store.commit(commit)
    expect(await store.lookup('a', ['1'])).toMatchObject([{ _id: '1' }])
  })

  test('has no more than what was acknowledged where the copy of a batch was cut off', async () => {
    const { folder, storage, open, memory } = setUp()
    const store = await open()
    await storage.follow(folder)
    await store.commit({ datasets: [{ dataset: 'a', entities: [{ _id: '1' }] }] })
    const [name = '', bytes = new Uint8Array()] = [...folder.files].at(-1) ?? []
    const next = name.replace(/\d+$/, (digits) => String(Number(digits) + 1).padStart(digits.length, '0'))
    folder.files.set(next, bytes.slice(0, bytes.length - 5))
    await store.close()
    const lost = await setUp(new SegmentMemory(), folder).open()
    expect(await lost.lookup('a', ['1'])).toMatchObject([{ _id: '1' }])
    const kept = setUp(memory, folder)
    const goesOn = await kept.open()
    await kept.storage.follow(folder)
    await goesOn.commit({ datasets: [{ dataset: 'a', entities: [{ _id: '2' }] }] })
    const whole = await setUp(new SegmentMemory(), folder).open()
    expect(await whole.lookup('a', ['1', '2'])).toMatchObject([{ _id: '1' }, { _id: '2' }])
  })

  test('restores a backup: the data of then, with a mark that readers see, also where a restore was ended before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(commits, { maxLength: 8 }),
        fc.array(commits, { maxLength: 8 }),
        async (before, after) => {
          const { folder, storage, open, memory } = setUp()
          const store = await open()
          await storage.follow(folder)
          for (const commit of before) await store.commit(commit)
          const expected = await contentOf(store)
          await storage.backUp((parts) => folder.write('backup', parts))
          for (const commit of after) await store.commit(commit)
          const changed = await contentOf(store)
          const read = await folder.open('backup')
          await expect(storage.restore(endedAfter(readContent('backup', read), 1), { uuid: 'r' })).rejects.toThrow(
            'ended',
          )
          await store.close()
          // Interrupted: the data is unchanged.
          const second = setUp(memory, folder)
          const between = await second.open()
          expect(await contentOf(between)).toEqual(changed)
          await second.storage.restore(readContent('backup', read), { uuid: 'r' })
          await expect(between.commit({ states: [{ key: 'x', value: 1 }] })).rejects.toThrow('opened again')
          await between.close()
          const third = await setUp(memory, folder).open()
          const datasets = expected.datasets.map((one) => {
            return { ...one, meta: { ...one.meta, restore: { uuid: 'r', offset: one.lastUpdated } } }
          })
          expect(await contentOf(third)).toEqual({ ...expected, datasets })
        },
      ),
      { numRuns: 40 },
    )
  })
})

/** The first items, and then an error. */
async function* endedAfter<T>(items: AsyncIterable<T>, count: number): AsyncGenerator<T> {
  let at = 0
  for await (const item of items) {
    if (at++ === count) break
    yield item
  }
  throw new Error('ended')
}
