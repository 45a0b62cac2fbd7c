import { describe, expect, test } from 'vitest'
import { joinUrl } from '../../../engine-worker/connectors/request.ts'
import { output } from './open.ts'

describe('addresses relative to a system', () => {
  test.each([
    ['https://a/%s', 'x/y', 'https://a/x/y'],
    ['https://a/%s?k=1', '/x', 'https://a/x?k=1'],
    ['https://a/b', 'x', 'https://a/b/x'],
    ['https://a/b/', '/x', 'https://a/b/x'],
    ['https://a/%s', 'https://other/x', 'https://other/x'],
    ['https://a/%s', '$&', 'https://a/$&'],
  ])('%s with %s', (pattern, url, whole) => {
    expect(joinUrl({ url_pattern: pattern }, url)).toBe(whole)
  })
  test('the old base_url still counts', () => {
    expect(joinUrl({ base_url: 'https://a/b' }, 'x')).toBe('https://a/b/x')
  })
})

describe('requests', () => {
  const pipe = { source: { type: 'json', system: 's', url: 'x', headers: { 'X-Own': 'me' } } }
  const send = async (
    system: Record<string, unknown>,
    answer: () => Response | Promise<Response> = () => new Response('[]'),
  ) => {
    const seen: Headers[] = []
    const fetch = async (_url: RequestInfo | URL, init?: RequestInit) => {
      seen.push(new Headers(init?.headers))
      return answer()
    }
    const systems = [
      { _id: 's', type: 'system:url', url_pattern: 'https://s/%s', ...JSON.parse(JSON.stringify(system)) },
    ]
    const { problems } = await output({ pipe, systems, fetch, secrets: { pw: 'geheim' } })
    return { headers: seen[0] ?? new Headers(), problems }
  }
  test('carry the headers of system and source', async () => {
    const { headers } = await send({ headers: { 'X-Both': 'a', 'X-Own': 'system' } })
    expect([headers.get('x-both'), headers.get('x-own')]).toEqual(['a', 'me'])
  })
  test('log in by name and password, with the secret put in last', async () => {
    const { headers } = await send({ authentication: 'basic', username: 'ann', password: '$SECRET(pw)' })
    expect(headers.get('authorization')).toBe(`Basic ${btoa('ann:geheim')}`)
  })
  test('a secret without a value stays here: nothing is sent, and it is said which', async () => {
    const { headers, problems } = await send({ authentication: 'basic', username: 'ann', password: '$SECRET(other)' })
    expect([...headers.keys()]).toEqual([])
    expect(problems).toEqual(['secret-without-value'])
  })
  test('a file that was not supplied is named, and nothing is asked for it', async () => {
    const { headers, problems } = await send({ url_pattern: 'file:///%s' })
    expect([...headers.keys()]).toEqual([])
    expect(problems).toEqual(['file-not-supplied'])
  })
  test('log in by token', async () => {
    const { headers } = await send({ authentication: 'jwt', jwt_token: '$SECRET(pw)' })
    expect(headers.get('authorization')).toBe('Bearer geheim')
  })
  test('get an access token first where the system wants one, and only one', async () => {
    const asked: [string, string | null, string][] = []
    const fetch = async (url: RequestInfo | URL, init?: RequestInit) => {
      asked.push([String(url), new Headers(init?.headers).get('authorization'), String(init?.body ?? '')])
      if (String(url) === 'https://t/token') return new Response('{"access_token": "abc", "expires_in": 3600}')
      const page = asked.length < 4 ? [{ _id: '1', _updated: asked.length }] : []
      return new Response(JSON.stringify(page))
    }
    const oauth2 = { token_url: 'https://t/token', client_id: 'me', client_secret: '$SECRET(pw)', scope: ['a', 'b'] }
    const systems = [{ _id: 's', type: 'system:url', url_pattern: 'https://s/%s', oauth2 }]
    const source = { ...pipe.source, supports_since: true, is_chronological: true, page_size: 1 }
    const { problems } = await output({ pipe: { source }, systems, fetch, secrets: { pw: 'ge&heim' } })
    expect(problems).toEqual([])
    const [token, ...pages] = asked
    expect(token).toEqual([
      'https://t/token',
      null,
      'grant_type=client_credentials&client_id=me&client_secret=ge%26heim&scope=a+b',
    ])
    expect(pages.map(([, authorization]) => authorization)).toEqual(['Bearer abc', 'Bearer abc', 'Bearer abc'])
  })
  test('that the browser refuses are a problem that says what to do', async () => {
    const { problems } = await send({}, () => Promise.reject(new TypeError('Failed to fetch')))
    expect(problems).toEqual(['request-failed'])
  })
  test('whose system logs in as it cannot be done here are not sent', async () => {
    let asked = 0
    const fetch = async () => {
      asked++
      return Response.json([])
    }
    const systems = [{ _id: 's', type: 'system:url', url_pattern: 'https://s/%s', authentication: 'ntlm' }]
    const source = { type: 'json', system: 's', url: 'x' }
    expect((await output({ pipe: { source }, systems, fetch })).problems).toEqual(['login-not-here'])
    expect(asked).toBe(0)
  })
})
