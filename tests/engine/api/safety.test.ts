/** Durable data of a project in a page: copy, backups and restore, over the real storage in memory. */
import { describe, expect, test } from 'vitest'
import { BrowserSafety, ownCopy } from '../../../engine-worker/storage/copy/browser-safety.ts'
import { CopiedStorage } from '../../../engine-worker/storage/copy/copied-storage.ts'
import type { DataSafety } from '../../../engine-worker/storage/copy/safety.ts'
import { memorySegments, SegmentMemory } from '../../../engine-worker/storage/log/memory-segments.ts'
import { openSegmentStore } from '../../../engine-worker/storage/log/segment-store.ts'
import { testEngine } from '../../support/engine.ts'
import { memoryDirectory } from '../../support/memory-directory.ts'
import { memoryPlatform } from '../../support/platform.ts'
import { environment } from '../dtl/corpus.ts'

const pipe = (id: string, more: object) => [`pipes/${id}.conf.json`, JSON.stringify({ _id: id, type: 'pipe', ...more })]
const durable = { metadata: { durable: true } }
const inbox = (more: object = {}) => Object.fromEntries([pipe('inbox', { source: { type: 'http_endpoint' }, ...more })])

function setUp() {
  const around = { ...environment(), time: 1_764_000_000_000n }
  const clock = { ...around, now: () => around.time * 1_000_000n }
  const memory = new SegmentMemory()
  const own = memoryDirectory()
  const picked = memoryDirectory('Backups')
  const settings = new Map<string, unknown>()
  let safety: DataSafety | null = null
  const openStore = async (project: string) => {
    const putSeed = async (seed: number) => {
      memory.seed = seed
    }
    const inner = Object.assign(memorySegments(memory), { putSeed })
    const now = () => Number(around.time)
    const storage = new CopiedStorage(inner, { project, now, lost: await ownCopy(own) })
    const store = await openSegmentStore(storage, { project, environment: clock })
    const kept = {
      setting: async (key: string) => settings.get(key),
      putSetting: async (key: string, value: unknown) => void settings.set(key, value),
    }
    safety = new BrowserSafety({ project, storage, settings: kept, own, now, uuid: () => 'restore-1' })
    return store
  }
  const engine = testEngine({ ...memoryPlatform(clock), openStore, safetyOf: () => safety })
  const push = (text: string) => engine.push({ pipe: 'inbox', text })
  const run = () => engine.run({ run: String(around.time) })
  const ids = async () =>
    (await engine.rows({ dataset: 'inbox', from: 0, count: 9 })).rows.map((text) => JSON.parse(text)._id)
  const passDays = (days: number) => {
    around.time += BigInt(Math.round(days * 86_400_000))
  }
  /** As in the worker; the handle of a folder cannot be copied here. */
  const currentSafety = (): DataSafety => {
    if (!safety) throw new Error('no project is open')
    return safety
  }
  return { engine, push, run, ids, pass: passDays, kept: currentSafety, memory, picked }
}

describe('durable data', () => {
  test('is copied when a pipe is made durable, and comes back when the database was lost', async () => {
    const { engine, push, run, ids, memory } = setUp()
    await engine.open({ project: 'p', files: inbox() })
    await push('[{"_id": "1"}]')
    await run()
    expect(await engine.safety()).toMatchObject({ durable: [], advised: ['inbox'], state: { copy: null } })
    await engine.update({ files: inbox(durable) })
    expect(await engine.safety()).toMatchObject({
      durable: ['inbox'],
      state: { copy: { bytes: expect.any(Number) } },
    })
    await push('[{"_id": "2"}]')
    await run()
    await engine.open({ project: 'other', files: {} })
    Object.assign(memory, new SegmentMemory())
    await engine.open({ project: 'p', files: inbox(durable) })
    expect(await ids()).toEqual(['1', '2'])
  })

  test('is backed up every day that something runs; older backups go by the rule', async () => {
    const { engine, push, run, pass } = setUp()
    await engine.open({ project: 'p', files: inbox(durable) })
    for (let half = 0; half < 40; half++) {
      await push(`[{"_id": "${half}"}]`)
      await run()
      pass(0.5)
    }
    const { state } = await engine.safety()
    const days = (state?.backups ?? []).map(({ created }) => created.slice(0, 10))
    expect(days.length).toBe(new Set(days).size)
    expect(days.length).toBeGreaterThanOrEqual(7)
    expect(days.length).toBeLessThanOrEqual(10)
    await engine.configureSafety({ daily: false })
    const before = days.length
    pass(2)
    await push('[{"_id": "late"}]')
    await run()
    expect((await engine.safety()).state?.backups.length).toBe(before)
  })

  test('is restored with positions, and what was there before can come back', async () => {
    const { engine, push, run, ids, pass } = setUp()
    const reader = Object.fromEntries([pipe('reader', { source: { type: 'dataset', dataset: 'inbox' } })])
    await engine.open({ project: 'p', files: { ...inbox(), ...reader } })
    await push('[{"_id": "1"}]')
    await run()
    const backup = await engine.makeBackup()
    pass(0.1)
    await push('[{"_id": "2"}]')
    await run()
    const { before, datasets } = await engine.restoreBackup({ id: backup.id })
    expect(datasets).toBeGreaterThan(0)
    expect(await ids()).toEqual(['1'])
    // Both are of one day: the requested one is kept.
    expect((await engine.safety()).state?.backups.map(({ id }) => id)).toEqual([backup.id, before])
    expect((await engine.safety()).restored).toBe('restore-1')
    // Nothing is left to do, because the position was restored too.
    expect((await run()).pipes.find((one) => one.pipe === 'reader')).toMatchObject({ read: 0, written: 0 })
    pass(0.1)
    await engine.restoreBackup({ id: before })
    expect(await ids()).toEqual(['1', '2'])
  })

  test('goes to a folder that was picked, and from a file that was a backup', async () => {
    const { engine, push, run, ids, pass, kept, picked } = setUp()
    await engine.open({ project: 'p', files: inbox(durable) })
    await push('[{"_id": "1"}]')
    await run()
    await kept().configure({ folder: picked })
    expect((await kept().state()).place).toMatchObject({ kind: 'folder', name: 'Backups', isReady: true })
    const { id } = await engine.makeBackup()
    const file = await engine.backupFile(id)
    await engine.removeBackup(id)
    pass(0.1)
    await push('[{"_id": "2"}]')
    await run()
    await engine.restoreBackup({ file })
    expect(await ids()).toEqual(['1'])
    await expect(engine.restoreBackup({ file: new Blob(['PWCF no backup']) })).rejects.toMatchObject({
      problem: { code: 'copy-damaged' },
    })
    await expect(engine.restoreBackup({ id: 'none' })).rejects.toMatchObject({ problem: { code: 'no-such-backup' } })
    expect(await ids()).toEqual(['1'])
  })
})
