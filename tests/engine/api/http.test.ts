/**
 * The capabilities over HTTP: each gives on a real server, with plain JSON, the same answer as over a worker's
 * messages; events arrive during the work, problems arrive complete, and closing the connection aborts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { notOpen } from '../../../engine-worker/api/host.ts'
import { type CapabilityName, capabilities, type RequestOf } from '../../../engine-worker/api/list.ts'
import type { Platform } from '../../../engine-worker/api/platform.ts'
import { permittedFetch } from '../../../engine-worker/connectors/network-permission.ts'
import { draftOf } from '../../../engine-worker/extensions/studio/draft.ts'
import type { RunEvent } from '../../../engine-worker/run/progress.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { testEngine } from '../../support/engine.ts'
import { type HttpEngine, httpEngine } from '../../support/http-engine.ts'
import { environment } from '../dtl/corpus.ts'

const pipe = (_id: string, more: object) => [`pipes/${_id}.conf.json`, JSON.stringify({ _id, type: 'pipe', ...more })]
const rules = (...steps: unknown[]) => ({ type: 'dtl', rules: { default: steps } })
const names = pipe('names', {
  source: { type: 'dataset', dataset: 'people' },
  transform: rules(['add', 'name', ['upper', '_S.name']], ['add', 'big', 12345678901234567890n.toString()]),
})
const files: Record<string, string | Uint8Array> = {
  ...Object.fromEntries([
    pipe('people', {
      source: { type: 'embedded', entities: [{ _id: '1', name: 'Ada', _deleted: false }, { _id: '2' }] },
    }),
    names,
    pipe('inbox', { source: { type: 'http_endpoint' } }),
    pipe('table', { source: { type: 'csv', system: 's', url: 'x.csv', primary_key: ['id'] } }),
    pipe('out', {
      source: { type: 'dataset', dataset: 'names' },
      sink: { type: 'json', system: 's', url: 'x' },
      pump: { schedule_interval: 1 },
    }),
    pipe('broken', { source: { type: 'dataset', dataset: 'people' }, transform: rules(['nothing-of-the-kind', 1]) }),
    pipe('slow', { source: { type: 'dataset', dataset: 'people' }, transform: rules(['sleep!', 1], ['copy', '*']) }),
  ]),
  'systems/shop.conf.json': JSON.stringify({
    _id: 'shop',
    type: 'system:url',
    url_pattern: 'https://shop.example.com/%s',
    oauth2: { token_url: 'https://login.example.com/token', client_id: 'page', client_secret: '$SECRET(none)' },
  }),
  'systems/s.conf.json': JSON.stringify({ _id: 's', type: 'system:url', url_pattern: 'https://x.example.com/%s' }),
  'expected/out.test.json': '{}',
  'expected/out.json': '[{"_id": "1", "name": "GRACE"}]',
  'notes.bin': Uint8Array.of(0xff, 0, 0xfe),
}
const csv = 'id;name\n1;Ada\n2;Bo\n'

/**
 * Capabilities whose request stays open, or that need an authorization server or a place for backups; they have other
 * tests.
 */
type SeparateTest = (typeof testedApart)[number]
const testedApart = [
  'permit',
  'schedule',
  'followNotifications',
  'useTokens',
  'discoverSignIn',
  'finishSignIn',
  'configureSafety',
  'makeBackup',
  'backupFile',
  'removeBackup',
  'restoreBackup',
] as const
const lasting: readonly string[] = testedApart

const agreement = { start: '', minimumMonths: 0, noticeMonths: 0, fixedFrom: '', note: '', incidents: [] }
const settings = { plan: 'single', engines: 8, vpn: true, sla: 'standard', fixedGb: null, search: 0 } as const

const emptyModel = '{"version": 1, "systems": {}, "concepts": {}, "mappings": []}'
const studio = draftOf('[{"id": 1}]', 'https://shop.example/items')

