/** Parameters of addresses, and secrets in encoded values. */
import { describe, expect, test } from 'vitest'
import { nextUrl, withParams } from '../../../engine-worker/connectors/query.ts'
import { requestBody } from '../../../engine-worker/connectors/request-body.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { output } from './open.ts'

test.each<[string, Record<string, string>, string]>([
  ['https://s/x', {}, 'https://s/x'],
  ['https://s/x', { a: '1 2', 'b&c': 'ø' }, 'https://s/x?a=1%202&b%26c=%C3%B8'],
  ['https://s/x?y=1', { a: '2' }, 'https://s/x?y=1&a=2'],
  ['https://s/x', { key: 'a $SECRET(k)/' }, 'https://s/x?key=a%20$SECRET(k)%2F'],
])('%s with %j', (url, params, wanted) => {
  expect(withParams(url, params).url).toBe(wanted)
})

test.each<[string, Record<string, string>, Record<string, string>, string]>([
  ['https://s/x', { page: '2', size: '5' }, { page: '1', size: '5' }, 'https://s/x?page=2&size=5'],
  ['https://s/x?page=7', { page: '1', size: '5' }, { page: '1', size: '5' }, 'https://s/x?page=7&size=5'],
  ['https://s/x?page=1&size=5', { page: '2', size: '5' }, { page: '1', size: '5' }, 'https://s/x?size=5&page=2'],
  ['https://s/x?a=1&b=2', {}, {}, 'https://s/x?a=1&b=2'],
  ['https://s/x?a%20b=1', { 'a b': '1' }, { 'a b': '1' }, 'https://s/x?a%20b=1'],
])('the next page %s with %j after %j', (link, params, previous, wanted) => {
  expect(nextUrl(link, params, previous).url).toBe(wanted)
})

describe('secrets', () => {
  const secret = 'a&b "c" +'
  /** The request that an operation with these settings sends. */
  async function sentRequest(operation: JsonObject) {
    let url = ''
    let body: unknown
    const fetch = async (address: RequestInfo | URL, init?: RequestInit) => {
      url = String(address)
      body = init?.body
      return Response.json([])
    }
    const system = {
      _id: 's',
      type: 'system:rest',
      url_pattern: 'https://s/%s',
      operations: { x: { method: 'POST', url: 'x', ...operation } },
    }
    const source = { type: 'rest', system: 's', operation: 'x' }
    const { problems } = await output({ pipe: { source }, systems: [system], fetch, secrets: { k: secret } })
    expect(problems).toEqual([])
    return { url, body }
  }
  test('are encoded in parameters', async () => {
    const { url } = await sentRequest({ params: { key: '$SECRET(k)' } })
    expect(new URL(url).searchParams.get('key')).toBe(secret)
  })
  test('are encoded in forms', async () => {
    const { body } = await sentRequest({ payload: { key: '$SECRET(k)', other: 'x y' }, 'payload-type': 'form' })
    expect(Object.fromEntries(new URLSearchParams(String(body)))).toEqual({ key: secret, other: 'x y' })
  })
  test('are escaped in JSON', async () => {
    const { body } = await sentRequest({ payload: { key: '$SECRET(k)' } })
    expect(JSON.parse(String(body))).toEqual({ key: secret })
  })
  test('are only put in where the configuration names them, not where data does', async () => {
    const asked: string[] = []
    const fetch = async (url: RequestInfo | URL, init?: RequestInit) => {
      asked.push(`${url} ${init?.body}`)
      return Response.json({})
    }
    const operations = {
      x: { method: 'POST', url: 'x', payload: { note: '{{ entity.note }}', key: "{{ secret('k') }}" } },
    }
    const system = { _id: 's', type: 'system:rest', url_pattern: 'https://s/%s', operations }
    const rest = { type: 'rest', system: 's', operation: 'x' }
    const http = { type: 'http', system: 's', url: 'y' }
    const source = { type: 'embedded', entities: [{ _id: '1', note: '$SECRET(other) $SECRET(k)' }] }
    const systems = [system]
    await output({
      pipe: { source, transform: rest },
      systems,
      fetch,
      secrets: { k: 'v', other: 'hidden' },
    })
    await output({
      pipe: { source, transform: http },
      systems,
      fetch,
      secrets: { k: 'v', other: 'hidden' },
    })
    expect(asked).toHaveLength(2)
    expect(asked[0]).toContain('"key":"v"')
    expect(asked.join(' ')).not.toContain('hidden')
    expect(asked[1]).toContain('$SECRET(k)')
  })
  test('are known to the filters that calculate with them, and only to them', async () => {
    const authorization = "Basic {{ ('me:' ~ secret('k')) | bytes | base64_encode }}"
    let header = ''
    const fetch = async (_: RequestInfo | URL, init?: RequestInit) => {
      header = new Headers(init?.headers).get('authorization') ?? ''
      return Response.json([])
    }
    const operations = { x: { method: 'GET', url: 'x', headers: { Authorization: authorization } } }
    const system = { _id: 's', type: 'system:rest', url_pattern: 'https://s/%s', operations }
    const source = { type: 'rest', system: 's', operation: 'x' }
    await output({ pipe: { source }, systems: [system], fetch, secrets: { k: secret } })
    expect(atob(header.replace('Basic ', ''))).toBe(`me:${secret}`)
    const sink = { type: 'rest', system: 's', operation: 'x' }
    const entities = [{ _id: '1' }]
    const pipe = { source: { type: 'embedded', entities }, sink }
    const { captured } = await output({ pipe, systems: [system], secrets: { k: secret } })
    expect(atob(captured[0]?.headers?.Authorization?.replace('Basic ', '') ?? '')).toBe('me:$SECRET(k)')
  })
  test('stand as they are in texts', async () => {
    expect((await sentRequest({ payload: 'key: $SECRET(k)' })).body).toBe(`key: ${secret}`)
  })
})

test.each<[string, unknown, string, string]>([
  ['json', { a: 1, b: 'x' }, 'application/json', '{"a":1,"b":"x"}'],
  ['json', 'text', 'text/plain', 'text'],
  ['text', { a: 1 }, 'text/plain', '{"a":1}'],
  ['form', { a: 'x y', b: ['z'] }, 'application/x-www-form-urlencoded', 'a=x+y&b=%5B%22z%22%5D'],
  ['form', 'text', 'application/x-www-form-urlencoded', ''],
])('a payload as %s: %j', (type, payload, contentType, text) => {
  expect(requestBody(payload as Parameters<typeof requestBody>[0], type)).toMatchObject({ contentType, text })
})

test('a form in parts has a boundary that does not occur in it', () => {
  const { contentType, text } = requestBody({ note: 'form-part', 'a"b': '1' }, 'multipart-form')
  expect(contentType).toBe('multipart/form-data; boundary=form-part-')
  expect(text).toContain('name="a%22b"\r\n\r\n1\r\n')
})
