/**
 * The requests of Sesam's client for its commands, in its order (tests/engine/node/server/client.test.ts runs the
 * client itself).
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { zipMembers, zipOf } from '../../../../engine-worker/text/zip.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const files: Readonly<Record<string, object>> = {
  'node-metadata.conf.json': { _id: 'node', type: 'metadata', task_manager: { disable_user_pipes: true } },
  'pipes/person-collect.conf.json': { _id: 'person-collect', type: 'pipe', source: { type: 'http_endpoint' } },
  'pipes/person-enrich.conf.json': {
    _id: 'person-enrich',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'person-collect' },
    transform: {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['add', 'where', '$ENV(where)'],
        ],
      },
    },
  },
  'pipes/person-share.conf.json': {
    _id: 'person-share',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'person-enrich' },
    sink: { type: 'json', system: 'elsewhere', url: 'persons' },
  },
  'systems/elsewhere.conf.json': { _id: 'elsewhere', type: 'system:url', url_pattern: 'http://127.0.0.1:9/%s' },
}

/** One part `file`, named `config`, as the client's HTTP library sends it. */
function uploaded(content: Uint8Array, type: string): { body: Buffer<ArrayBuffer>; headers: Headers } {
  const mark = 'recorded-boundary'
  const head = `--${mark}\r\nContent-Disposition: form-data; name="file"; filename="config"\r\nContent-Type: ${type}\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${mark}--\r\n`)])
  const headers = new Headers({ 'content-type': `multipart/form-data; boundary=${mark}` })
  headers.set('authorization', `Bearer ${server.admin}`)
  return { body, headers }
}

async function putConfig(content: Uint8Array, type: string, force: boolean): Promise<Response> {
  return fetch(`${server.address}/api/config?force=${force}`, { method: 'PUT', ...uploaded(content, type) })
}

describe("the requests of Sesam's client", () => {
  it('upload a configuration with its test data, run it, and read what came out', async () => {
    const root = await server.call('GET', '/')
    expect(root.json()).toMatchObject({ status: { developer_mode: true } })
    expect((await server.call('PUT', '/env', { json: { where: 'here' } })).status).toBe(200)
    const entries = Object.entries(files).map(([path, json]) => ({ path, content: JSON.stringify(json) }))
    const put = await putConfig(zipOf(entries), 'application/zip', false)
    expect(put.status).toBe(200)
    expect(put.headers.get('content-type')).toBe('application/json')
    expect(await put.json()).toEqual({ validation_errors: [] })
    const pushed = await server.call('POST', '/receivers/person-collect/entities', {
      json: [{ _id: '1', name: 'Kari' }],
    })
    expect(pushed.json()).toEqual({})
    await server.call('POST', '/pipes/stop-run-all-pipes?terminate_timeout=30')
    const query = 'extra_zero_runs=2&max_run_time=900&max_runs=100&request_mode=sync&delete_input_datasets=False'
    const ran = await server.call('POST', `/pipes/run-all-pipes?${query}`)
    expect(ran.json()).toMatchObject({ status: 'success' })
    const out = await server.call('GET', '/pipes/person-share/entities')
    expect(out.json()).toMatchObject([{ _id: '1', name: 'Kari', where: 'here' }])
  })

  it('download the configuration as it was uploaded', async () => {
    const headers = { accept: 'application/zip', authorization: `Bearer ${server.admin}` }
    const response = await fetch(`${server.address}/api/config`, { headers })
    expect(response.headers.get('content-type')).toBe('application/zip')
    const zip = new Uint8Array(await response.arrayBuffer())
    expect(
      zipMembers(zip)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(Object.keys(files).sort())
    expect((await server.call('GET', '/env')).json()).toEqual({ where: 'here' })
  })

  it('restart the service', async () => {
    const statusNow = async () => (await server.call('GET', '/status')).json()
    const before = await statusNow()
    expect((await server.call('POST', '/admin', { form: { operation: 'restart' } })).json()).toEqual({ message: 'OK' })
    expect(await statusNow()).not.toMatchObject({ node_start_time: Reflect.get(Object(before), 'node_start_time') })
    expect((await server.call('GET', '/datasets/person-enrich/entities')).json()).toHaveLength(1)
  })

  it('wipe everything', async () => {
    const metadata = [{ _id: 'node', type: 'metadata', task_manager: { disable_user_pipes: true } }]
    for (const json of [metadata, []]) {
      expect((await putConfig(Buffer.from(JSON.stringify(json)), 'application/json', true)).status).toBe(200)
    }
    await server.call('PUT', '/env', { json: {} })
    expect((await server.call('GET', '/pipes')).json()).toEqual([])
  })
})

describe('secrets', () => {
  it('are in no answer and in no file', async () => {
    const value = 'a-secret-that-must-not-show-4711'
    await server.call('POST', '/secrets', { json: { key: value } })
    expect((await server.call('GET', '/secrets')).json()).toEqual(['key'])
    for (const path of ['/config-all', '/env', '/metrics', '/status', '/secrets'])
      expect((await server.call('GET', path)).text).not.toContain(value)
    for (const file of ['configurations/default/journal', 'audit.log'])
      expect(readFileSync(join(server.store, file), 'latin1')).not.toContain(value)
  })
})