/** A request for each other capability, in the order of the calls. */
const requests: { readonly [N in Exclude<CapabilityName, SeparateTest>]: RequestOf<N> } = {
  ping: null,
  scopes: null,
  catalogue: null,
  open: { project: 'p', files, secrets: { key: 'k' } },
  hosts: null,
  facts: null,
  run: { run: '1', pipes: ['people', 'names', 'broken', 'out'] },
  queues: null,
  operations: { run: null, back: 3_600_000 },
  safety: null,
  notifications: null,
  tryNotification: { rule: 'none' },
  resetBreaker: { pipe: 'out', how: 'rollback' },
  decideHost: { question: 1, allowed: false },
  signInConfiguration: 'shop',
  beginSignIn: {
    system: 'shop',
    choices: { authorizationUrl: 'https://login.example.com/auth' },
    redirectUri: 'https://app.example.com/oauth.html',
  },
  revokeSignIn: {
    settings: {
      client: { tokenUrl: 'https://login.example.com/token', clientId: 'page' },
      authorizationUrl: 'https://login.example.com/auth',
    },
    tokens: { accessToken: 'a', expiresAt: 0, renewAt: 0 },
  },
  tokensKept: { question: 1, failure: null },
  datasets: null,
  rows: { dataset: 'names', from: 0, count: 10, filters: [{ property: 'name', how: 'is', value: 'ada' }] },
  'follow-search': null,
  'follow-columns': {},
  search: { query: 'ada @name:a*', picks: {}, from: 0, count: 10 },
  'identifier-reach': '1',
  'switch-search': { dataset: 'names', on: false },
  profile: { dataset: 'names', properties: ['_id', 'name'] },
  'dataset-schema': { dataset: 'names' },
  'dataset-overview': null,
  'entity-types': null,
  'entity-type': { pipe: 'a', side: 'sink' },
  'compare-datasets': { left: 'names', right: 'people', key: '_id', most: 10 },
  versions: { dataset: 'names', id: '1' },
  properties: 'names',
  lineage: { dataset: 'names', property: 'name' },
  provenance: { dataset: 'names', id: '1' },
  walkEntity: { pipe: names[1] ?? '', breakpoints: [{ path: 'transform/0/rules/default/0' }] },
  preview: { pipe: names[1] ?? '', limit: 10, trace: true, pins: { source: ['{"_id": "3", "name": "$bytes"}'] } },
  overlaps: { pipe: 'names', left: { dataset: 'people' }, right: { dataset: 'names' }, pairs: [['_S._id', '_S._id']] },
  nearMisses: { entity: '{"_id": "1", "name": "Ada"}', dataset: 'names', pairs: [['_S.name', '_S.name']] },
  byExample: { pipe: 'names', source: '{"_id": "1", "name": "Ada"}', target: null, wanted: 'ADA' },
  suggestedSteps: { source: '{"_id": "1", "phone": "41223344"}', target: null },
  suggestedJoins: { pipe: 'phones', source: '{"_id": "1"}', others: [], except: [] },
  suggestedMappings: {
    pipe: 'names',
    entities: [{ source: '{"_id": "1", "name": "Ada"}', made: '{"_id": "1"}' }],
    used: [],
    written: [],
    copiesAll: false,
    isLast: true,
  },
  supply: { pipe: 'table', name: 'table.csv', text: csv },
  supplied: { project: 'p', most: 10_000 },
  recordAnswers: '{"log":{"entries":[]}}',
  recording: null,
  tableKeys: { pipe: 'table' },
  addKeyColumn: { pipe: 'table', how: 'row' },
  inspectFile: { id: 'f', name: 'x.csv', file: new Blob(['id;name\n1;Ada\n2;Bo\n']), settings: {} },
  relateFiles: { ids: ['f'] },
  planFiles: {
    files: [{ id: 'f', pipe: 'x', url: null, key: { columns: ['id'] }, converted: ['name'], keepEmpty: false }],
    relations: [],
    namespaced: false,
    taken: [],
  },
  fileData: { id: 'f', key: { add: 'row' } },
  forgetFiles: { ids: ['f'] },
  receive: { pipe: 'inbox', name: 'in.ndjson', file: new Blob(['{"_id": "a", "$bytes": "AA=="}\n{"_id": "b"}\n']) },
  push: { pipe: 'inbox', text: '{"_id": "c"}' },
  tests: null,
  expected: 'missing',
  effect: { ...files, 'pipes/names.conf.json': (names[1] ?? '').replace('upper', 'lower') },
  example: { function: 'upper', example: 0 },
  modelForm: null,
  modelImport: { text: 'version: "1.0"\n', file: 'a.yaml' },
  modelExport: { text: emptyModel },
  connectors: null,
  connectorOffer: { files: { 'manifest.json': '{"datatypes": {}}' } },
  connectorPlan: { folder: 'x-connector', files: { 'manifest.json': '{"datatypes": {}}' }, system: 'x', datatypes: [] },
  testConnection: { system: 'shop', path: '' },
  studioDraft: { text: '[{"id": 1}]', address: 'https://shop.example/items' },
  studioFiles: studio,
  studioTry: { draft: studio, datatype: 'item', live: false, variables: {}, secrets: {} },
  modelCheck: { text: '{"version": 1}' },
  modelSuggestions: { text: emptyModel, system: 's', datatype: 'd', concept: 'c' },
  modelMatching: { text: emptyModel },
  modelGolden: { text: emptyModel, concept: 'c', records: [] },
  modelMastering: { text: emptyModel, concept: 'c', at: 0 },
  modelPipes: { text: emptyModel },
  modelReading: null,
  modelTakeOver: { text: emptyModel, id: 'x' },
  modelChanges: { text: '{"version": 1}', records: {} },
  modelSharing: { text: emptyModel },
  usage: { search: 1 },
  keepSubscription: { prices: { storage: '20.00' } },
  subscription: null,
  prices: { requests: [{ ...settings, bytes: 60_000_000_000, durableBytes: 0 }], own: {} },
  savings: { settings, own: {} },
  vpn: { enable_bgp: false, connections: [{ gateway_address: 'a.example.com' }] },
  makeVpnKey: null,
  readInvoices: {
    text: 'number,issued,currency,description,quantity,price,amount\n1,2026-10-02,USD,Single compute,1,1352.00,1352.00\n',
  },
  keepMeasured: { environment: '1', text: 'sesam_pipe_usage{pipe="a"} 7\n' },
  forgetMeasured: { environment: '1' },
  checkInvoices: { environment: { id: '1', settings, agreement, groups: null, invoices: [] }, own: {} },
  environmentPrices: { environments: [{ settings, groups: null }], own: {} },
  limits: null,
  reminders: { environments: [{ name: 'Production', agreement, invoices: [] }] },
  keepDocument: { name: 'a.pdf', environment: '1', content: 'JVBERi0xLjQK' },
  documents: null,
  documentContent: { id: 'none' },
  removeDocument: { id: 'none' },
  update: { files: { 'pipes/broken.conf.json': '{', 'pipes/slow.conf.json': null } },
  reset: {},
  destroy: 'p',
}

