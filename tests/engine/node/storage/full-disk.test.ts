/** What a storage keeps when there is no room: to rewrite its journal, for its copy, or for anything at all. */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { fileSegments } from '../../../../engine-worker/node/storage/file-segments.ts'
import { openSegmentStore } from '../../../../engine-worker/storage/log/segment-store.ts'
import type { DatasetStore } from '../../../../engine-worker/storage/store.ts'

const base = mkdtempSync(join(tmpdir(), 'pipewright-full-'))
let folders = 0
const newFolder = () => join(base, String(folders++))
afterEach(() => rmSync(base, { recursive: true, force: true }))

const environment = { now: () => BigInt(Date.now()) * 1_000_000n, random: Math.random }
const openStore = (folder: string, options = {}) =>
  openSegmentStore(fileSegments(folder, { leastGarbage: 20_000, ...options }), { project: 'p', environment })
const journalSize = (folder: string) => statSync(join(folder, 'journal')).size

/** Writes the same entity anew, so that what was written before is out of date. */
async function overwrite(store: DatasetStore, from: number, count: number): Promise<void> {
  for (let n = from; n < from + count; n++)
    await store.commit({
      reset: ['d'],
      datasets: [{ dataset: 'd', entities: [{ _id: 'a', text: 'x'.repeat(500), n }] }],
    })
}
const storedNumber = async (store: DatasetStore) => (await store.lookup('d', ['a']))[0]?.n

it('acknowledges what is written although its journal cannot be rewritten, and rewrites it later', async () => {
  const folder = newFolder()
  const store = await openStore(folder)
  // A folder in the way of the new journal is refused as a full disk is.
  mkdirSync(join(folder, 'journal.new'))
  await overwrite(store, 0, 200)
  expect(await storedNumber(store)).toBe(199)
  const grown = journalSize(folder)
  expect(grown).toBeGreaterThan(60_000)
  rmSync(join(folder, 'journal.new'), { recursive: true })
  await overwrite(store, 200, 300)
  expect(journalSize(folder)).toBeLessThan(grown)
  await store.close()
  const again = await openStore(folder)
  expect([await storedNumber(again), (await again.info('d'))?.versions]).toEqual([499, 1])
  await again.close()
})

it('refuses what its copy has no room for, and goes on when there is room', async () => {
  const [folder, copy] = [newFolder(), newFolder()]
  const store = await openStore(folder, { copy })
  await overwrite(store, 0, 10)
  mkdirSync(join(copy, 'journal.part'))
  writeFileSync(join(copy, 'journal.part', 'in the way'), '')
  const failed: number[] = []
  for (let n = 10; n < 200; n++) await overwrite(store, n, 1).catch(() => failed.push(n))
  expect(failed.length).toBeGreaterThan(0)
  const last = Number(await storedNumber(store))
  expect(last).toBe((failed[0] ?? 0) - 1)
  rmSync(join(copy, 'journal.part'), { recursive: true })
  await overwrite(store, 200, 1)
  expect(await storedNumber(store)).toBe(200)
  await store.close()
  // The copy alone has everything that was acknowledged.
  rmSync(join(folder, 'journal'))
  const recovered = await openStore(folder, { copy })
  expect(await storedNumber(recovered)).toBe(200)
  await recovered.close()
})
