/** Backups while a server runs, and restoring: a restore gives the data of the backup, and readers are notified. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { machine } from '../../../../engine-worker/node/commands/machine.ts'
import { backupFolder, listBackups, restoreJournal } from '../../../../engine-worker/node/server/backups.ts'
import { keptBackups } from '../../../../engine-worker/storage/copy/backups.ts'
import { testServer } from '../../../support/server.ts'

const store = mkdtempSync(join(tmpdir(), 'pipewright-backups-'))
afterAll(() => rmSync(store, { recursive: true, force: true }))

describe('a backup', () => {
  it('is what there was when it was made, and says so to those who read the datasets', async () => {
    const first = await testServer([], store)
    await first.call('PUT', '/config', { json: [{ _id: 'in', type: 'pipe', source: { type: 'http_endpoint' } }] })
    await first.call('PUT', '/env', { json: { a: 1 } })
    await first.call('POST', '/receivers/in/entities', { json: [{ _id: 'a' }, { _id: 'b' }] })
    const before = (await first.call('GET', '/datasets/in/entities')).text
    const made = await first.call('POST', '/backups')
    expect(made.json()).toMatchObject({ status: 'completed' })
    expect((await first.call('GET', '/backups')).json()).toMatchObject([{ status: 'completed' }])
    expect((await first.call('GET', '/metrics')).text).toContain('sesam_backup_health{sesam_backup_health="healthy"} 1')
    await first.call('POST', '/receivers/in/entities', { json: [{ _id: 'c' }] })
    await first.call('PUT', '/config', { json: [] })
    const folder = backupFolder(store, 'default')
    const [backup] = await listBackups(folder)
    const target = join(store, 'configurations/default')
    const restore = () => restoreJournal(folder, backup?.id ?? '', target, machine)
    await expect(restore()).rejects.toThrow(/in use/)
    await first.close()
    await restore()
    const second = await testServer([], store)
    const after = await second.call('GET', '/datasets/in/entities')
    expect(after.text).toBe(before)
    expect(after.headers.get('x-dataset-restore-uuid')).toMatch(/^[0-9a-f-]{36}$/)
    expect(after.headers.get('x-dataset-restore-offset')).toBe('2')
    expect((await second.call('GET', '/env')).json()).toEqual({ a: 1 })
    expect((await second.call('GET', '/pipes/in')).status).toBe(200)
    await second.close()
  })
})

describe('old backups', () => {
  const dayBefore = (days: number) =>
    new Date(Date.UTC(2026, 5, 30, 3) - days * 86_400_000).toISOString().replace(/[:.]/g, '-')

  it('are kept for seven days, four weeks and four months', () => {
    const kept = [...keptBackups(Array.from({ length: 300 }, (_, days) => dayBefore(days)))].sort().reverse()
    expect(kept.slice(0, 7)).toEqual(Array.from({ length: 7 }, (_, days) => dayBefore(days)))
    expect(kept.length).toBeLessThanOrEqual(7 + 4 + 4)
    const months = new Set(kept.map((id) => id.slice(0, 7)))
    expect([...months].sort()).toEqual(['2026-03', '2026-04', '2026-05', '2026-06'])
    // Listing again loses nothing, and a gap does not delete older backups.
    expect(keptBackups(kept)).toEqual(new Set(kept))
    expect(keptBackups([dayBefore(0), dayBefore(40), dayBefore(41)]).size).toBe(3)
  })
})

describe('a second copy', () => {
  it('has all that was acknowledged, and takes the place of data that is lost', async () => {
    const [main, copy] = [join(store, 'main'), join(store, 'copy')]
    const first = await testServer([], main, { copy })
    await first.call('PUT', '/config', {
      json: [{ _id: 'in', type: 'pipe', metadata: { durable: true }, source: { type: 'http_endpoint' } }],
    })
    for (const _id of ['a', 'b', 'c']) await first.call('POST', '/receivers/in/entities', { json: [{ _id }] })
    const before = (await first.call('GET', '/datasets/in/entities')).text
    const journal = 'configurations/default/journal'
    expect(readFileSync(join(copy, journal)).equals(readFileSync(join(main, journal)))).toBe(true)
    await first.close()
    rmSync(join(main, 'configurations'), { recursive: true })
    const second = await testServer([], main, { copy })
    expect((await second.call('GET', '/datasets/in/entities')).text).toBe(before)
    await second.call('POST', '/receivers/in/entities', { json: [{ _id: 'd' }] })
    // A copy of other data, or an incomplete one, is made again.
    await second.close()
    writeFileSync(join(copy, journal), 'nothing of the kind')
    const third = await testServer([], main, { copy })
    expect(readFileSync(join(copy, journal)).equals(readFileSync(join(main, journal)))).toBe(true)
    await third.close()
  })

  it('that cannot be written keeps a push from being acknowledged', async () => {
    const copy = join(store, 'no-folder')
    writeFileSync(copy, 'a file where the folder should be')
    await expect(testServer([], join(store, 'other'), { copy })).rejects.toThrow()
  })
})