function platform(fetch: typeof globalThis.fetch | null = null): Platform {
  const around = environment()
  return { environment: around, fetch, openStore: async () => memoryStore(around), deleteStore: async () => undefined }
}

let engine: HttpEngine
beforeAll(async () => {
  engine = await httpEngine(platform())
})
afterAll(() => engine.close())

const post = (name: string, body: string, type = 'application/json') =>
  fetch(`${engine.address}/${name}`, { method: 'POST', headers: { 'content-type': type }, body })
/** Durations differ from run to run. */
function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes)
  if (typeof value !== 'object' || value === null) return value ?? null
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, key === 'milliseconds' ? 0 : withoutTimes(member)]),
  )
}

const problemIn = async (response: Response) => JSON.parse(await response.text()).problem

describe('capabilities over HTTP', () => {
  it('answer what they answer over messages, with the same events', async () => {
    const other = testEngine(platform())
    for (const [name, request] of Object.entries(requests) as [CapabilityName, never][]) {
      const events: unknown[] = []
      const otherEvents: unknown[] = []
      const otherAsk = other[name] as (request: unknown, onEvent: (event: unknown) => void) => Promise<unknown>
      const expected = await otherAsk(request, (event) => otherEvents.push(event))
      const answer = await engine.ask(name, request, { onEvent: (event: unknown) => events.push(event) })
      expect(withoutTimes(answer), name).toEqual(withoutTimes(expected))
      expect(withoutTimes(events), name).toEqual(withoutTimes(otherEvents))
    }
    expect(Object.keys(requests).toSorted()).toEqual(
      capabilities
        .map(({ name }): string => name)
        .filter((name) => !lasting.includes(name))
        .toSorted(),
    )
  })

  it('bring problems whole: code, facts and place', async () => {
    await engine.ask('destroy', 'p')
    await expect(engine.ask('facts', null)).rejects.toMatchObject({ problem: notOpen({}) })
    const { problems } = await engine.ask('open', { project: 'p', files })
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'dtl-unknown-function',
        facts: expect.objectContaining({ function: 'nothing-of-the-kind' }),
        where: expect.objectContaining({ pipe: 'broken', path: expect.arrayContaining(['transform']) }),
      }),
    )
    await expect(
      engine.ask('receive', { pipe: 'inbox', name: 'x.json', file: new Blob([Uint8Array.of(0xff)]) }),
    ).resolves.toMatchObject({
      problems: [{ code: 'supplied-not-utf8', facts: { file: 'x.json' }, where: { file: 'x.json' } }],
    })
  })

  it('stop when the connection is closed', async () => {
    await engine.ask('open', { project: 'p', files })
    await engine.ask('run', { run: 'people', pipes: ['people'] })
    const closing = new AbortController()
    let resolveStarted = () => {}
    const running = new Promise<void>((resolve) => {
      resolveStarted = resolve
    })
    const onEvent = ({ pipes }: RunEvent) => {
      if (pipes.some(({ pipe, state }) => pipe === 'slow' && state === 'running')) resolveStarted()
    }
    const asked = engine.ask('run', { run: 'slow', pipes: ['slow'] }, { signal: closing.signal, onEvent })
    const failed = expect(asked).rejects.toThrow(/abort/i)
    await running
    closing.abort()
    await failed
    // A reset waits for the end of the run.
    await engine.ask('reset', { datasets: ['slow'] })
    expect((await engine.ask('rows', { dataset: 'slow', from: 0, count: 1 })).total).toBe(0)
  })

  it('ask for permission before the engine sends a request', async () => {
    let permission = async (_: string) => false
    const sent: string[] = []
    const network = async (input: unknown) => {
      sent.push(String(input instanceof Request ? input.url : input))
      return new Response('[{"_id": "far"}]')
    }
    const asking = await httpEngine({
      ...platform(permittedFetch(network, (server) => permission(server))),
      setPermission: (decide) => {
        permission = decide
      },
    })
    const closing = new AbortController()
    const servers: string[] = []
    const permitted = asking.ask('permit', null, {
      signal: closing.signal,
      onEvent: ({ question, server }) => {
        servers.push(server)
        void asking.ask('decideHost', { question, allowed: servers.length > 1 })
      },
    })
    const ended = expect(permitted).rejects.toThrow(/abort/i)
    const far = pipe('far', { source: { type: 'json', system: 's', url: 'far.json' } })
    await asking.ask('open', { project: 'p', files: { ...files, ...Object.fromEntries([far]) } })
    await asking.ask('run', { run: '1', pipes: ['far'] })
    expect(sent).toEqual([])
    await asking.ask('run', { run: '2', pipes: ['far'] })
    expect(servers).toEqual(['x.example.com', 'x.example.com'])
    expect(sent).toEqual(['https://x.example.com/far.json'])
    expect((await asking.ask('rows', { dataset: 'far', from: 0, count: 1 })).total).toBe(1)
    closing.abort()
    await ended
    await asking.close()
  })

  it('refuse what is not asked as it should be', async () => {
    const got = await fetch(`${engine.address}/ping`)
    expect([got.status, (await problemIn(got)).code]).toEqual([405, 'engine-http-method'])
    // A request that a form of another site can send without a preflight request.
    const plain = await post('ping', 'null', 'text/plain')
    expect([plain.status, (await problemIn(plain)).code]).toEqual([415, 'engine-http-type'])
    const broken = await post('ping', '{"x":')
    expect([broken.status, await problemIn(broken)]).toMatchObject([400, { code: 'json-broken', where: { line: 1 } }])
    expect(await problemIn(await post('nothing', 'null'))).toMatchObject({
      code: 'unknown-capability',
      facts: { name: 'nothing' },
    })
  })
})
