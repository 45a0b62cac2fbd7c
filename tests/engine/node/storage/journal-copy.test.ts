/** The second copy of a store: of one store only, at one time only. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { fileSegments } from '../../../../engine-worker/node/storage/file-segments.ts'
import { openSegmentStore } from '../../../../engine-worker/storage/log/segment-store.ts'

const environment = { now: () => BigInt(Date.now()) * 1_000_000n, random: Math.random }
const base = mkdtempSync(join(tmpdir(), 'pipewright-copy-'))
let folders = 0
const newFolder = () => join(base, String(folders++))
afterEach(() => rmSync(base, { recursive: true, force: true }))

const opened = (folder: string, copy: string) =>
  openSegmentStore(fileSegments(folder, { copy }), { project: 'p', environment })
const filled = async (folder: string, copy: string, id: string) => {
  const store = await opened(folder, copy)
  await store.commit({ datasets: [{ dataset: 'd', entities: [{ _id: id }] }] })
  await store.close()
}
const ids = async (folder: string, copy: string) => {
  const store = await opened(folder, copy)
  const found: unknown[] = []
  for await (const batch of store.scan('d')) found.push(...batch.map(({ _id }) => _id))
  await store.close()
  return found
}

it('of another store is refused, and stays what it was', async () => {
  const [one, other, copy] = [newFolder(), newFolder(), newFolder()]
  await filled(one, copy, 'mine')
  await filled(other, newFolder(), 'yours')
  const before = readFileSync(join(copy, 'journal'))
  await expect(opened(other, copy)).rejects.toMatchObject({
    problem: { code: 'copy-of-another-store', message: expect.stringContaining(copy) },
  })
  expect(readFileSync(join(copy, 'journal'))).toEqual(before)
  // Neither folder is left locked.
  expect(await ids(one, copy)).toEqual(['mine'])
  expect(await ids(other, newFolder())).toEqual(['yours'])
})

it('that a store follows now is refused to any other', async () => {
  const [one, copy] = [newFolder(), newFolder()]
  const store = await opened(one, copy)
  await expect(opened(newFolder(), copy)).rejects.toMatchObject({ problem: { code: 'storage-folder-in-use' } })
  await store.close()
  expect(existsSync(join(copy, 'lock'))).toBe(false)
})

it('takes the place of a store that is lost, and follows it from then on', async () => {
  const [one, copy] = [newFolder(), newFolder()]
  await filled(one, copy, 'a')
  rmSync(one, { recursive: true })
  await filled(one, copy, 'b')
  expect(await ids(one, copy)).toEqual(['a', 'b'])
  expect(readFileSync(join(copy, 'journal'))).toEqual(readFileSync(join(one, 'journal')))
})

it('of an older version, which has no name, is taken for the copy that it is', async () => {
  const [one, copy] = [newFolder(), newFolder()]
  await filled(one, copy, 'a')
  for (const folder of [one, copy]) rmSync(join(folder, 'name'))
  expect(await ids(one, copy)).toEqual(['a'])
  expect(readFileSync(join(copy, 'name'))).toEqual(readFileSync(join(one, 'name')))
})
