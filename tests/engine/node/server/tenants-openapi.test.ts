/**
 * Every operation of the OpenAPI documents that a server gives out, played with real values on two configurations that
 * have the same ids: each is answered to its own token, refused to the other's and to none, and nothing of the one is
 * seen or changed through the other.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apis } from '../../../../engine-worker/node/server/routes/list.ts'
import { describedRoutes } from '../../../../engine-worker/node/server/routes/page.ts'
import { issueToken } from '../../../../engine-worker/node/server/token.ts'
import { serverKeys } from '../../../../engine-worker/node/server/vault.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

const base = mkdtempSync(join(tmpdir(), 'pipewright-documented-'))
let server: TestServer
const tokens: Record<string, string> = {}

/** The same components in each configuration; what they say and hold is marked by its name. */
function components(name: string): object[] {
  const pipeOf = (_id: string, sink: object) => ({
    _id,
    type: 'pipe',
    source: { type: 'dataset', dataset: 'people' },
    sink,
    // Nothing changes by itself while what is shown is compared.
    pump: { mode: 'manual' },
  })
  const oauth2 = { token_url: 'http://127.0.0.1:9/token', client_id: 'c', client_secret: '$SECRET(none)', scope: ['a'] }
  return [
    {
      _id: 'people',
      type: 'pipe',
      description: `of-${name}`,
      source: { type: 'http_endpoint' },
      sink: { type: 'dataset', indexes: ['_S.name'] },
    },
    pipeOf('copy', { type: 'dataset' }),
    pipeOf('table', { type: 'csv_endpoint', columns: ['_id', 'name'] }),
    {
      ...pipeOf('page', { type: 'xml_endpoint' }),
      transform: { type: 'dtl', rules: { default: [['add', '<p>', ['dict', 'name', '_S.name']]] } },
    },
    pipeOf('feed', { type: 'http_endpoint' }),
    pipeOf('spare', { type: 'dataset' }),
    { _id: 'far', type: 'system:url', description: `of-${name}`, url_pattern: 'http://127.0.0.1:9/%s' },
    { _id: 'ms', type: 'system:microservice', docker: { image: 'a/b:1', port: 5000 } },
    { _id: 'shop', type: 'system:url', url_pattern: 'http://127.0.0.1:9/%s', oauth2 },
    { _id: 'spare-system', type: 'system:url', url_pattern: 'http://127.0.0.1:9/%s' },
  ]
}

beforeAll(async () => {
  for (const name of ['alpha', 'beta']) {
    mkdirSync(join(base, name, 'pipes'), { recursive: true })
    writeFileSync(join(base, name, 'pipes/all.conf.json'), JSON.stringify(components(name)))
    writeFileSync(join(base, name, 'test-env.json'), JSON.stringify({ where: `of-${name}` }))
  }
  const store = join(base, 'store')
  server = await testServer([join(base, 'alpha'), join(base, 'beta')], store)
  const keys = await serverKeys(store)
  for (const configuration of ['alpha', 'beta']) {
    const request = { user: `ada-${configuration}`, roles: ['group:Admin'], configuration, days: null }
    tokens[configuration] = issueToken(keys.tokens, request, Date.now())
    const entities = [{ _id: 'a', name: `of-${configuration}` }]
    const api = { base: `/${configuration}/api`, token: tokens[configuration] }
    await server.call('POST', '/receivers/people/entities', { ...api, json: entities })
    await server.call('PUT', '/secrets', { ...api, json: { [`key-of-${configuration}`]: `of-${configuration}` } })
    await server.call('POST', '/publishers/feed/shareable-links', { ...api, json: { exp: 4_102_444_800 } })
    await server.call('POST', '/backups', api)
  }
})
afterAll(async () => {
  await server.close()
  rmSync(base, { recursive: true, force: true })
})

/** An operation as the document has it. */
interface Operation {
  readonly base: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly { readonly in: string; readonly name: string }[]
  readonly forms: readonly string[]
  readonly hasBody: boolean
}

interface Document {
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Record<string, Record<string, { parameters: Operation['parameters']; requestBody?: RequestBody }>>
}
interface RequestBody {
  readonly content: Record<string, { readonly schema?: { readonly properties?: object } }>
}

