/**
 * Copy and backups of a project in a page: in the browser's private file system, or in a folder that a person has
 * picked.
 */
import { describe, expect, test } from 'vitest'
import { BrowserSafety, folderOfProject } from '../../../../engine-worker/storage/copy/browser-safety.ts'
import { CopiedStorage } from '../../../../engine-worker/storage/copy/copied-storage.ts'
import type { DirectoryHandle } from '../../../../engine-worker/storage/copy/folder.ts'
import { memorySegments, SegmentMemory } from '../../../../engine-worker/storage/log/memory-segments.ts'
import { openSegmentStore } from '../../../../engine-worker/storage/log/segment-store.ts'
import { memoryDirectory } from '../../../support/memory-directory.ts'
import { historyClock } from '../histories.ts'

const DAY = 86_400_000

async function setUp(own: DirectoryHandle | null = memoryDirectory()) {
  const memory = new SegmentMemory()
  const time = { now: 1_764_000_000_000 }
  const putSeed = async (seed: number) => {
    memory.seed = seed
  }
  const inner = Object.assign(memorySegments(memory), { putSeed })
  const storage = new CopiedStorage(inner, { project: 'p/1', now: () => time.now, lost: null })
  const environment = { ...historyClock(), random: Math.random }
  const store = await openSegmentStore(storage, { project: 'p/1', environment })
  const settings = new Map<string, unknown>()
  const openSafety = () =>
    new BrowserSafety({
      project: 'p/1',
      storage,
      settings: {
        setting: async (key) => settings.get(key),
        putSetting: async (key, value) => void settings.set(key, value),
      },
      own,
      now: () => time.now,
      uuid: () => 'restore-1',
    })
  const putEntity = (_id: string) => store.commit({ datasets: [{ dataset: 'd', entities: [{ _id }] }] })
  return { safety: openSafety(), open: openSafety, put: putEntity, time, settings }
}

/** The names in a folder. */
async function namesIn(folder: DirectoryHandle): Promise<string[]> {
  const names: string[] = []
  for await (const [name] of folder.entries()) names.push(name)
  return names.sort()
}

describe('the safety of a project in a page', () => {
  test('keeps a copy while pipes are durable, and none otherwise', async () => {
    const { safety, put } = await setUp()
    await safety.follow(false)
    expect((await safety.state()).copy).toBeNull()
    await safety.follow(true)
    await put('1')
    const { copy, place, failure } = await safety.state()
    expect({ copied: (copy?.bytes ?? 0) > 0, place: place.kind, failure }).toEqual({
      copied: true,
      place: 'browser',
      failure: null,
    })
    await safety.follow(false)
    expect((await safety.state()).copy).toBeNull()
  })

  test('writes to the folder that was picked, below a folder of the project, and remembers it', async () => {
    const { safety, open } = await setUp()
    const picked = memoryDirectory('Disk')
    await safety.follow(true)
    await safety.configure({ folder: picked })
    expect(await namesIn(picked)).toEqual([folderOfProject('p/1')])
    expect(folderOfProject('p/1')).not.toContain('/')
    expect((await open().state()).place).toMatchObject({ kind: 'folder', name: 'Disk', isReady: true })
  })

  test('copies to the browser while the picked folder is not allowed', async () => {
    const { safety, put } = await setUp()
    await safety.configure({ folder: { ...memoryDirectory('Disk'), queryPermission: async () => 'prompt' } })
    await safety.follow(true)
    await put('1')
    const { place, copy, backups } = await safety.state()
    expect({ isReady: place.isReady, copied: (copy?.bytes ?? 0) > 0, backups }).toEqual({
      isReady: false,
      copied: true,
      backups: [],
    })
    await expect(safety.backUp()).rejects.toMatchObject({ problem: { code: 'no-place-for-backups' } })
  })

  test('backs up once a day where that is set, and removes what need not be kept', async () => {
    const { safety, put, time } = await setUp()
    await put('1')
    await safety.backUpIfDue()
    expect((await safety.state()).backups).toEqual([])
    await safety.configure({ daily: true })
    for (let half = 0; half < 24; half++) {
      await safety.backUpIfDue()
      time.now += DAY / 2
    }
    const { backups, isDaily } = await safety.state()
    expect(isDaily).toBe(true)
    expect(backups.length).toBeGreaterThan(6)
    expect(backups.length).toBeLessThan(12)
  })

  test('removes and gives out single backups, and says which is not there', async () => {
    const { safety, put } = await setUp()
    await put('1')
    const { id } = await safety.backUp()
    expect((await safety.file(id)).size).toBeGreaterThan(0)
    await safety.remove(id)
    await expect(safety.file(id)).rejects.toMatchObject({ problem: { code: 'no-such-backup' } })
  })

  test('restores a backup, backs up what was there before, and refuses a damaged file unchanged', async () => {
    const { safety, put } = await setUp()
    await put('1')
    const { id } = await safety.backUp()
    const damaged = new Blob([new Uint8Array([1, 2, 3])])
    await expect(safety.restore({ file: damaged })).rejects.toMatchObject({ problem: { code: expect.any(String) } })
    expect((await safety.state()).backups.map((backup) => backup.id)).toEqual([id])
    const restored = await safety.restore({ id })
    expect(restored.datasets).toBe(1)
    expect((await safety.state()).backups.map((backup) => backup.id)).toContain(restored.before)
  })

  test('has no place for copies without a file system or a picked folder', async () => {
    const { safety } = await setUp(null)
    await safety.follow(true)
    expect(await safety.state()).toMatchObject({ place: { kind: 'browser', isReady: false }, copy: null, backups: [] })
  })
})
