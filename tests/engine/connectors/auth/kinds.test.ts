/** The kinds of authentication of a system: properties, headers, and those that are not supported here. */
import { describe, expect, test } from 'vitest'
import {
  authenticationFields,
  authorizationHeaders,
  hasTokens,
  loginHeaders,
  unavailableLogin,
} from '../../../../engine-worker/connectors/auth/kinds.ts'
import { memoryTokens } from '../../../../engine-worker/connectors/auth/tokens.ts'
import type { RunContext } from '../../../../engine-worker/connectors/runtime.ts'
import { makeContext } from '../../../../engine-worker/dtl/context.ts'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { environment, output } from '../open.ts'

describe('headers', () => {
  test.each<[string, JsonObject, Record<string, string>]>([
    ['none', {}, {}],
    [
      'basic',
      { authentication: 'basic', username: 'u', password: '$SECRET(p)' },
      { Authorization: 'Basic u:$SECRET(p)' },
    ],
    ['basic by its old name', { auth: 'basic', username: 'u' }, { Authorization: 'Basic u:' }],
    ['jwt', { authentication: 'jwt', jwt_token: '$SECRET(t)' }, { Authorization: 'Bearer $SECRET(t)' }],
    ['a token alone', { jwt_token: 't' }, { Authorization: 'Bearer t' }],
    ['basic before a token', { authentication: 'basic', username: 'u', jwt_token: 't' }, { Authorization: 'Basic u:' }],
  ])('%s', (_, system, wanted) => {
    expect(loginHeaders(system)).toEqual(wanted)
  })
})

test.each(['digest', 'ntlm', 'tripletex'])(
  '%s can only be done by Sesam, and no request leaves',
  async (authentication) => {
    expect(unavailableLogin({ authentication })).toBe(authentication)
    const system = { _id: 's', type: 'system:url', url_pattern: 'https://s/%s', authentication }
    let sent = 0
    const fetch = async () => {
      sent++
      return Response.json([])
    }
    const { problems } = await output({
      pipe: { source: { type: 'json', system: 's', url: 'x' } },
      systems: [system],
      fetch,
    })
    expect(problems).toEqual(['login-not-here'])
    expect(sent).toBe(0)
  },
)

test('the properties of a system are those of the kinds that it offers', () => {
  const names = (fields: readonly { readonly name: string }[]) => fields.map(({ name }) => name)
  expect(names(authenticationFields())).toEqual(['authentication', 'username', 'password', 'jwt_token', 'tripletex'])
  expect(names(authenticationFields(['basic']))).toEqual(['authentication', 'username', 'password'])
  const [choice] = authenticationFields(['basic', 'digest'])
  expect(choice?.type).toEqual({ is: 'choice', of: ['basic', 'digest'] })
})

test('only systems with custom_auth give tokens to templates', () => {
  expect(hasTokens({ custom_auth: {} })).toBe(true)
  expect(hasTokens({ authentication: 'jwt' })).toBe(false)
})

describe('OAuth 2', () => {
  const config = { oauth2: { token_url: 'https://t', client_id: 'me', client_secret: 's', scope: ['a', 'b'] } }
  /** A run with an adjustable clock, and a service that issues a new token each time. */
  function startRun(answers: readonly JsonObject[]) {
    let now = 0n
    const forms: string[] = []
    const running: RunContext = {
      pipe: 'p',
      environment: { ...environment, now: () => now },
      context: makeContext({ environment, pipe: 'p' }),
      at: () => {},
      signal: new AbortController().signal,
      pause: async () => {},
      fetch: null,
      tokens: new Map<string, string>(),
    }
    const sendForm = async (_: string, form: string) => {
      forms.push(form)
      return { status: 200, text: JSON.stringify(answers[forms.length - 1] ?? {}) }
    }
    const hidden = new Map<string, string>()
    const context = {
      system: { id: 's', type: 'system:url', config, problems: [], file: '' },
      running,
      sendForm,
      tokens: memoryTokens(),
      hide: (name: string, value: string) => void hidden.set(name, value),
    }
    return {
      forms,
      hidden,
      later: (seconds: number) => {
        now += BigInt(seconds) * 1_000_000_000n
      },
      token: async () => (await authorizationHeaders(context)).Authorization,
      running,
    }
  }
  test('gets a token once, and another shortly before it expires, with the refresh token of the first', async () => {
    const { forms, later, token, running } = startRun([
      { access_token: 'one', expires_in: 60, refresh_token: 'r' },
      { access_token: 'two', expires_in: 60 },
    ])
    expect([await token(), await token()]).toEqual(['Bearer one', 'Bearer one'])
    expect(running.tokens?.get('s')).toBe('1970-01-01T00:01:00.000Z')
    later(31)
    expect(await token()).toBe('Bearer two')
    expect(forms).toEqual([
      'grant_type=client_credentials&client_id=me&client_secret=s&scope=a+b',
      'grant_type=refresh_token&client_id=me&client_secret=s&refresh_token=r&scope=a+b',
    ])
  })
  test('an answer without a token is a problem, and the next request asks again', async () => {
    const { token } = startRun([{ error: 'invalid_client' }, { access_token: 'one' }])
    await expect(token()).rejects.toThrow(/no access token/)
    expect(await token()).toBe('Bearer one')
  })
})
