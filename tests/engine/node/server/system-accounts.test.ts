/**
 * Accounts of systems on a server: signed in on the command line and renewed by the server, with a real authorization
 * server.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Command } from '../../../../engine-worker/node/commands/define.ts'
import { loginCommand } from '../../../../engine-worker/node/commands/login.ts'
import { logoutCommand } from '../../../../engine-worker/node/commands/logout.ts'
import { decryptSecret, serverKeys } from '../../../../engine-worker/node/server/vault.ts'
import { type AuthorizationServer, consentAt, startAuthorizationServer } from '../../../support/authorization-server.ts'
import { call, folderWith } from '../../../support/command.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

let provider: AuthorizationServer
let folders: string[]
let store: string
let server: TestServer

/** A project whose tokens last so many seconds at most; `refresh_window` makes the server renew them before each request. */
function project(window = 30): string {
  const oauth2 = {
    token_url: provider.tokenUrl,
    client_id: 'page',
    client_secret: '$SECRET(none)',
    scope: ['openid', 'offline_access'],
    refresh_window: window,
  }
  return folderWith({
    'systems/shop.conf.json': { _id: 'shop', type: 'system:url', url_pattern: `${provider.apiUrl}%s`, oauth2 },
    'systems/open.conf.json': { _id: 'open', type: 'system:url', url_pattern: `${provider.apiUrl}%s` },
    'pipes/orders.conf.json': {
      _id: 'orders',
      type: 'pipe',
      source: { type: 'json', system: 'shop', url: 'orders' },
      pump: { mode: 'manual', log_events_noop_runs: true },
    },
  })
}

beforeAll(async () => {
  provider = await startAuthorizationServer({ redirectUris: ['http://127.0.0.1/login_callback'] })
  folders = [project(), project()]
  store = mkdtempSync(join(tmpdir(), 'pipewright-accounts-'))
  server = await testServer(folders, store)
})
afterAll(async () => {
  await server.close()
  await provider.close()
  rmSync(store, { recursive: true, force: true })
})

const nameOf = (folder: string) => folder.split('/').at(-1) ?? ''
const firstName = () => nameOf(folders[0] ?? '')
const secondName = () => nameOf(folders[1] ?? '')
const api = (name: string) => ({ base: `/${name}/api` })

/** Runs a command against the configuration of a name; the person does what the printed address asks. */
async function onServer(command: Command, args: string[], person?: string, token = server.admin) {
  const said: string[] = []
  let acted: Promise<unknown> | null = null
  const sayAndAct = (words: string) => {
    said.push(words)
    const address = /^http:\S+$/m.exec(words)?.[0]
    if (address !== undefined && person !== undefined) acted ??= consentAt(address, person).then((back) => fetch(back))
  }
  const all = [folders[0] ?? '', ...args, '--server', `${server.address}/${firstName()}`, '--token', token]
  try {
    const code = await command.run(all, { out: (text) => void said.push(text), say: sayAndAct })
    return { code, said: said.join('\n') }
  } catch (error) {
    return { code: 1, said: `${said.join('\n')}\n${error instanceof Error ? error.message : error}` }
  } finally {
    await acted
  }
}

const login = (person: string, ...args: string[]) => onServer(loginCommand, ['shop', '--no-browser', ...args], person)

interface LogEntry {
  readonly event_type: string
  readonly reason_why_stopped?: string
}

/** Runs the pipe to its end; returns the result from the execution log, and the log as text. */
async function runAndLog(name = firstName()) {
  const log = () => server.call('GET', '/pipes/orders/log?history=true', api(name))
  const endEvents = async () =>
    ((await log()).json() as LogEntry[]).filter(({ event_type: type }) => /^pump-(completed|failed)$/.test(type))
  const before = (await endEvents()).length
  const started = await server.call('POST', '/pipes/orders/pump', { form: { operation: 'start' }, ...api(name) })
  expect(started.status).toBe(200)
  await expect.poll(async () => (await endEvents()).length, { timeout: 30_000 }).toBe(before + 1)
  await expect
    .poll(async () => (await server.call('GET', '/pipes/orders/pump', api(name))).text)
    .toMatch(/"is-running": ?false/)
  return { end: (await endEvents()).at(-1), text: (await log()).text }
}

/** The tokens of the store, decrypted with its key. */
async function storedAccounts() {
  const key = (await serverKeys(store)).secrets
  const texts = readdirSync(store, { recursive: true, encoding: 'utf8' })
    .map((file) => join(store, file))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'))
  const values = texts.flatMap((text) => [...text.matchAll(/[A-Za-z0-9+/]{200,}={0,2}/g)].map(([value]) => value))
  const plain = values.flatMap((value) => decryptSecret(key, 'server/account/shop', value) ?? [])
  return { texts, plain }
}

