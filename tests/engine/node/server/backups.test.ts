/** Backups while a server runs, and the way back: restore after backup is the same data, and readers notice. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { machine } from '../../../../engine-worker/node/commands/machine.ts'
import { backupFolder, listBackups, restoreBackup } from '../../../../engine-worker/node/server/backups.ts'
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
    const restore = () => restoreBackup(folder, backup?.id ?? '', target, machine)
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
