/**
 * Addresses that lead elsewhere than they look: out of templates and entities, by redirects, in other forms of an IP, behind a
 * name and password. Only the server that was allowed is ever asked, and each attempt says so.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permittedFetch } from '../../../engine-worker/connectors/network-permission.ts'
import { printJson } from '../../../engine-worker/entity/json.ts'
import type { Json } from '../../../engine-worker/entity/value.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { environment } from './open.ts'

const servers: Server[] = []
const asked: string[] = []
let [own, other] = ['', '']

async function listening(name: string, redirect: () => string | null): Promise<string> {
  const server = createServer((request, response) => {
    asked.push(`${name} ${request.url}`)
    const to = request.url === '/redirect' ? redirect() : null
    response.writeHead(to === null ? 200 : 302, to === null ? { 'Content-Type': 'application/json' } : { location: to })
    response.end('{"said": "hello"}')
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return String((server.address() as AddressInfo).port)
}

beforeAll(async () => {
  other = await listening('other', () => null)
  own = await listening('own', () => `http://127.0.0.1:${other}/taken`)
})
afterAll(() => {
  for (const server of servers) server.close()
})

/** Runs a REST transform whose address holds what the entity says; the server `own` alone is allowed. */
async function run(url_pattern: string, url: string, path: string, secrets: Readonly<Record<string, string>> = {}) {
  asked.length = 0
  const store = memoryStore(environment)
  const fetch = permittedFetch(globalThis.fetch, async (host) => host === `127.0.0.1:${own}`)
  const session = new Session({ store, environment, fetch })
  const system: Json = { _id: 's', type: 'system:rest', url_pattern, operations: { get: { url, method: 'GET' } } }
  const pipe: Json = {
    _id: 'p',
    type: 'pipe',
    source: { type: 'embedded', entities: [{ _id: 'a', path }] },
    transform: { type: 'rest', system: 's', operation: 'get' },
    pump: { max_read_retries: 0, max_retries_per_entity: 0 },
  }
  session.open({ 'p.conf.json': printJson(pipe), 's.conf.json': printJson(system) }, { secrets })
  const result = await session.run({ run: 'r', full: true, pipes: ['p'] })
  return result.pipes.flatMap(({ problems }) =>
    problems.map((problem) => session.masked(printJson({ ...problem } as never))),
  )
}

describe('a request goes to the server that was allowed and to no other', () => {
  test('which is asked where the address is honest', async () => {
    expect(await run(`http://127.0.0.1:${own}/%s`, '{{ entity.path }}', 'here')).toEqual([])
    expect(asked).toEqual(['own /here'])
  })

  const elsewhere: readonly (readonly [string, string, (port: string) => string])[] = [
    ['an address in the place of a path', '%s', (port) => `http://127.0.0.1:${port}/x`],
    ['an address without a scheme', '/%s', (port) => `//127.0.0.1:${port}/x`],
    ['an address with backslashes', '/%s', (port) => `\\\\127.0.0.1:${port}\\x`],
    ['a name and password out of the allowed server', '%s', (port) => `@127.0.0.1:${port}/x`],
    ['a number as the IP address', '%s', (port) => `@2130706433:${port}/x`],
    ['hexadecimal digits as the IP address', '%s', (port) => `@0x7f.0.0.1:${port}/x`],
    ['a short IP address', '%s', (port) => `@127.1:${port}/x`],
    ['an IP address of six', '%s', (port) => `@[::ffff:127.0.0.1]:${port}/x`],
    ['the name of this machine', '%s', (port) => `@localhost:${port}/x`],
    ['letters that become ASCII', '%s', (port) => `@１２７.0.0.1:${port}/x`],
  ]
  test.each(elsewhere)('not to %s', async (_, rest, path) => {
    const problems = await run(`http://127.0.0.1:${own}${rest}`, '{{ entity.path }}', path(other))
    expect(asked.filter((each) => each.startsWith('other'))).toEqual([])
    // Nobody was asked but the own server, or it is said why not.
    if (asked.length === 0) expect(problems.join()).toMatch(/No request went (to|there)/)
  })

  test('not where a redirect leads', async () => {
    const problems = await run(`http://127.0.0.1:${own}/%s`, 'redirect', '')
    expect(asked).toEqual(['own /redirect'])
    expect(problems.join()).toContain('No request went to 127.0.0.1')
  })

  test.each(['file:///etc/passwd', 'data:application/json,{}', 'blob:http://127.0.0.1/1', 'javascript:alert(1)'])(
    'not to %s',
    async (address) => {
      const problems = await run('%s', '{{ entity.path }}', address)
      expect(asked).toEqual([])
      expect(problems).toHaveLength(1)
    },
  )

  test('and no text of the failure has a secret of the address', async () => {
    for (const pattern of [
      `http://user:$SECRET(word)@127.0.0.1:${own}/%s`,
      `http://127.0.0.1:${other}/%s?key=$SECRET(word)`,
      `http://$SECRET(word).example/%s`,
    ]) {
      const problems = await run(pattern, 'x', '', { word: 'pa55-w0rd-of-mine' })
      expect(problems.join()).not.toContain('pa55-w0rd-of-mine')
      expect(asked.filter((each) => each.startsWith('other'))).toEqual([])
    }
  })
})
