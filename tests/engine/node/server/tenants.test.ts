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
const MARK = 'belongs-to-alpha'
let address = ''
let close: () => Promise<void> = async () => undefined
const tokens: Record<string, string> = {}

beforeAll(async () => {
  for (const name of ['alpha', 'beta']) mkdirSync(join(base, name, 'pipes'), { recursive: true })
  const pipe = { _id: MARK, type: 'pipe', description: MARK, source: { type: 'http_endpoint' } }
  const system = { _id: MARK, type: 'system:url', url_pattern: `http://127.0.0.1:9/${MARK}/%s` }
  writeFileSync(join(base, 'alpha/pipes/a.conf.json'), JSON.stringify(pipe))
  mkdirSync(join(base, 'alpha/systems'))
  writeFileSync(join(base, 'alpha/systems/a.conf.json'), JSON.stringify(system))
  writeFileSync(join(base, 'alpha/test-env.json'), JSON.stringify({ [MARK]: MARK }))
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
  await call('alpha', 'alpha', 'POST', `/receivers/${MARK}/entities`, [{ _id: MARK }])
  await call('alpha', 'alpha', 'POST', '/secrets', { [MARK]: MARK })
})
afterAll(async () => {
  await close()
  rmSync(base, { recursive: true, force: true })
})

function call(
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

const filled = (path: string) => path.replace(/\{\w+\*?\}/g, MARK)
const each = apis.flatMap(({ base, routes }) =>
  routes.map((route) => [`${route.method} ${base}${route.path}`, { ...route, base }] as const),
)

describe('a configuration beside another one', () => {
  it('shows what is in it', async () => {
    expect(await (await call('alpha', 'alpha', 'GET', '/config')).text()).toContain(MARK)
    expect(await (await call('alpha', 'alpha', 'GET', `/datasets/${MARK}/entities`)).text()).toContain(MARK)
  })

  it.each(each.filter(([, { needs }]) => needs.is !== 'nothing'))(
    '%s takes no token of the other one',
    async (_, { method, path, base }) => {
      expect((await call('beta', 'alpha', method, filled(path), undefined, base)).status).toBe(401)
    },
  )

  // The stream of events has no end; its events come from one instance only.
  it.each(each.filter(([, { method, path }]) => method === 'GET' && path !== '/events'))(
    '%s shows nothing of the other one',
    async (_, { path, base }) => {
      // Only "not found" answers contain the requested name.
      const response = await call('all', 'beta', 'GET', `${filled(path)}?entity_id=${MARK}`, undefined, base)
      const text = await response.text()
      if (response.status < 400) expect(text).not.toContain(MARK)
    },
  )

  it.each(each.filter(([, { method }]) => method !== 'GET'))(
    '%s changes nothing in the other one',
    async (_, route) => {
      const before = await (await call('all', 'alpha', 'GET', '/config-all')).text()
      await call('all', 'beta', route.method, filled(route.path), [], route.base)
      expect(await (await call('all', 'alpha', 'GET', '/config-all')).text()).toBe(before)
      expect(await (await call('all', 'alpha', 'GET', `/datasets/${MARK}/entities`)).text()).toContain(MARK)
      expect(await (await call('all', 'alpha', 'GET', '/secrets')).json()).toEqual([MARK])
    },
  )

  it('is at no address without its name', async () => {
    const headers = { authorization: `Bearer ${tokens.all}` }
    expect((await fetch(`${address}/api/config`, { headers })).status).toBe(404)
  })
})