describe('accounts of systems on a server', () => {
  test('runs of the server have the access that a person gave on the command line', async () => {
    expect((await runAndLog()).end?.event_type).toBe('pump-failed')
    const { code, said } = await login('ada')
    expect([code, said]).toEqual([0, expect.stringContaining('shop is signed in as ada@example.org')])
    expect(said).toContain(`on ${server.address}/${firstName()}/api, encrypted`)
    const { end, text } = await runAndLog()
    expect(end?.event_type).toBe('pump-completed')
    expect(provider.served.at(-1)).toEqual({ status: 200, account: 'ada' })
    const list = await server.call('GET', '/systems/shop/accounts', api(firstName()))
    expect(list.json()).toEqual([
      {
        system: 'shop',
        account: 'ada@example.org',
        used: true,
        expires: expect.stringMatching(/^\d{4}-.*Z$/),
        renews: true,
        ended: false,
      },
    ])
    const { texts, plain } = await storedAccounts()
    expect(plain.length).toBeGreaterThan(0)
    const tokens = plain.flatMap((one) => {
      const [account] = JSON.parse(one).accounts
      return [account.tokens.accessToken, account.tokens.refreshToken]
    })
    const metrics = await server.call('GET', '/metrics', api(firstName()))
    const shown = [said, text, list.text, metrics.text, ...texts]
    for (const token of tokens) for (const one of shown) expect(one).not.toContain(token)
    expect(readFileSync(join(store, 'audit.log'), 'utf8')).toContain(
      '"path":"/systems/shop/accounts/ada%40example.org"',
    )
  })

  test('another configuration has nothing of it, and nobody but administrators asks', async () => {
    expect((await server.call('GET', '/accounts', api(secondName()))).json()).toEqual([])
    expect((await runAndLog(secondName())).end?.event_type).toBe('pump-failed')
    for (const token of [server.developer, server.user]) {
      for (const [method, path] of [
        ['GET', '/accounts'],
        ['GET', '/systems/shop/accounts'],
        ['DELETE', '/systems/shop/accounts/ada%40example.org'],
      ] as const)
        expect((await server.call(method, path, { token, ...api(firstName()) })).status).toBe(403)
    }
    const refused = await onServer(loginCommand, ['shop', '--no-browser'], undefined, server.developer)
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('status 403') })
    expect(refused.said).not.toContain('Sign in here')
  })

  test('tells what cannot be kept', async () => {
    const putAccount = (path: string, json: unknown) => server.call('PUT', path, { json, ...api(firstName()) })
    expect((await putAccount('/systems/nothing/accounts/ada', {})).status).toBe(404)
    expect((await putAccount('/systems/open/accounts/ada', {})).text).toContain('has no oauth2')
    expect((await putAccount('/systems/shop/accounts/ada', { tokens: {} })).text).toContain('needs settings')
    const client = { tokenUrl: 'http://service.example/token', clientId: 'page' }
    const tokens = { accessToken: 'a', expiresAt: 0, renewAt: 0, client }
    const settings = { client, authorizationUrl: provider.authorizationUrl }
    const insecure = await putAccount('/systems/shop/accounts/ada', { settings, tokens })
    expect([insecure.status, insecure.text]).toEqual([400, expect.stringContaining('must begin with https://')])
    expect((await server.call('GET', '/accounts', api(firstName()))).json()).toHaveLength(1)
    const open = await call(loginCommand, folders[0] ?? '', '--server', 'http://server.example', '--token', 'x').catch(
      String,
    )
    expect(open).toContain('begins with https://')
  })

  test('what has expired is renewed, and the rotated token outlives a restart', async () => {
    const refreshes = () => provider.grants.filter((grant) => grant === 'refresh_token').length
    const expire = async () => {
      // Sets the expiry times of the stored tokens to the past, as if the server had been suspended for a day.
      const [account] = JSON.parse((await storedAccounts()).plain.at(-1) ?? '').accounts
      const tokens = { ...account.tokens, expiresAt: 0, renewAt: 0 }
      const json = { settings: account.settings, tokens }
      expect(
        (await server.call('PUT', '/systems/shop/accounts/ada%40example.org', { json, ...api(firstName()) })).status,
      ).toBe(200)
      return account.tokens.refreshToken
    }
    const before = await expire()
    expect([(await runAndLog()).end?.event_type, refreshes()]).toEqual(['pump-completed', 1])
    expect((await runAndLog()).end?.event_type).toBe('pump-completed')
    expect(refreshes()).toBe(1)
    await server.close()
    server = await testServer(folders, store)
    expect(await expire()).not.toBe(before)
    expect([(await runAndLog()).end?.event_type, refreshes()]).toEqual(['pump-completed', 2])
  })

  test('two accounts, one of them used; signing out takes the access back', async () => {
    await login('bob', '--account', 'The shop of Bob')
    await runAndLog()
    expect(provider.served.at(-1)?.account).toBe('bob')
    expect((await onServer(loginCommand, ['shop', '--use', 'ada@example.org'])).code).toBe(0)
    await runAndLog()
    expect(provider.served.at(-1)?.account).toBe('ada')
    expect((await onServer(logoutCommand, ['shop', '--account', 'The shop of Bob'])).said).toBe(
      'shop is signed out of The shop of Bob.',
    )
    expect((await onServer(loginCommand, [])).said).toBe('shop ada@example.org, used, renews itself\n')
  })

  test('access that was taken back at the service is told as such', async () => {
    await provider.revokeAll()
    const { end, text } = await runAndLog()
    expect(end).toMatchObject({
      _id: 'pump-failed',
      reason_why_stopped: expect.stringContaining('The sign-in of shop has ended'),
    })
    expect(text).not.toMatch(/access_token|refresh_token=/)
    expect((await onServer(loginCommand, [])).said).toBe('shop ada@example.org, used, ended\n')
    expect((await onServer(logoutCommand, ['shop'])).code).toBe(0)
    expect((await onServer(loginCommand, [])).said).toBe('No system is signed in.')
  })

  test('accounts go with their system', async () => {
    await login('ada')
    await server.call('DELETE', '/systems/shop', api(firstName()))
    expect((await server.call('GET', '/accounts', api(firstName()))).json()).toEqual([])
  })
})
