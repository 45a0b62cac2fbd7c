/** Several configurations in one server: no call of one reads or changes another, tested for each call. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apis } from '../../../../engine-worker/node/server/routes/list.ts'
import { startServer } from '../../../../engine-worker/node/server/server.ts'
import { issueToken } from '../../../../engine-worker/node/server/token.ts'
import { serverKeys } from '../../../../engine-worker/node/server/vault.ts'

const base = mkdtempSync(join(tmpdir(), 'pipewright-tenants-'))
const ALPHA_MARK = 'belongs-to-alpha'
let address = ''
let close: () => Promise<void> = async () => undefined
const tokens: Record<string, string> = {}

beforeAll(async () => {
  for (const name of ['alpha', 'beta']) mkdirSync(join(base, name, 'pipes'), { recursive: true })
  const pipe = { _id: ALPHA_MARK, type: 'pipe', description: ALPHA_MARK, source: { type: 'http_endpoint' } }
  const system = { _id: ALPHA_MARK, type: 'system:url', url_pattern: `http://127.0.0.1:9/${ALPHA_MARK}/%s` }
  writeFileSync(join(base, 'alpha/pipes/a.conf.json'), JSON.stringify(pipe))
  mkdirSync(join(base, 'alpha/systems'))
  writeFileSync(join(base, 'alpha/systems/a.conf.json'), JSON.stringify(system))
  writeFileSync(join(base, 'alpha/test-env.json'), JSON.stringify({ [ALPHA_MARK]: ALPHA_MARK }))
  const store = join(base, 'store')
  const server = await startServer({
    folders: [join(base, 'alpha'), join(base, 'beta')],
    store,
    port: 0,
    host: '127.0.0.1',
    names: [],
    origins: [],
    app: null,
    engines: 1,
    copy: null,
    backups: false,
    imports: false,
    profile: 'test',
    limits: [],
    say: () => undefined,
  })
  close = server.close
  address = `http://127.0.0.1:${server.port}`
  const keys = await serverKeys(store)
  for (const configuration of ['alpha', 'beta', null])
    tokens[configuration ?? 'all'] = issueToken(
      keys.tokens,
      { user: 'ada', roles: ['group:Admin'], configuration, days: null },
      Date.now(),
    )
  await callAs('alpha', 'alpha', 'POST', `/receivers/${ALPHA_MARK}/entities`, [{ _id: ALPHA_MARK }])
  await callAs('alpha', 'alpha', 'POST', '/secrets', { [ALPHA_MARK]: ALPHA_MARK })
})
afterAll(async () => {
  await close()
  rmSync(base, { recursive: true, force: true })
})

function callAs(
  token: string,
  tenant: string,
  method: string,
  path: string,
  json?: unknown,
  base = '/api',
): Promise<Response> {
  return fetch(`${address}/${tenant}${base}${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens[token]}`, 'content-type': 'application/json' },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
}

const filledPath = (path: string) => path.replace(/\{\w+\*?\}/g, ALPHA_MARK)
const allRoutes = apis.flatMap(({ base, routes }) =>
  routes.map((route) => [`${route.method} ${base}${route.path}`, { ...route, base }] as const),
)

describe('a configuration beside another one', () => {
  it('shows what is in it', async () => {
    expect(await (await callAs('alpha', 'alpha', 'GET', '/config')).text()).toContain(ALPHA_MARK)
    expect(await (await callAs('alpha', 'alpha', 'GET', `/datasets/${ALPHA_MARK}/entities`)).text()).toContain(
      ALPHA_MARK,
    )
  })

  it.each(allRoutes.filter(([, { needs }]) => needs.is !== 'nothing'))(
    '%s takes no token of the other one',
    async (_, { method, path, base }) => {
      expect((await callAs('beta', 'alpha', method, filledPath(path), undefined, base)).status).toBe(401)
    },
  )

  // The stream of events has no end; its events come from one instance only.
  it.each(allRoutes.filter(([, { method, path }]) => method === 'GET' && path !== '/events'))(
    '%s shows nothing of the other one',
    async (_, { path, base }) => {
      // Only "not found" answers contain the requested name.
      const response = await callAs(
        'all',
        'beta',
        'GET',
        `${filledPath(path)}?entity_id=${ALPHA_MARK}`,
        undefined,
        base,
      )
      const text = await response.text()
      if (response.status < 400) expect(text).not.toContain(ALPHA_MARK)
    },
  )

  it.each(allRoutes.filter(([, { method }]) => method !== 'GET'))(
    '%s changes nothing in the other one',
    async (_, route) => {
      const before = await (await callAs('all', 'alpha', 'GET', '/config-all')).text()
      await callAs('all', 'beta', route.method, filledPath(route.path), [], route.base)
      expect(await (await callAs('all', 'alpha', 'GET', '/config-all')).text()).toBe(before)
      expect(await (await callAs('all', 'alpha', 'GET', `/datasets/${ALPHA_MARK}/entities`)).text()).toContain(
        ALPHA_MARK,
      )
      expect(await (await callAs('all', 'alpha', 'GET', '/secrets')).json()).toEqual([ALPHA_MARK])
    },
  )

  it('is at no address without its name', async () => {
    const headers = { authorization: `Bearer ${tokens.all}` }
    expect((await fetch(`${address}/api/config`, { headers })).status).toBe(404)
  })
})
