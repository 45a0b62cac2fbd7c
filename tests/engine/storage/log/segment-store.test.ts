/** The dataset store over segments, on every storage that Node has: the laws that the one in the browser passes, too. */
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { fileSegments } from '../../../../engine-worker/node/storage/file-segments.ts'
import { memorySegments, SegmentMemory } from '../../../../engine-worker/storage/log/memory-segments.ts'
import type { SegmentStorage } from '../../../../engine-worker/storage/log/segment-storage.ts'
import { openSegmentStore } from '../../../../engine-worker/storage/log/segment-store.ts'
import type { DatasetStore } from '../../../../engine-worker/storage/store.ts'
import { follow, history, historyClock } from '../histories.ts'

const folder = mkdtempSync(join(tmpdir(), 'pipewright-segments-'))
afterAll(() => rmSync(folder, { recursive: true }))
let opened = 0
const newFolder = () => join(folder, String(opened++))

/** Segments so small that merging and compaction happen all the time, and id indexes that are dropped as soon as they may be. */
const limits = { versions: 4, characters: 100, merge: 3 }
const indexes = { bytes: 0, uses: 1 }

function openStore(
  storage: SegmentStorage,
  environment = { ...historyClock(), random: Math.random },
): Promise<DatasetStore> {
  return openSegmentStore(storage, { project: 'test', cacheBytes: 600, limits, indexes, environment })
}

const storages: Readonly<Record<string, () => () => SegmentStorage>> = {
  memory: () => {
    const memory = new SegmentMemory()
    return () => memorySegments(memory)
  },
  files: () => {
    const here = newFolder()
    return () => fileSegments(here)
  },
  'files that are rewritten all the time': () => {
    const here = newFolder()
    return () => fileSegments(here, { leastGarbage: 0 })
  },
}

describe.each(Object.entries(storages))('segments in %s', (_, place) => {
  test('answer like a naive model after any history', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const storage = place()
        const environment = { ...historyClock(), random: Math.random }
        const subject = {
          store: await openStore(storage(), environment),
          async reopen() {
            await subject.store.close()
            subject.store = await openStore(storage(), environment)
          },
        }
        await follow(subject, steps)
        await subject.store.close()
      }),
      { numRuns: 60 },
    )
  })

  test('keep nothing of a batch that fails', async () => {
    const storage = place()()
    await storage.open(() => 0.5)
    const failing = storage.write(async (to) => {
      await to.putStates([{ key: 'a', value: '1' }])
      throw new Error('refused')
    })
    await expect(failing).rejects.toThrow('refused')
    expect(await storage.state('a')).toBeUndefined()
    await storage.close()
  })
})

/** Commits with a state that says how many there were; the journal's length after each. */
async function writtenLengths(here: string, commits: number): Promise<number[]> {
  const store = await openStore(fileSegments(here))
  const lengths: number[] = []
  for (let n = 1; n <= commits; n++) {
    const entities = [
      { _id: `e${n}`, n },
      { _id: 'same', n },
    ]
    await store.commit({ datasets: [{ dataset: 'd', entities }], states: [{ key: 'n', value: n }] })
    lengths.push(statSync(join(here, 'journal')).size)
  }
  await store.close()
  return lengths
}

/** What is there: the number of the last commit, and whether the dataset is that of this commit. */
async function storedNumber(here: string): Promise<number> {
  const store = await openStore(fileSegments(here))
  const n = Number((await store.state('n')) ?? 0)
  const info = await store.info('d')
  expect(info?.live ?? 0).toBe(n === 0 ? 0 : n + 1)
  const [same] = await store.lookup('d', ['same'])
  expect(same?.n ?? 0).toBe(n)
  await store.commit({ states: [{ key: 'goes on', value: true }] })
  await store.close()
  return n
}

describe('a journal on disk', () => {
  test('that was cut off anywhere holds every commit before the cut, whole', async () => {
    const here = newFolder()
    const lengths = await writtenLengths(here, 5)
    const whole = readFileSync(join(here, 'journal'))
    // Merging small segments is a separate batch after the commit that caused it.
    for (let cut = 0; cut <= whole.length; cut += 37) {
      writeFileSync(join(here, 'journal'), whole)
      truncateSync(join(here, 'journal'), cut)
      expect(await storedNumber(here)).toBeGreaterThanOrEqual(lengths.filter((length) => length <= cut).length)
    }
  })

  test('whose last bytes are not what was written is as it was before them', async () => {
    const here = newFolder()
    const lengths = await writtenLengths(here, 2)
    const bytes = readFileSync(join(here, 'journal'))
    bytes.fill(0, (lengths[0] ?? 0) + 60)
    writeFileSync(join(here, 'journal'), bytes)
    expect(await storedNumber(here)).toBe(1)
  })

  test('is one process’s at a time', async () => {
    const here = newFolder()
    const store = await openStore(fileSegments(here))
    await expect(openStore(fileSegments(here))).rejects.toMatchObject({ problem: { code: 'storage-folder-in-use' } })
    await store.close()
    writeFileSync(join(here, 'lock'), '999999999')
    await (await openStore(fileSegments(here))).close()
  })

  test('does not grow with what is out of date', async () => {
    const here = newFolder()
    const store = await openStore(fileSegments(here, { leastGarbage: 20_000 }))
    for (let n = 0; n < 300; n++) {
      await store.commit({
        reset: ['d'],
        datasets: [{ dataset: 'd', entities: [{ _id: 'a', text: 'x'.repeat(500), n }] }],
      })
    }
    await store.close()
    expect(statSync(join(here, 'journal')).size).toBeLessThan(200_000)
    const again = await openStore(fileSegments(here))
    expect(await again.lookup('d', ['a'])).toMatchObject([{ n: 299 }])
    await again.close()
  })
})
