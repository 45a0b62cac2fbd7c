/** Rules for all routes, tested for each route of the list. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { capabilities } from '../../../../engine-worker/api/list.ts'
import { openApi } from '../../../../engine-worker/node/server/openapi.ts'
import { apis } from '../../../../engine-worker/node/server/routes/list.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

/** The path of a route with its parameters filled in. */
const filledPath = (path: string) => path.replace(/\{\w+\*?\}/g, 'nothing-of-the-kind')
const allRoutes = apis.flatMap(({ base, routes }) =>
  routes.map((route) => [`${route.method} ${base}${route.path}`, { ...route, base }] as const),
)

describe('every route', () => {
  it.each(allRoutes)('%s needs a token unless it says otherwise', async (_, { method, path, needs, base }) => {
    const answer = await server.call(method, filledPath(path), { token: null, base })
    if (needs.is === 'nothing') expect(answer.status).toBe(method === 'GET' ? 200 : 400)
    else expect(answer.status).toBe(401)
  })

  it.each(allRoutes)('%s refuses a token of somebody else', async (_, { method, path, needs, base }) => {
    const forged = `${server.admin.slice(0, -2)}${server.admin.endsWith('AA') ? 'BB' : 'AA'}`
    const answer = await server.call(method, filledPath(path), { token: forged, base })
    expect(answer.status, needs.is).toBe(401)
  })

  it.each(allRoutes.filter(([, { needs }]) => ['admin', 'developer', 'everything'].includes(needs.is)))(
    '%s is refused to users',
    async (_, { method, path, base }) => {
      expect((await server.call(method, filledPath(path), { token: server.user, base })).status).toBe(403)
    },
  )

  it.each(apis)('is described once in the OpenAPI document of $base', async ({ base, routes }) => {
    const document = openApi(routes, base)
    const ids = [...JSON.stringify(document).matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id)
    expect(ids).toHaveLength(routes.length)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('requests', () => {
  it('come by a name of the server alone', async () => {
    const { hostname, port } = new URL(server.address)
    const { request } = await import('node:http')
    const status = await new Promise((resolve) => {
      request({ hostname, port, path: '/api/health', headers: { host: 'evil.example' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).end()
    })
    expect(status).toBe(403)
  })

  it('come from no page of another server', async () => {
    const answer = await server.call('GET', '/pipes', { headers: { origin: 'https://evil.example' } })
    expect(answer.status).toBe(403)
  })

  it('are documented without a token', async () => {
    const page = await fetch(`${server.address}/docs`)
    expect(page.status).toBe(200)
    const text = await page.text()
    expect(text).toContain('/receivers/{pipe}/entities')
    // The routes of pages are derived from the list of capabilities.
    for (const { name, scope } of capabilities) expect(text.includes(`/ask/${name}<`), name).toBe(scope !== 'page')
    const document = await (await fetch(`${server.address}/docs/pipewright.json`)).json()
    expect(document.paths['/ask/operations'].post.summary).toBe('operations: about what runs.')
    expect(document.servers).toEqual([{ url: '/pipewright' }])
  })
})
