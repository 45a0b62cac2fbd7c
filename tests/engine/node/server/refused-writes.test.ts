/**
 * A disk that takes nothing more, by a real limit of the process: every call that changes something says so, what the server
 * tells is what it told before, also after a restart, and it goes on when there is room.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { client, type TestServer } from '../../../support/server.ts'
import { ended, type ServerProcess, serverProcess } from '../../../support/server-process.ts'

const noLimits = spawnSync('prlimit', ['--version']).status !== 0
const store = mkdtempSync(join(tmpdir(), 'pipewright-refused-'))

let server: ServerProcess
let api: Omit<TestServer, 'close'>
async function start(): Promise<void> {
  server = await serverProcess(store, ['--no-backups'])
  api = await client(store, server.address)
}
/** The largest file that the server may write, in bytes. */
function limit(bytes: string): void {
  expect(spawnSync('prlimit', ['--pid', String(server.process.pid), `--fsize=${bytes}:unlimited`]).status).toBe(0)
}

const pipes = [
  { _id: 'in', type: 'pipe', source: { type: 'http_endpoint' } },
  { _id: 'out', type: 'pipe', source: { type: 'dataset', dataset: 'in' }, sink: { type: 'http_endpoint' } },
  {
    _id: 'runs',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'in', supports_signalling: false },
    pump: { schedule_interval: 1_000_000 },
  },
  { _id: 'on', type: 'pipe', source: { type: 'dataset', dataset: 'in' }, pump: { mode: 'manual' } },
  { _id: 'off', type: 'pipe', source: { type: 'dataset', dataset: 'in' }, pump: { mode: 'manual' } },
]
const oauth2 = {
  client_id: 'me',
  client_secret: 'x',
  token_url: 'http://127.0.0.1:9/token',
  login_url: 'http://127.0.0.1:9/login',
}
const system = { _id: 'sys', type: 'system:url', oauth2 }
const link = { description: 'x', exp: 4_000_000_000 }
const list = [['allow', ['group:User'], ['read_data']]]
const form = (operation: string) => ({ form: { operation } })

/** Each is done before with a first value, and then refused. */
const changes: readonly (readonly [string, string, object?])[] = [
  ['PUT', '/permissions/pipe/on', { json: list }],
  ['PUT', '/permissions/dataset_prototype', { json: list }],
  ['POST', '/publishers/out/shareable-links', { json: link }],
  ['DELETE', '/secrets/first', {}],
  ['PUT', '/secrets', { json: { other: 'value' } }],
  ['POST', '/secrets', { json: { more: 'value' } }],
  ['PUT', '/systems/sys/secrets', { json: { own: 'value' } }],
  ['DELETE', '/env/first', {}],
  ['PUT', '/env', { json: { other: 1 } }],
  ['POST', '/env', { json: { more: 1 } }],
  ['POST', '/pipes/on/pump', form('disable')],
  ['POST', '/pipes/off/pump', form('enable')],
  ['POST', '/pipes/on/pump', { form: { operation: 'update-last-seen', 'last-seen': '1' } }],
  ['POST', '/pipes', { json: [{ ...pipes[0], _id: 'new' }] }],
  ['PUT', '/pipes/on/config', { json: { ...pipes[3], comment: 'changed' } }],
  ['DELETE', '/pipes/off', {}],
  ['DELETE', '/systems/sys', {}],
  ['PUT', '/config', { json: [] }],
  ['PUT', '/metadata', { json: { _id: 'node', type: 'metadata', global_defaults: {} } }],
  ['POST', '/receivers/in/entities', { json: [{ _id: '2' }] }],
  ['POST', '/datasets/in/entities', { json: [{ _id: '3' }] }],
  ['DELETE', '/datasets/in', {}],
  ['POST', '/backups', {}],
  ['POST', '/models', { json: [{ _id: 'm', type: 'model', entity_types: [] }] }],
  ['OPTIONS', '/datasets/in/entities?webhook=http://127.0.0.1:9/&token=t', {}],
]

/** All that the server tells of it. */
async function told(): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {}
  for (const path of [
    '/config',
    '/secrets',
    '/systems/sys/secrets',
    '/env',
    '/metadata',
    '/models',
    '/permissions/pipe/on',
    '/permissions/pipe/off',
    '/permissions/dataset_prototype',
    '/publishers/out/shareable-links',
    '/datasets/in/entities',
    '/backups',
    '/accounts',
  ]) {
    // The port of an address is another one after a restart.
    found[path] = (await api.call('GET', path)).text.replaceAll(server.address, '')
  }
  // Components come in another order after a restart.
  const components = JSON.parse(String(found['/config'])) as { _id: string }[]
  found['/config'] = components.sort((a, b) => (a._id < b._id ? -1 : 1))
  for (const { _id } of pipes) {
    const { runtime } = (await api.call('GET', `/pipes/${_id}`)).json() as { runtime: Record<string, unknown> }
    found[_id] = [runtime['is-disabled'], runtime['last-seen']]
  }
  return found
}

describe.skipIf(noLimits)('a disk that takes nothing more', () => {
  let before: Record<string, unknown>
  beforeAll(async () => {
    await start()
    const done = async (method: string, path: string, options: object) =>
      expect((await api.call(method, path, options)).status, `${method} ${path}`).toBeLessThan(300)
    await done('POST', '/systems', { json: [system] })
    await done('POST', '/pipes', { json: pipes })
    await done('POST', '/receivers/in/entities', { json: [{ _id: '1' }] })
    await done('PUT', '/secrets', { json: { first: 'value' } })
    await done('PUT', '/env', { json: { first: 1 } })
    await done('PUT', '/permissions/pipe/off', { json: list })
    await done('POST', '/publishers/out/shareable-links', { json: link })
    await done('POST', '/pipes/off/pump', form('disable'))
    before = await told()
    limit('1')
  }, 60_000)
  afterAll(async () => {
    await ended(server.process, 'SIGKILL')
    rmSync(store, { recursive: true, force: true })
  })

  const each = changes.map(([method, path, options = {}]) => ({ method, path, options }))
  it.each(each)('is told by $method $path, and nothing has changed', async ({ method, path, options }) => {
    const { status, text } = await api.call(method, path, options)
    expect([status, text]).toEqual([503, expect.stringContaining('was not written: it is larger than the disk takes.')])
    expect(await told()).toEqual(before)
  })

  it('makes the service unhealthy, and a pump that runs fail', async () => {
    expect((await api.call('GET', '/health')).status).toBe(503)
    await api.call('POST', '/pipes/runs/pump', form('start'))
    await expect
      .poll(async () => (await api.call('GET', '/metrics')).text)
      .toContain('sesam_pump_failed_total{pipe="runs"} 1')
    const { runtime } = (await api.call('GET', '/pipes/runs')).json() as { runtime: Record<string, unknown> }
    expect(runtime).toMatchObject({ success: false, 'last-message': expect.stringContaining('was not written') })
  })

  it('is forgotten when there is room: what was refused is done, and outlasts a kill', {
    timeout: 60_000,
  }, async () => {
    limit('unlimited')
    expect((await api.call('GET', '/health')).json()).toEqual({ status: 'healthy' })
    expect(await told()).toEqual(before)
    for (const [method, path, options = {}] of changes.slice(0, 15))
      expect((await api.call(method, path, options)).status, `${method} ${path}`).toBeLessThan(300)
    const after = await told()
    expect(after).not.toEqual(before)
    await ended(server.process, 'SIGKILL')
    await start()
    expect(await told()).toEqual(after)
  })
})
