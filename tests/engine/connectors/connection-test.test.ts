/** The connection test for each declared kind of system, and the result for the answers of a real server. */
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createPlainServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kindsOf } from '../../../engine-worker/config/model/declared.ts'
import { connectionRequest } from '../../../engine-worker/connectors/connection-test.ts'
import '../../../engine-worker/connectors/kinds.ts'
import { permittedFetch } from '../../../engine-worker/connectors/network-permission.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { connectionCommand } from '../../../engine-worker/node/commands/connection.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { call, folderWith } from '../../support/command.ts'
import { testEngine } from '../../support/engine.ts'

const requests: { readonly url: string; readonly authorization: string }[] = []
let [server, origin, elsewhere]: [Server, string, Server | null] = [createServer(), '', null]

async function listening(made: Server): Promise<string> {
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`
}

beforeAll(async () => {
  elsewhere = createServer((_request, response) => response.end('elsewhere'))
  const other = await listening(elsewhere)
  server = createServer(({ url = '', headers }, response) => {
    requests.push({ url, authorization: headers.authorization ?? '' })
    const answers: Readonly<Record<string, () => void>> = {
      '/': () => response.end('{"hello": "verysecret"}'),
      '/private': () => {
        const known = `Basic ${Buffer.from('ann:verysecret').toString('base64')}`
        response.statusCode = headers.authorization === known ? 200 : 401
        response.end('private')
      },
      '/busy': () => response.writeHead(429).end(),
      '/failing': () => response.writeHead(503).end(),
      '/empty': () => response.writeHead(204).end(),
      '/moved': () => response.writeHead(302, { Location: '/' }).end(),
      '/away': () => response.writeHead(302, { Location: `${other}/` }).end(),
      '/endless': () => {
        const writeMore = () => {
          while (!response.destroyed && response.write('x'.repeat(16_384))) {}
        }
        response.on('drain', writeMore)
        writeMore()
      },
    }
    const answer = answers[url] ?? (() => response.writeHead(404).end('nothing here'))
    answer()
  })
  origin = await listening(server)
})
afterAll(() => {
  for (const each of [server, elsewhere]) {
    each?.closeAllConnections()
    each?.close()
  }
})

/** The answer of the capability for one system. */
async function tested(config: JsonObject, path = '', allowed: (host: string) => boolean = () => true) {
  const engine = testEngine({
    environment: machine,
    fetch: permittedFetch(globalThis.fetch, async (host) => allowed(host)),
    openStore: async () => memoryStore(machine),
    deleteStore: async () => undefined,
  })
  const files = { 'systems/shop.conf.json': JSON.stringify({ _id: 'shop', ...config }) }
  await engine.open({ project: 'p', files, secrets: { password: 'verysecret' } })
  return engine.testConnection({ system: 'shop', path })
}

const web = (more: JsonObject = {}): JsonObject => ({ type: 'system:url', url_pattern: `${origin}/%s`, ...more })
const login = { authentication: 'basic', username: 'ann', password: '$SECRET(password)' }

describe('what is asked about a system', () => {
  it.each<[string, JsonObject, unknown]>([
    ['system:url', { url_pattern: 'https://a.example/v1/%s' }, 'https://a.example/v1/'],
    ['system:url', { base_url: 'https://a.example/v1' }, 'https://a.example/v1'],
    ['system:rest', { url_pattern: 'https://a.example/%s?key=$SECRET(key)' }, 'https://a.example/?key=$SECRET(key)'],
    ['system:elasticsearch', {}, 'http://localhost:9200'],
    ['system:elasticsearch', { hosts: ['https://a.example', 'b.example:9200'] }, 'https://a.example'],
    ['system:solr', { url: 'http://a.example/solr/things/' }, 'http://a.example/solr/things/admin/ping'],
    ['system:twilio', { account: 'AC 1' }, 'https://api.twilio.com/2010-04-01/Accounts/AC%201.json'],
    ['system:kafka', { bootstrap_servers: 'a.example:9093, b.example:9094' }, 'a.example:9093'],
    ['system:ldap', { host: 'a.example' }, 'a.example:389'],
    ['system:smtp', { smtp_port: 587 }, 'localhost:587'],
    ['system:postgresql', { host: 'a.example' }, 'a.example:5432'],
    ['system:mysql', { host: 'a.example', port: 3307 }, 'a.example:3307'],
    ['system:oracle', { host: 'a.example' }, 'a.example:1521'],
    ['system:mssql', { host: 'a.example' }, 'a.example:1433'],
    ['system:sqlserver', { host: 'a.example' }, 'a.example:1433'],
    ['system:microservice', {}, 'container'],
    ['system:oracle_tns', {}, 'tns'],
    ['system:fake', {}, 'made-up'],
    ['system:url', { url_pattern: '%s' }, 'address'],
    ['system:postgresql', { host: '' }, 'address'],
    ['system:of-nobody', {}, 'unknown'],
  ])('%s %j: %s', (type, config, expected) => {
    const request = connectionRequest({ id: 'shop', file: '', type, config, problems: [] }, '')
    const text =
      request.asks === 'http'
        ? request.url
        : request.asks === 'port'
          ? `${request.host}:${request.port}`
          : request.because
    expect(text).toBe(expected)
  })

  it('is declared by every kind of system', () => {
    const without = kindsOf('system').filter(({ connectionTest }) => connectionTest === undefined)
    expect(without.map(({ type }) => type)).toEqual([])
  })

  it('names only properties that the kind has', () => {
    for (const { type, fields, connectionTest: test } of kindsOf('system')) {
      const own = new Set(fields.map(({ name }) => name))
      const used =
        test?.asks === 'port'
          ? [test.host, ...(test.port === undefined ? [] : [test.port])]
          : test?.asks === 'http'
            ? [...(test.address ?? []), ...Object.values(test.login ?? {})]
            : []
      expect({ type, unknown: used.filter((name) => !own.has(name)) }).toEqual({ type, unknown: [] })
    }
  })
})

describe('the connection test', () => {
  it('tells a server that answers, without secrets in what it shows', async () => {
    const { answer, problem } = await tested(web())
    expect(problem).toBeNull()
    expect(answer).toMatchObject({ verdict: 'reached', status: 200, redirected: null })
    expect(answer?.beginning).toBe('{"hello": "$SECRET(password)"}')
  })

  it.each([
    ['private', 'sign-in', 401],
    ['nowhere', 'no-such-path', 404],
    ['busy', 'busy', 429],
    ['failing', 'failing', 503],
    ['empty', 'reached', 204],
  ])('%s: %s', async (path, verdict, status) => {
    expect((await tested(web(), path)).answer).toMatchObject({ verdict, status })
  })

  it('signs in as the system does', async () => {
    expect((await tested(web(login), 'private')).answer).toMatchObject({ verdict: 'reached', status: 200 })
  })

  it('says where a redirect led', async () => {
    expect((await tested(web(), 'moved')).answer?.redirected).toBe(`${origin}/`)
  })

  it('asks nothing of a server that is not allowed, nor of one that a redirect leads to', async () => {
    const before = requests.length
    expect((await tested(web(), '', () => false)).problem?.code).toBe('host-not-allowed')
    expect(requests.length).toBe(before)
    const own = new URL(origin).host
    expect((await tested(web(login), 'away', (host) => host === own)).problem?.code).toBe('host-not-allowed')
  })

  it('reads only the beginning of an answer without an end', async () => {
    const { answer } = await tested(web(), 'endless')
    expect(answer?.beginning).toBe('x'.repeat(400))
  })

  it('says why there is no answer: no such host, no server, and a server that speaks no TLS', async () => {
    const refused = await tested({ type: 'system:url', url_pattern: `${origin.replace('http:', 'https:')}/%s` })
    expect(refused.problem?.code).toBe('request-failed')
    expect(refused.problem?.message).toMatch(/\(.*(ssl|tls|packet|version).*\)/i)
    const absent = await tested({ type: 'system:url', url_pattern: 'http://no-such-host.invalid/%s' })
    expect(absent.problem?.message).toMatch(/ENOTFOUND|EAI_AGAIN/)
  })

  it('sends nothing while a secret has no value', async () => {
    const before = requests.length
    const { problem } = await tested(web({ headers: { 'X-Key': '$SECRET(other)' } }))
    expect(problem?.code).toBe('secret-without-value')
    expect(requests.length).toBe(before)
  })
})

describe('pipewright connection', () => {
  const folder = (config: JsonObject) => folderWith({ 'systems/shop.conf.json': { _id: 'shop', ...config } })

  it('asks an HTTP service, and ends with 1 when it is not reached', async () => {
    const good = await call(connectionCommand, folder(web()), 'shop')
    expect(good).toMatchObject({ code: 0 })
    expect(good.out).toContain('status 200')
    const bad = await call(connectionCommand, folder(web()), 'shop', '--path', 'private')
    expect(bad).toMatchObject({ code: 1 })
    expect(bad.out).toContain('does not accept the sign-in')
  })

  it('opens a connection to a server of another protocol', async () => {
    const database = createPlainServer((socket) => socket.end())
    await new Promise<void>((resolve) => database.listen(0, '127.0.0.1', resolve))
    const { port } = database.address() as AddressInfo
    const project = folder({ type: 'system:postgresql', host: '127.0.0.1', port })
    const open = await call(connectionCommand, project, 'shop')
    expect(open).toMatchObject({ code: 0 })
    expect(open.out).toContain(`127.0.0.1:${port} accepts connections`)
    await new Promise((resolve) => database.close(resolve))
    const closed = await call(connectionCommand, project, 'shop')
    expect(closed).toMatchObject({ code: 1 })
    expect(closed.out).toContain('accepts no connection')
  })

  it('says of a microservice that Sesam runs it', async () => {
    const project = folder({ type: 'system:microservice', docker: { image: 'a/b:1', port: 5000 } })
    expect((await call(connectionCommand, project, 'shop')).out).toContain('Sesam runs this service')
  })
})
