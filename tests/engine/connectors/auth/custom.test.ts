/**
 * Tokens from operations of the service: fetched once a run, again after they expire, by two operations where two are
 * declared.
 */
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { output } from '../open.ts'

const operations: JsonObject = {
  login: { url: 'login', method: 'POST', payload: { key: '$SECRET(key)', ticket: "{{ token.ticket | default('') }}" } },
  ticket: { url: 'ticket' },
  people: { url: 'people', headers: { Authorization: 'Bearer {{ token.value }}' } },
}

/** A stand-in for a service that requires a token; records the requests. */
function service(answers: JsonObject) {
  const asked: string[] = []
  const fetch = async (url: RequestInfo | URL, init?: RequestInit) => {
    const path = new URL(String(url)).pathname.slice(1)
    const headers = init?.headers as Record<string, string> | undefined
    asked.push([path, init?.body ?? headers?.Authorization].filter(Boolean).join(' '))
    return Response.json(answers[path])
  }
  return { asked, fetch }
}

function readWith(auth: JsonObject, fetch: typeof globalThis.fetch) {
  const system = { _id: 's', type: 'system:rest', url_pattern: 'https://s/%s', operations, custom_auth: auth }
  const source = { type: 'rest', system: 's', operation: 'people', id_expression: '{{ id }}' }
  return output({ pipe: { source }, systems: [system], fetch, secrets: { key: 'k' } })
}

test('a token is got before the first request and goes into its templates', async () => {
  const { asked, fetch } = service({ login: { value: 't1', seconds: 60 }, people: [{ id: 'ada' }] })
  const auth = { get_token_operation: 'login', expires_in_expression: '{{ token.seconds }}' }
  const { entities, problems } = await readWith(auth, fetch)
  expect(problems).toEqual([])
  expect(entities).toMatchObject([{ _id: 'ada' }])
  expect(asked).toEqual(['login {"key":"k","ticket":""}', 'people Bearer t1'])
})

test('an operation before it gives what the login needs', async () => {
  const { asked, fetch } = service({ ticket: { ticket: 'x' }, login: { value: 't2' }, people: [] })
  const auth = {
    get_token_operation: 'login',
    get_refresh_token_operation: 'ticket',
    expires_in_expression: '{{ 60 }}',
  }
  await readWith(auth, fetch)
  expect(asked).toEqual(['ticket', 'login {"key":"k","ticket":"x"}', 'people Bearer t2'])
})

test('an answer without a token, and an operation that there is not, are told', async () => {
  const { fetch } = service({ login: ['no'], people: [] })
  expect((await readWith({ get_token_operation: 'login' }, fetch)).problems).toEqual(['custom-auth-no-token'])
  expect((await readWith({ get_token_operation: 'logon' }, fetch)).problems).toEqual(['unknown-operation'])
})

/**
 * The documented systems: the login operation, its answer, and the resulting header (configuration-systems-rest.rst).
 */
describe('documented examples', () => {
  interface Example {
    readonly custom_auth: JsonObject
    readonly operations: JsonObject
    readonly headers: JsonObject
    readonly answers: JsonObject
    readonly sent: readonly string[]
    readonly secrets?: Readonly<Record<string, string>>
  }
  const examples: Readonly<Record<string, Example>> = {
    Tripletex: {
      custom_auth: { get_token_operation: 'session', expires_at_expression: '{{ token.expirationDate }}' },
      operations: {
        session: {
          method: 'PUT',
          params: { expirationDate: "{{ (now() + timedelta(hours=48)).strftime('%Y-%m-%d') }}" },
          payload_property: 'value',
          url: 'session',
        },
      },
      headers: { Authorization: "Basic {{ ( ('0:' + token.token) | bytes | base64_encode) }}" },
      answers: { session: { value: { token: 't', expirationDate: '2020-09-15' } } },
      sent: ['session?expirationDate=2020-09-15', 'people Basic MDp0'],
    },
    WebCRM: {
      custom_auth: { get_token_operation: 'login', expires_in_expression: '{{ token.ExpiresIn }}' },
      operations: { login: { url: 'Auth', method: 'POST', payload: { authCode: '$SECRET(code)' } } },
      headers: { Authorization: 'Bearer {{ token.AccessToken }}' },
      answers: { Auth: { AccessToken: 'a', ExpiresIn: 3600 } },
      secrets: { code: 'c' },
      sent: ['Auth {"authCode":"c"}', 'people Bearer a'],
    },
    Hubspot: {
      custom_auth: {
        get_token_operation: 'token',
        expires_in_expression: '{{ token.expires_in }}',
        initial_refresh_token: { refresh_token: '$SECRET(refresh)' },
      },
      operations: {
        token: {
          url: 'token',
          method: 'POST',
          payload: { refresh_token: '{{ token.refresh_token }}' },
          'payload-type': 'form',
        },
      },
      headers: { Authorization: 'Bearer {{ token.access_token }}' },
      answers: { token: { access_token: 'h', refresh_token: 'next', expires_in: 10 } },
      secrets: { refresh: 'r' },
      sent: ['token refresh_token=r', 'people Bearer h'],
    },
    'ArcGIS-UN': {
      custom_auth: {
        get_token_operation: 'token',
        expires_at_expression: '{{ (token.expires * 1000 * 1000) | datetime | datetime_format }}',
      },
      operations: { token: { url: 'token', method: 'POST', payload: { f: 'json' } } },
      headers: { Authorization: 'Bearer {{ token.token }} {{ token.expiry_date }} {{ token.expires_at }}' },
      answers: { token: { token: 'g', expires: 1_738_756_240_000 } },
      sent: ['token {"f":"json"}', 'people Bearer g 2025-02-05T11:50:40Z 1738756240'],
    },
  }
  test.each(Object.entries(examples))(
    '%s',
    async (_, { custom_auth, operations: own, headers, answers, sent, secrets }) => {
      const asked: string[] = []
      const fetch = async (url: RequestInfo | URL, init?: RequestInit) => {
        const { pathname, search } = new URL(String(url))
        const authorization = new Headers(init?.headers).get('authorization')
        const path = pathname.slice(1)
        asked.push([path + search, init?.body ?? (path === 'people' ? authorization : null)].filter(Boolean).join(' '))
        return Response.json(answers[path] ?? [{ id: 'ada' }])
      }
      const list = { method: 'GET', url: 'people', headers, id_expression: '{{ id }}' }
      const system = {
        _id: 's',
        type: 'system:rest',
        url_pattern: 'https://s/%s',
        custom_auth,
        operations: { ...own, list },
      }
      const source = { type: 'rest', system: 's', operation: 'list' }
      const { entities, problems } = await output({
        pipe: { source },
        systems: [system],
        fetch,
        ...(secrets ? { secrets } : {}),
      })
      expect(problems).toEqual([])
      expect(entities).toMatchObject([{ _id: 'ada' }])
      expect(asked).toEqual(sent)
    },
  )
})
