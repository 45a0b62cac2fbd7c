/** Callers without tokens: who is allowed, who no longer is, and who is notified of changes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { setAccount } from '../../../../engine-worker/node/server/accounts.ts'
import { revocationsOf, revokeToken, revokeUser } from '../../../../engine-worker/node/server/revocations.ts'
import { issueToken, tokenId } from '../../../../engine-worker/node/server/token.ts'
import { serverKeys } from '../../../../engine-worker/node/server/vault.ts'
import { testServer } from '../../../support/server.ts'
import { serverToken } from '../../../support/server-process.ts'

const config = [
  { _id: 'in', type: 'pipe', source: { type: 'http_endpoint' } },
  {
    _id: 'out',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'in' },
    sink: { type: 'csv_endpoint', columns: ['_id'] },
  },
]

it('lets anybody with a shareable link read what it is for, until it is removed', async () => {
  const server = await testServer()
  try {
    await server.call('PUT', '/config', { json: config })
    await server.call('POST', '/receivers/in/entities', { json: [{ _id: 'a' }] })
    const made = await server.call('POST', '/publishers/out/shareable-links', {
      json: { description: 'for Ada', exp: 4_102_444_800 },
    })
    const link = made.json() as { id: string; urls: string[] }
    const [csv = ''] = link.urls
    expect(await (await fetch(csv)).text()).toBe('_id\r\na\r\n')
    // It gives access to nothing else, and no other secret gives access to this.
    const secret = new URL(csv).search
    expect((await fetch(`${server.address}/api/pipes/out/config${secret}`)).status).toBe(401)
    expect((await fetch(`${server.address}/api/publishers/out/shareable-links${secret}`)).status).toBe(401)
    expect((await fetch(`${server.address}/api/datasets/in/entities${secret}`)).status).toBe(401)
    expect((await fetch(`${csv.slice(0, -2)}AA`)).status).toBe(401)
    await server.call('DELETE', `/publishers/out/shareable-links/${link.id}`)
    expect((await fetch(csv)).status).toBe(401)
  } finally {
    await server.close()
  }
})

it('gives a token for a name and a password, and ends tokens that are revoked', async () => {
  const server = await testServer()
  try {
    const account = { user: 'eva@example.com', roles: ['group:User'], configuration: null }
    await setAccount(server.store, account, 'correct horse battery')
    const sign = (password: string) =>
      server.call('POST', '/jwt', { token: null, form: { email: 'eva@example.com', password } })
    expect((await sign('wrong horse battery')).status).toBe(401)
    const { status, text: token } = await sign('correct horse battery')
    expect(status).toBe(200)
    expect((await server.call('GET', '/pipes', { token })).status).toBe(200)
    expect((await server.call('PUT', '/config', { token, json: [] })).status).toBe(403)
    await revokeToken(server.store, tokenId(token) ?? '')
    await expect.poll(async () => (await server.call('GET', '/pipes', { token })).status, { timeout: 5000 }).toBe(401)
    // The other sessions continue until all of a user are ended.
    expect((await server.call('GET', '/pipes')).status).toBe(200)
    await revokeUser(server.store, 'ada')
    await expect.poll(async () => (await server.call('GET', '/pipes')).status, { timeout: 5000 }).toBe(401)
  } finally {
    await server.close()
  }
})

it('ends the tokens that a user had when they were revoked, whatever the clock said when they were issued', async () => {
  const server = await testServer()
  try {
    const { tokens } = await serverKeys(server.store)
    const token = async (now: number) => {
      const revocations = await revocationsOf(server.store, 'eva')
      const request = { user: 'eva', roles: ['group:Admin'], configuration: null, days: null, revocations }
      return issueToken(tokens, request, now)
    }
    const status = async (token: string) => (await server.call('GET', '/pipes', { token })).status
    // Issued an hour ago, and now by a clock that has been set back by an hour since.
    const [earlier, later] = [await token(Date.now() - 3_600_000), await token(Date.now() + 3_600_000)]
    expect([await status(earlier), await status(later)]).toEqual([200, 200])
    await revokeUser(server.store, 'eva')
    await expect.poll(() => status(later), { timeout: 5000 }).toBe(401)
    expect(await status(earlier)).toBe(401)
    expect(await status(await token(Date.now() - 3_600_000))).toBe(200)
  } finally {
    await server.close()
  }
})

it('calls a webhook when a dataset has changed, until the address does not know it any more', async () => {
  const heard: string[] = []
  const listener = createServer((request, response) => {
    let text = ''
    request.on('data', (piece) => {
      text += piece
    })
    request.on('end', () => {
      heard.push(text)
      response.writeHead(heard.length < 2 ? 200 : 404).end()
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const server = await testServer()
  try {
    await server.call('PUT', '/config', { json: config })
    const hook = `webhook=${encodeURIComponent(`http://127.0.0.1:${port}/`)}&token=of-mine`
    expect((await server.call('OPTIONS', `/datasets/in/entities?${hook}`)).status).toBe(200)
    for (const [count, _id] of ['a', 'b', 'c'].entries()) {
      await server.call('POST', '/receivers/in/entities', { json: [{ _id }] })
      await expect.poll(() => heard.length, { timeout: 5000 }).toBe(Math.min(count + 1, 2))
    }
    expect(heard).toEqual(['{"token":"of-mine"}', '{"token":"of-mine"}'])
  } finally {
    await server.close()
    listener.close()
  }
})

it('keeps access lists and links when the server starts again', async () => {
  const store = mkdtempSync(join(tmpdir(), 'pipewright-callers-'))
  try {
    const before = await testServer([], store)
    await before.call('PUT', '/config', { json: config })
    await before.call('PUT', '/permissions/pipe/in', { json: [['deny', ['group:User'], ['read_config']]] })
    await before.call('POST', '/publishers/out/shareable-links', { json: { exp: 4_102_444_800 } })
    await before.close()
    const after = await testServer([], store)
    expect((await after.call('GET', '/pipes/in', { token: after.user })).status).toBe(403)
    expect((await after.call('GET', '/publishers/out/shareable-links')).json()).toHaveLength(1)
    await after.close()
  } finally {
    rmSync(store, { recursive: true, force: true })
  }
})

it('takes printed tokens of two roles for two users: one does not own what the other has made', {
  timeout: 60_000,
}, async () => {
  const server = await testServer()
  try {
    const [admin, user] = [serverToken(server.store), serverToken(server.store, ['--role', 'group:User'])]
    const pipe = { _id: 'made', type: 'pipe', source: { type: 'embedded', entities: [{ _id: '1' }] } }
    expect((await server.call('POST', '/pipes', { json: [pipe], token: admin })).status).toBe(200)
    expect((await server.call('PUT', '/pipes/made/config', { json: pipe, token: user })).status).toBe(403)
    expect((await server.call('PUT', '/pipes/made/config', { json: pipe, token: admin })).status).toBe(200)
  } finally {
    await server.close()
  }
})