/** The operations of both documents; those that change much come last, and removals after them. */
async function operations(): Promise<readonly Operation[]> {
  const found: Operation[] = []
  for (const name of ['openapi', 'pipewright']) {
    const document: Document = await (await fetch(`${server.address}/docs/${name}.json`)).json()
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, { parameters, requestBody }] of Object.entries(methods)) {
        const form = requestBody?.content['application/x-www-form-urlencoded']
        const forms = Object.keys(form?.schema?.properties ?? {})
        const hasBody = requestBody !== undefined
        found.push({
          base: document.servers[0]?.url ?? '',
          method: method.toUpperCase(),
          path,
          parameters,
          forms,
          hasBody,
        })
      }
  }
  const order = ['GET', 'OPTIONS', 'POST', 'PATCH', 'PUT', 'DELETE']
  return found.sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method))
}

const nameOf = ({ base, method, path }: Operation) => `${method} ${base}${path}`

/** What stands in the place of a name of a path. */
async function pathValue(name: string, { method, path }: Operation, of: string): Promise<string> {
  const api = { base: `/${of}/api`, token: tokens[of] ?? null }
  const firstOf = async (list: string) => (await server.call('GET', list, api)).json() as readonly { id: string }[]
  if (name === 'pipe') {
    if (/csv|excel/.test(path)) return 'table'
    if (path.includes('/xml')) return 'page'
    if (path.startsWith('/publishers')) return 'feed'
    if (path.endsWith('/pump')) return 'copy'
    return method === 'DELETE' ? 'spare' : 'people'
  }
  if (name === 'system') {
    if (/logs|status|reload|proxy/.test(path)) return 'ms'
    if (path.includes('accounts')) return 'shop'
    return method === 'DELETE' && path.endsWith('{system}') ? 'spare-system' : 'far'
  }
  if (name === 'backup') return (await firstOf('/backups'))[0]?.id ?? ''
  if (name === 'link') return (await firstOf('/publishers/feed/shareable-links'))[0]?.id ?? ''
  if (name === 'type') return 'people'
  if (name === 'model') return method === 'DELETE' ? 'own' : 'Input'
  const values: Record<string, string> = {
    dataset: method === 'DELETE' && path.endsWith('{dataset}') ? 'copy' : 'people',
    entity: 'a',
    index: '0',
    log: 'node',
    path: 'pipe/people',
    group: 'default',
    filename: 'a.csv',
    rest: 'a',
    account: 'ada',
    run: 'none',
    secret: `key-of-${of}`,
    variable: 'where',
  }
  return values[name] ?? name
}

const queryValues: Readonly<Record<string, string>> = {
  entity_id: 'people',
  id: 'a',
  page: 'p',
  resource: 'http://own.example/a',
  limit: '10',
  history: 'true',
  request_mode: 'sync',
  reset_pipes_and_delete_sink_datasets: 'false',
  stage: 'sink',
}
const formValues: Readonly<Record<string, string>> = {
  email: 'ada@example.org',
  password: 'correct horse battery',
  loglevel: 'INFO',
  'last-seen': '',
  source: '{"_id":"a"}',
}
const operationOf = (path: string) =>
  path.endsWith('pump') ? 'start' : path.startsWith('/datasets') ? 'commit-circuit-breaker' : 'restart'

/** What this server has nothing for: it starts no containers, gives out no secrets, and has no such account or webhook. */
const REFUSED_STATUS: Readonly<Record<string, number>> = {
  'GET /api/secrets_values': 403,
  'GET /api/systems/{system}/secrets_values': 403,
  'POST /api/jwt': 401,
  'POST /api/pipes/{pipe}/webhook': 404,
  'POST /api/systems/{system}/accounts/{account}/use': 404,
  'DELETE /api/systems/{system}/accounts/{account}': 404,
  'PUT /api/systems/{system}/accounts/{account}': 400,
  ...Object.fromEntries(
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [`${method} /api/systems/{system}/proxy/{rest}`, 400]),
  ),
}

/** The body of a request that has one. */
function bodyOf({ method, path, base }: Operation, of: string): string {
  if (base !== '/api') return 'null'
  const own = JSON.stringify
  if (/^\/(config|config-all|config\/.*)$/.test(path)) return own(components(of))
  if (path === '/pipes') return own([{ _id: 'added', type: 'pipe', source: { type: 'embedded', entities: [] } }])
  if (path === '/systems')
    return own([{ _id: 'added-system', type: 'system:url', url_pattern: 'http://127.0.0.1:9/%s' }])
  if (path === '/pipes/{pipe}/config') return own(components(of)[0])
  if (path === '/systems/{system}/config') return own(components(of).find((one) => '_id' in one && one._id === 'far'))
  if (path === '/models') return own([{ id: 'own', entity_types: [] }])
  if (path.startsWith('/permissions')) return own([['allow', ['group:User'], ['read_config']]])
  if (path.endsWith('webhook')) return own({ token: 't' })
  if (path.endsWith('shareable-links')) return own({ description: 'd', exp: 4_102_444_800 })
  if (path === '/license') return 'key'
  if (path.includes('accounts')) return own({ refresh_token: 'r', access_token: 'a', subject: 'ada' })
  if (path.endsWith('sdshare-push-receiver')) return '<http://own.example/a> <http://own.example/name> "b" .'
  if (path.endsWith('/entities')) return own([{ _id: 'a', name: `of-${of}` }])
  if (path === '/env') return own({ where: `of-${of}`, more: method })
  return own({ [`key-of-${of}`]: `of-${of}` })
}

