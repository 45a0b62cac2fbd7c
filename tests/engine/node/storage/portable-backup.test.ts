/** Data of a server continues in a page, and the other way round, with one file format. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { configurationFolder } from '../../../../engine-worker/node/server/backups.ts'
import { exportBackup, importBackup } from '../../../../engine-worker/node/storage/portable-backup.ts'
import { Session } from '../../../../engine-worker/run/session.ts'
import { CopiedStorage } from '../../../../engine-worker/storage/copy/copied-storage.ts'
import { printFrame, readContent } from '../../../../engine-worker/storage/copy/frame.ts'
import { memorySegments, SegmentMemory } from '../../../../engine-worker/storage/log/memory-segments.ts'
import { openSegmentStore } from '../../../../engine-worker/storage/log/segment-store.ts'
import { memoryFolder } from '../../../support/memory-folder.ts'
import { testServer } from '../../../support/server.ts'
import { ticking } from '../../run/histories.ts'

const folder = mkdtempSync(join(tmpdir(), 'pipewright-portable-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pipes = [
  { _id: 'in', type: 'pipe', source: { type: 'http_endpoint' } },
  { _id: 'out', type: 'pipe', source: { type: 'dataset', dataset: 'in' }, pump: { mode: 'manual' } },
]
const files = Object.fromEntries(pipes.map((pipe) => [`pipes/${pipe._id}.conf.json`, JSON.stringify(pipe)]))

/** The data of a page. */
function page(memory = new SegmentMemory()) {
  const inner = memorySegments(memory)
  const putSeed = async (seed: number) => {
    memory.seed = seed
    Object.assign(inner, { seed })
  }
  const storage = new CopiedStorage(Object.assign(inner, { putSeed }), {
    project: 'p',
    now: () => 1,
    lost: memoryFolder(),
  })
  const environment = { ...ticking(), random: Math.random }
  const openSession = async () => {
    const store = await openSegmentStore(storage, { project: 'p', environment })
    const session = new Session({ store, environment })
    session.open(files)
    return { store, session }
  }
  return { memory, storage, open: openSession }
}

it('a server goes on in a page, and the page on another server, each from where the other was', async () => {
  const [first, second] = [join(folder, 'first'), join(folder, 'second')]
  const server = await testServer([], first)
  await server.call('PUT', '/config', { json: pipes })
  await server.call('PUT', '/env', { json: { hidden: 'value of the first' } })
  await server.call('POST', '/receivers/in/entities', { json: [{ _id: 'a', n: 1 }, { _id: 'b' }] })
  await server.call('POST', '/pipes/out/pump', { form: { operation: 'start' } })
  await expect.poll(async () => (await server.call('GET', '/datasets/out/entities')).text).toContain('"_id":"b"')
  // While the server runs.
  const file = join(folder, 'server.pwbackup')
  await exportBackup(configurationFolder(first, 'default'), file)
  await server.close()
  expect(readFileSync(file, 'latin1')).not.toContain('value of the first')

  const before = page()
  await (await before.open()).store.close()
  const bytes = new Uint8Array(readFileSync(file))
  const readBytes = async (at: number, length: number) => bytes.slice(at, at + length)
  await before.storage.restore(readContent(file, readBytes), { uuid: 'r' })
  // As a page opens it again.
  const { storage, open } = page(before.memory)
  const { store, session } = await open()
  expect(await store.lookup('out', ['a', 'b'])).toMatchObject([{ n: 1 }, { _id: 'b' }])
  // Nothing is read again, and new entities are read.
  const again = await session.run({ run: '1', pipes: ['out'] })
  expect(again.pipes).toMatchObject([{ state: 'done', read: 0 }])
  await session.runner.store.commit({ datasets: [{ dataset: 'in', entities: [{ _id: 'c' }] }] })
  expect((await session.run({ run: '2', pipes: ['out'] })).pipes).toMatchObject([{ state: 'done', read: 1 }])
  const made = memoryFolder()
  await storage.backUp((parts) => made.write('backup', parts))
  writeFileSync(file, made.files.get('backup') ?? '')

  const other = await testServer([], second)
  await other.call('PUT', '/config', { json: pipes })
  await other.call('PUT', '/env', { json: { kept: 1 } })
  await other.call('POST', '/receivers/in/entities', { json: [{ _id: 'x' }] })
  await expect(importBackup(file, configurationFolder(second, 'default'))).rejects.toThrow(/in use/)
  await other.close()
  await importBackup(file, configurationFolder(second, 'default'))
  const restored = await testServer([], second)
  const answer = await restored.call('GET', '/datasets/out/entities')
  expect(answer.json()).toMatchObject([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }])
  expect(answer.headers.get('x-dataset-restore-uuid')).toMatch(/^[0-9a-f-]{36}$/)
  // The identity of this server is kept.
  expect((await restored.call('GET', '/env')).json()).toEqual({ kept: 1 })
  expect((await restored.call('GET', '/pipes/out')).json()).toMatchObject({ runtime: { queues: { source: 0 } } })
  await restored.call('POST', '/receivers/in/entities', { json: [{ _id: 'd' }] })
  expect((await restored.call('GET', '/pipes/out')).json()).toMatchObject({ runtime: { queues: { source: 1 } } })
  await restored.close()
})

it('a file that is damaged changes nothing', async () => {
  const store = join(folder, 'third')
  const server = await testServer([], store)
  await server.call('PUT', '/config', { json: pipes })
  await server.call('POST', '/receivers/in/entities', { json: [{ _id: 'x' }] })
  await server.close()
  const file = join(folder, 'damaged.pwbackup')
  writeFileSync(file, printFrame({ seed: 1, batch: 1, changes: [] }))
  await expect(importBackup(file, configurationFolder(store, 'default'))).rejects.toMatchObject({
    problem: { code: 'copy-damaged' },
  })
  const again = await testServer([], store)
  expect((await again.call('GET', '/datasets/in/entities')).json()).toMatchObject([{ _id: 'x' }])
  await again.close()
})
