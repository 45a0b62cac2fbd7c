/** Tokens by operations of the service: got once a run, again when they expire, from two operations where it needs two. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { output } from './open.ts'

const operations: JsonObject = {
  login: { url: 'login', method: 'POST', payload: { key: '$SECRET(key)', ticket: "{{ token.ticket | default('') }}" } },
  ticket: { url: 'ticket' },
  people: { url: 'people', headers: { Authorization: 'Bearer {{ token.value }}' } },
}

/** Answers as a service does that wants a token; notes what it was asked. */
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

function read(auth: JsonObject, fetch: typeof globalThis.fetch) {
  const system = { _id: 's', type: 'system:rest', url_pattern: 'https://s/%s', operations, custom_auth: auth }
  const source = { type: 'rest', system: 's', operation: 'people', id_expression: '{{ id }}' }
  return output({ pipe: { source }, systems: [system], fetch, secrets: { key: 'k' } })
}

test('a token is got before the first request and goes into its templates', async () => {
  const { asked, fetch } = service({ login: { value: 't1', seconds: 60 }, people: [{ id: 'ada' }] })
  const auth = { get_token_operation: 'login', expires_in_expression: '{{ token.seconds }}' }
  const { entities, problems } = await read(auth, fetch)
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
  await read(auth, fetch)
  expect(asked).toEqual(['ticket', 'login {"key":"k","ticket":"x"}', 'people Bearer t2'])
})

test('an answer without a token, and an operation that there is not, are told', async () => {
  const { fetch } = service({ login: ['no'], people: [] })
  expect((await read({ get_token_operation: 'login' }, fetch)).problems).toEqual(['custom-auth-no-token'])
  expect((await read({ get_token_operation: 'logon' }, fetch)).problems).toEqual(['unknown-operation'])
})