/** Plays an operation on the configuration of a name. News are read to their first word, since they never end. */
async function play(one: Operation, on: string, token: string | undefined): Promise<{ status: number; text: string }> {
  let path = one.path
  for (const [whole, name = ''] of one.path.matchAll(/\{(\w+)\}/g))
    path = path.replace(whole, encodeURIComponent(await pathValue(name, one, on)))
  const query = new URLSearchParams()
  for (const parameter of one.parameters)
    if (parameter.in === 'query' && queryValues[parameter.name])
      query.set(parameter.name, queryValues[parameter.name] ?? '')
  if (query.has('entity_id') && one.path.startsWith('/datasets')) query.set('entity_id', 'a')
  const form = new URLSearchParams(one.forms.map((name) => [name, formValues[name] ?? operationOf(one.path)]))
  form.delete('pipe-config')
  const isForm = one.forms.length > 0
  const headers = new Headers(token === undefined ? {} : { authorization: `Bearer ${token}` })
  if (one.hasBody) headers.set('content-type', isForm ? 'application/x-www-form-urlencoded' : 'application/json')
  if (one.path === '/project') headers.set('if-match', '"none"')
  const stop = new AbortController()
  const response = await fetch(`${server.address}/${on}${one.base}${path}?${query}`, {
    method: one.method,
    headers,
    signal: stop.signal,
    ...(one.hasBody ? { body: isForm ? form : bodyOf(one, on) } : {}),
  })
  if (!/event-stream/.test(response.headers.get('content-type') ?? ''))
    return { status: response.status, text: await response.text() }
  const piece = await response.body?.getReader().read()
  stop.abort()
  return { status: response.status, text: new TextDecoder().decode(piece?.value) }
}

/** What a configuration shows of itself to an administrator of it. */
async function standing(of: string): Promise<readonly string[]> {
  const paths = [
    '/config-all',
    '/env',
    '/secrets',
    '/systems/far/secrets',
    '/datasets/people/entities',
    '/models',
    '/permissions/pipe/people',
    '/license',
    '/accounts',
    '/backups',
    '/metadata',
    '/publishers/feed/shareable-links',
    '/config-history/entity?entity_id=people',
  ]
  const api = { base: `/${of}/api`, token: tokens[of] ?? null }
  return Promise.all(paths.map(async (path) => `${path} ${(await server.call('GET', path, api)).text}`))
}

describe('the operations of the OpenAPI documents', () => {
  it('are all that is served', async () => {
    const served = apis.flatMap(({ base, routes }) =>
      describedRoutes(routes).map(({ method, path }) => `${method} ${base}${path.replace('*}', '}')}`),
    )
    expect((await operations()).map(nameOf).sort()).toEqual([...served].sort())
  })

  it('are refused to the token of another configuration, and to none but where the document says so', async () => {
    const wrong: string[] = []
    for (const one of await operations()) {
      const other = await play(one, 'alpha', tokens.beta)
      if (other.status !== 401) wrong.push(`${nameOf(one)} with a token of beta: ${other.status}`)
      const none = await play(one, 'alpha', undefined)
      if (none.status !== (one.path === '/health' ? 200 : 401)) wrong.push(`${nameOf(one)} without: ${none.status}`)
    }
    expect(wrong).toEqual([])
  })

  it('are answered to their own token, and show and change nothing of the other configuration', {
    timeout: 120_000,
  }, async () => {
    const before = await standing('alpha')
    const refused: string[] = []
    for (const one of await operations()) {
      const { status, text } = await play(one, 'beta', tokens.beta).catch((error: unknown) => {
        throw new Error(nameOf(one), { cause: error })
      })
      expect(text, nameOf(one)).not.toContain('of-alpha')
      const isExpected =
        status === (REFUSED_STATUS[nameOf(one)] ?? 200) || (status < 300 && REFUSED_STATUS[nameOf(one)] === undefined)
      if (one.base === '/api' && !isExpected) refused.push(`${nameOf(one)}: ${status} ${text.slice(0, 120)}`)
    }
    expect(refused).toEqual([])
    expect(await standing('alpha')).toEqual(before)
  })
})
