/**
 * Random requests, generated from the list of routes: the server never fails and never hangs. `npm run fuzz` sends
 * 5,000.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiRoute } from '../../../../engine-worker/node/server/route.ts'
import { apis } from '../../../../engine-worker/node/server/routes/list.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 400)

let server: TestServer
beforeAll(async () => {
  server = await testServer()
  await server.call('PUT', '/config', { json: config })
})
afterAll(() => server.close())

const config = [
  { _id: 'in', type: 'pipe', source: { type: 'http_endpoint' } },
  {
    _id: 'out',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'in' },
    sink: { type: 'csv_endpoint', columns: ['a'] },
  },
  { _id: 'run', type: 'pipe', source: { type: 'embedded', entities: [{ _id: 'a' }] } },
  { _id: 'far', type: 'system:url', url_pattern: 'http://127.0.0.1:9/%s' },
]

const oddText = fc.oneof(
  fc.constantFrom(
    'in',
    'out',
    'run',
    'far',
    '',
    '0',
    '-1',
    '1e9',
    'true',
    'null',
    '[]',
    '{"a":1}',
    '__proto__',
    '..',
    'a/b',
    'rows',
    'preview',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const body = fc.oneof(
  fc.constant(''),
  fc.json({ maxDepth: 4 }),
  fc.constantFrom(
    '[',
    '[[[[',
    '{"_id":1}',
    '[{"_id":"a"},{"_id":"a"}]',
    '{"_id":"x","type":"pipe"}',
    'operation=start',
  ),
  fc.constant(JSON.stringify(config)),
  fc.dictionary(fc.constantFrom('operation', 'last-seen', 'source', 'pipe-config'), oddText).map((form) => {
    return new URLSearchParams(form).toString()
  }),
  fc.string({ unit: 'binary', maxLength: 60 }),
)
const type = fc.constantFrom(
  'application/json',
  'application/zip',
  'application/x-ndjson',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=b',
  'multipart/form-data',
  'text/plain',
)

/** A request for a route: its path and parameters filled with anything. */
function requestFor(route: ApiRoute & { readonly base: string }) {
  const names = route.path.match(/\{\w+\*?\}/g) ?? []
  const parameters = Object.keys(route.query ?? {})
  return fc.record({
    route: fc.constant(route),
    values: fc.array(oddText, { minLength: names.length, maxLength: names.length }),
    query: fc.dictionary(fc.constantFrom('x', ...parameters), oddText, { maxKeys: 3 }),
    body,
    type,
  })
}

describe('requests of any kind', () => {
  it(`are answered, and never with an error of the server (${REQUESTS})`, {
    timeout: 60_000 + 100 * REQUESTS,
  }, async () => {
    // Routes that restart or run everything are left out, because they only make the test slow.
    const all = apis.flatMap(({ base, routes }) => routes.map((route) => ({ ...route, base })))
    // The stream of events has no end.
    const tried = all.filter(({ path }) => !/run-all-pipes$|^\/events$/.test(path))
    const wrong: string[] = []
    await fc.assert(
      fc.asyncProperty(fc.oneof(...tried.map(requestFor)), async ({ route, values, query, body, type }) => {
        let at = 0
        const path = route.path.replace(/\{\w+\*?\}/g, () => encodeURIComponent(values[at++] || '-'))
        const address = `${server.address}${route.base}${path}?${new URLSearchParams(query)}`
        const hasBody = route.method !== 'GET' && route.method !== 'OPTIONS'
        const response = await fetch(address, {
          method: route.method,
          headers: { authorization: `Bearer ${server.admin}`, ...(hasBody ? { 'content-type': type } : {}) },
          ...(hasBody ? { body } : {}),
          signal: AbortSignal.timeout(20_000),
        })
        const text = await response.text()
        if (response.status >= 500) wrong.push(`${route.method} ${address} ${type} ${body}: ${response.status} ${text}`)
      }),
      { numRuns: REQUESTS },
    )
    expect(wrong).toEqual([])
    expect((await server.call('GET', '/health')).status).toBe(200)
  })
})
