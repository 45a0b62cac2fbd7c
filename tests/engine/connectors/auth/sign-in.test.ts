/**
 * Signing in with a real authorization server: consent, refusal, forged answers, codes and tokens that are used twice.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  completeSignIn,
  discoverServer,
  revokeTokens,
  type SignInSettings,
  startSignIn,
} from '../../../../engine-worker/connectors/auth/sign-in.ts'
import { type KeptTokens, memoryTokens } from '../../../../engine-worker/connectors/auth/tokens.ts'
import { machine } from '../../../../engine-worker/node/commands/machine.ts'
import { Session } from '../../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { type AuthorizationServer, consentAt, startAuthorizationServer } from '../../../support/authorization-server.ts'

const redirect = 'http://127.0.0.1:5010/callback'
const context = { environment: machine, fetch }
let server: AuthorizationServer

beforeAll(async () => {
  server = await startAuthorizationServer({ redirectUris: [redirect] })
})
afterAll(() => server.close())

function settings(more: Partial<SignInSettings> = {}): SignInSettings {
  const client = { tokenUrl: server.tokenUrl, clientId: 'page', scope: 'openid offline_access' }
  const { issuer, authorizationUrl, revocationUrl } = server
  return { client, authorizationUrl, issuer, sendsIssuer: true, revocationUrl, ...more }
}

async function signedIn(account: string, of = settings()) {
  const { address, pending } = await startSignIn(of, redirect, context)
  const back = new URL(await consentAt(address, account))
  return completeSignIn(of, pending, back.search, context)
}

/** The code of the problem that a promise ends with. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error !== null && typeof error === 'object' && 'problem' in error
    ? String(Reflect.get(Object(error.problem), 'code'))
    : String(error)
}

test('the request has a challenge, a state and nothing secret; each sign-in has its own', async () => {
  const of = settings({ parameters: { prompt: 'login', state: 'mine', code_challenge_method: 'plain' } })
  const [one, other] = [await startSignIn(of, redirect, context), await startSignIn(of, redirect, context)]
  const sent = Object.fromEntries(new URL(one.address).searchParams)
  expect(sent).toMatchObject({
    response_type: 'code',
    client_id: 'page',
    redirect_uri: redirect,
    code_challenge_method: 'S256',
    prompt: 'login',
    state: one.pending.state,
  })
  expect(one.address).not.toContain(one.pending.verifier)
  expect(one.pending.verifier).toMatch(/^[\w-]{43}$/)
  expect(one.pending.state).not.toBe(other.pending.state)
  expect(one.pending.verifier).not.toBe(other.pending.verifier)
})

test('consent gives tokens and the name of the account', async () => {
  const { tokens, account } = await signedIn('ada')
  expect(account).toBe('ada@example.org')
  expect(tokens.refreshToken).toBeDefined()
  expect(tokens.expiresAt - Date.now()).toBeGreaterThan(3_500_000)
  const answer = await fetch(`${server.apiUrl}orders`, { headers: { authorization: `Bearer ${tokens.accessToken}` } })
  expect(await answer.json()).toEqual([{ _id: '1', owner: 'ada' }])
})

test('without the name of the server its ID token counts for nothing', async () => {
  const { client, authorizationUrl } = settings()
  const { tokens, account } = await signedIn('ada', { client, authorizationUrl })
  expect([account, tokens.accessToken.length > 10]).toEqual([null, true])
})

describe('what is not accepted', () => {
  test('a refusal', async () => {
    const { address, pending } = await startSignIn(settings(), redirect, context)
    const back = new URL(await consentAt(address, 'ada', 'refuse'))
    await expect(completeSignIn(settings(), pending, back.search, context)).rejects.toThrow(/access_denied/)
  })
  test('an answer with another state, without one, or of another server', async () => {
    const { address, pending } = await startSignIn(settings(), redirect, context)
    const back = new URL(await consentAt(address, 'ada'))
    const changedQuery = (name: string, value: string | null) => {
      const query = new URLSearchParams(back.search)
      if (value === null) query.delete(name)
      else query.set(name, value)
      return completeSignIn(settings(), pending, query.toString(), context)
    }
    expect(await codeOf(changedQuery('state', 'another'))).toBe('sign-in-not-ours')
    expect(await codeOf(changedQuery('state', null))).toBe('sign-in-not-ours')
    expect(await codeOf(changedQuery('iss', 'https://attacker.example'))).toBe('sign-in-not-ours')
    expect(await codeOf(changedQuery('iss', null))).toBe('sign-in-not-ours')
    const { client, authorizationUrl } = settings()
    const unnamed = { client, authorizationUrl }
    const query = new URLSearchParams(back.search)
    query.set('iss', 'https://attacker.example')
    expect(await codeOf(completeSignIn(unnamed, pending, query.toString(), context))).toBe('sign-in-not-ours')
  })
  test('a code that is used twice, or with another verifier', async () => {
    const { address, pending } = await startSignIn(settings(), redirect, context)
    const back = new URL(await consentAt(address, 'ada'))
    const wrong = { ...pending, verifier: 'x'.repeat(43) }
    expect(await codeOf(completeSignIn(settings(), wrong, back.search, context))).toBe('sign-in-no-token')
    const second = await startSignIn(settings(), redirect, context)
    const again = new URL(await consentAt(second.address, 'ada'))
    await completeSignIn(settings(), second.pending, again.search, context)
    const replayed = completeSignIn(settings(), second.pending, again.search, context)
    await expect(replayed).rejects.toThrow(/invalid_grant/)
  })
  test('addresses without TLS, and servers that cannot be reached', async () => {
    const plain = settings({ authorizationUrl: 'http://login.example/auth' })
    expect(await codeOf(startSignIn(plain, redirect, context))).toBe('sign-in-insecure')
    const script = settings({ authorizationUrl: 'javascript:alert(1)' })
    expect(await codeOf(startSignIn(script, redirect, context))).toBe('sign-in-insecure')
    const { address, pending } = await startSignIn(settings(), redirect, context)
    const back = new URL(await consentAt(address, 'ada'))
    const blocked = async () => Promise.reject(new TypeError('Failed to fetch'))
    const finished = completeSignIn(settings(), pending, back.search, { ...context, fetch: blocked })
    expect(await codeOf(finished)).toBe('sign-in-unreachable')
  })
})

test('a server tells its addresses, or that it has none', async () => {
  const found = await discoverServer(server.issuer, context)
  const { authorizationUrl, tokenUrl, issuer, revocationUrl } = server
  expect(found).toEqual({ authorizationUrl, tokenUrl, issuer, revocationUrl, sendsIssuer: true })
  expect(await codeOf(discoverServer(`${server.issuer}/nothing`, context))).toBe('sign-in-no-metadata')
})

describe('a pipe of a system that is signed in', () => {
  const config = (client: object) => ({
    'systems/shop.conf.json': JSON.stringify({
      _id: 'shop',
      type: 'system:url',
      url_pattern: `${server.apiUrl}%s`,
      oauth2: { token_url: server.tokenUrl, client_id: '$SECRET(id)', client_secret: '$SECRET(secret)', ...client },
    }),
    'pipes/orders.conf.json': JSON.stringify({
      _id: 'orders',
      type: 'pipe',
      source: { type: 'json', system: 'shop', url: 'orders' },
    }),
    'pipes/again.conf.json': JSON.stringify({
      _id: 'again',
      type: 'pipe',
      source: { type: 'json', system: 'shop', url: 'orders' },
    }),
  })
  const secrets = { id: 'machine', secret: 'machine-secret' }

  function openSession(tokens = memoryTokens(), now = machine.now) {
    const environment = { ...machine, now }
    const session = new Session({ store: memoryStore(environment), environment, fetch, inputs: { tokens } })
    session.open(config({}), { secrets })
    const runPipes = async (...pipes: string[]) => {
      const result = await session.run({ run: 'r', pipes, full: true })
      return result.pipes.flatMap(({ problems }) => problems)
    }
    return { session, run: runPipes }
  }

  /** A token store that counts its writes. */
  function recordingTokens(first: KeptTokens) {
    const inner = memoryTokens()
    const written: KeptTokens[] = []
    const writeTokens = async (system: string, tokens: KeptTokens) => {
      written.push(tokens)
      await inner.write(system, tokens)
    }
    return { store: { read: inner.read, write: writeTokens }, written, ready: inner.write('shop', first) }
  }

  test('client credentials: one token for all pipes, in no recording', async () => {
    const { session, run } = openSession()
    const before = server.grants.length
    expect(await run('orders', 'again')).toEqual([])
    expect(server.grants.slice(before)).toEqual(['client_credentials'])
    expect(session.exchanges().map(({ request }) => request.url)).toEqual([`${server.apiUrl}orders`])
  })

  test('an expired token is renewed once by pipes that run at the same time, and kept before it is used', async () => {
    const { tokens } = await signedIn('ada')
    const { store, written, ready } = recordingTokens({ ...tokens, renewAt: 0, expiresAt: 0 })
    await ready
    const { run } = openSession(store)
    const before = server.grants.length
    expect(await run('orders', 'again')).toEqual([])
    expect(server.grants.slice(before)).toEqual(['refresh_token'])
    expect(written).toHaveLength(1)
    expect(written[0]?.refreshToken).not.toBe(tokens.refreshToken)
    expect(server.served.at(-1)).toEqual({ status: 200, account: 'ada' })
  })

  test('a token that cannot be kept is not used', async () => {
    const { tokens } = await signedIn('ada')
    const full = { read: async () => ({ ...tokens, renewAt: 0 }), write: () => Promise.reject(new Error('disk full')) }
    const before = server.served.length
    expect((await openSession(full).run('orders')).map(({ code }) => code)).toEqual(['sign-in-not-kept'])
    expect(server.served.length).toBe(before)
  })

  test('a token that ends during a run is renewed when it is refused', async () => {
    const { tokens } = await signedIn('ada')
    const { store, written, ready } = recordingTokens({ ...tokens, accessToken: 'ended-before-its-time' })
    await ready
    const { run } = openSession(store)
    const before = server.served.length
    expect(await run('orders')).toEqual([])
    expect(server.served.slice(before).map(({ status }) => status)).toEqual([401, 200])
    expect(written).toHaveLength(1)
  })

  test('a refresh token that was used already ends the sign-in, and no message shows a token', async () => {
    const { tokens } = await signedIn('ada')
    const { store, ready } = recordingTokens({ ...tokens, renewAt: 0 })
    await ready
    expect(await openSession(store).run('orders')).toEqual([])
    const stolen = recordingTokens({ ...tokens, renewAt: 0, expiresAt: 0 })
    await stolen.ready
    const problems = await openSession(stolen.store).run('orders')
    expect(problems.map(({ code }) => code)).toEqual(['sign-in-ended'])
    expect(JSON.stringify(problems)).not.toContain(tokens.refreshToken)
    expect((await stolen.store.read('shop'))?.ended).toBe(true)
    // The server revokes all tokens of the grant, so the first store is signed out too.
    const current = await store.read('shop')
    if (current) await store.write('shop', { ...current, renewAt: 0, expiresAt: 0 })
    expect((await openSession(store).run('orders')).map(({ code }) => code)).toEqual(['sign-in-ended'])
  })

  test('what the server takes back ends the sign-in; the refused token is in no message', async () => {
    const { tokens } = await signedIn('ada')
    const { store, ready } = recordingTokens(tokens)
    await ready
    expect(await revokeTokens(settings(), tokens, context)).toBe(true)
    const problems = await openSession(store).run('orders')
    expect(problems.map(({ code }) => code)).toEqual(['sign-in-ended'])
    expect(JSON.stringify(problems)).not.toContain(tokens.accessToken)
  })

  test('the service repeats the token in an error: the message has its name', async () => {
    const later = Date.now() + 1_000_000
    const bare = { accessToken: 'token-without-refresh', expiresAt: later, renewAt: later }
    const client = { tokenUrl: server.tokenUrl, clientId: 'page' }
    const { store, ready } = recordingTokens({ ...bare, client })
    await ready
    const problems = await openSession(store).run('orders')
    expect(JSON.stringify(problems)).not.toContain('token-without-refresh')
    expect(problems.map(({ code }) => code)).toEqual(['sign-in-ended'])
  })

  test('two accounts give two answers', async () => {
    for (const account of ['ada', 'bob']) {
      const { store, ready } = recordingTokens((await signedIn(account)).tokens)
      await ready
      await openSession(store).run('orders')
      expect(server.served.at(-1)?.account).toBe(account)
    }
  })
})
