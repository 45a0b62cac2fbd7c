/** Import and export of HAR: a recording replaces the network, and contains no secrets. */
import { describe, expect, it } from 'vitest'
import { answersOfHar, harOf } from '../../../engine-worker/connectors/har.ts'
import { maskOf } from '../../../engine-worker/connectors/mask.ts'
import { ResponseCache } from '../../../engine-worker/connectors/response-cache.ts'
import { output } from './open.ts'

interface Entry {
  readonly url: string
  readonly method?: string
  readonly posted?: string
  readonly status?: number
  readonly type?: string
  readonly text?: string
  readonly base64?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

const pairs = (headers: Readonly<Record<string, string>> = {}) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }))

/** A HAR file as a browser writes it. */
function har(...entries: readonly Entry[]): string {
  return JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'a browser', version: '1' },
      entries: entries.map(({ url, method = 'GET', posted, status = 200, type = 'application/json', ...more }) => ({
        request: {
          method,
          url,
          headers: pairs({ Authorization: 'Bearer abcdefghijkl', Cookie: 'session=s3cr3t' }),
          ...(posted === undefined ? {} : { postData: { mimeType: 'application/json', text: posted } }),
        },
        response: {
          status,
          headers: pairs({ 'Set-Cookie': 'session=s3cr3t', 'Content-Encoding': 'gzip', ...more.headers }),
          content: {
            size: more.text?.length ?? 10,
            mimeType: type,
            ...(more.text === undefined ? {} : { text: more.text }),
            ...(more.base64 ? { encoding: 'base64' } : {}),
          },
        },
      })),
    },
  })
}

const system = {
  _id: 's',
  type: 'system:rest',
  url_pattern: 'https://s.example/%s',
  operations: {
    list: { method: 'GET', url: 'rows', id_expression: '{{ id }}', next_page_link: '{{ headers["x-next"] or "" }}' },
    find: {
      method: 'GET',
      url: 'find',
      params: { api_key: '$SECRET(service)', q: '{{ _id }}' },
      id_expression: '{{ id }}',
    },
    post: { method: 'POST', url: 'post', payload: { id: '{{ _id }}' }, id_expression: '{{ id }}' },
  },
}

describe('HAR', () => {
  it('is what a REST source reads, page by page', async () => {
    const { entities, problems } = await output({
      pipe: { source: { type: 'rest', system: 's', operation: 'list' } },
      systems: [system],
      files: {
        'testdata/p.har': har(
          {
            url: 'https://s.example/rows',
            text: '[{"id":"1","n":1.50}]',
            headers: { 'x-next': 'https://s.example/rows?page=2' },
          },
          {
            url: 'https://s.example/rows?page=2',
            text: Buffer.from('[{"id":"2","v":"å"}]').toString('base64'),
            base64: true,
          },
        ),
      },
    })
    expect(problems).toEqual([])
    expect(entities).toEqual([
      { _id: '1', id: '1', n: 1.5 },
      { _id: '2', id: '2', v: 'å' },
    ])
  })

  it('is what sources of JSON and CSV read', async () => {
    const web = { _id: 'w', type: 'system:url', url_pattern: 'https://w.example/%s' }
    const json = await output({
      pipe: { source: { type: 'json', system: 'w', url: 'a.json' } },
      systems: [web],
      files: { 'testdata/p.har': har({ url: 'https://w.example/a.json', text: '[{"_id":"a"}]' }) },
    })
    expect(json).toMatchObject({ entities: [{ _id: 'a' }], problems: [] })
    const csv = await output({
      pipe: { source: { type: 'csv', system: 'w', url: 'a.csv', primary_key: 'id' } },
      systems: [web],
      files: { 'testdata/p.har': har({ url: 'https://w.example/a.csv', type: 'text/csv', text: 'id,v\n1,x\n' }) },
    })
    expect(csv).toMatchObject({ entities: [{ _id: '1', id: '1', v: 'x' }], problems: [] })
  })

  it('answers by parameters and by what was posted; a secret in an address fits any value', async () => {
    const source = { type: 'embedded', entities: [{ _id: 'a' }, { _id: 'b' }] }
    const outputOf = async (operation: string, text: string) =>
      output({
        pipe: { source, transform: { type: 'rest', system: 's', operation } },
        systems: [system],
        files: { 'testdata/p.har': text },
      })
    const found = await outputOf(
      'find',
      har(
        { url: 'https://s.example/find?api_key=K123456789&q=a', text: '{"id":"1"}' },
        { url: 'https://s.example/find?api_key=K123456789&q=b', text: '{"id":"2"}' },
      ),
    )
    expect(found).toMatchObject({ entities: [{ response: { id: '1' } }, { response: { id: '2' } }], problems: [] })
    const posted = await outputOf(
      'post',
      har(
        { url: 'https://s.example/post', method: 'POST', posted: '{ "id": "b" }', text: '{"id":"3"}' },
        { url: 'https://s.example/post', method: 'POST', posted: '{"id":"a"}', text: '{"id":"4"}' },
      ),
    )
    expect(posted).toMatchObject({ entities: [{ response: { id: '4' } }, { response: { id: '3' } }], problems: [] })
  })

  it('has no tokens of an answer, neither when it is taken in nor when it is saved', () => {
    const text = '{"access_token":"opaque-token","refresh_token":"another","expires_in":60,"next_page_token":"p2"}'
    const { records } = answersOfHar(har({ url: 'https://s.example/token', method: 'POST', text }))
    const answer = {
      access_token: '$SECRET(access_token)',
      refresh_token: '$SECRET(refresh_token)',
      expires_in: 60,
      next_page_token: 'p2',
    }
    expect(records[0]?.answer).toEqual(answer)
    const response = {
      status: 200,
      text,
      headers: { 'content-type': 'application/json' },
      url: 'https://s.example/token',
    }
    const saved = harOf([{ request: { url: 'https://s.example/token' }, response }], (each) => each, '')
    expect(saved).not.toContain('opaque-token')
    expect(answersOfHar(saved).records[0]?.answer).toEqual(answer)
  })

  it('has no secrets when it is taken in', () => {
    const { records, left } = answersOfHar(
      har(
        {
          url: 'https://user:hunter22@s.example/x?api_key=K123456789&page=2',
          posted: '{"password":"hunter22","a":1}',
          text: '{"access_token":"tok-hunter22","v":1}',
        },
        { url: 'https://s.example/unsaved' },
        { url: 'https://s.example/blocked', status: 0, text: '' },
      ),
    )
    expect(left).toBe(2)
    expect(JSON.stringify(records)).not.toMatch(/hunter22|K123456789|abcdefghijkl|s3cr3t|gzip/)
    expect(records[0]).toMatchObject({
      url: 'https://s.example/x?api_key=$SECRET(api_key)&page=2',
      answer: { access_token: '$SECRET(access_token)', v: 1 },
    })
  })

  it('goes out without the values of secrets, and in again with the same answers', () => {
    const heard = new ResponseCache()
    const secrets = new Map([['service', 'top-secret-1']])
    heard.keep(
      {
        url: 'https://s.example/x?key=$SECRET(service)',
        method: 'POST',
        body: '{"a":1}',
        headers: { 'X-Api-Key': 'z' },
      },
      {
        status: 201,
        text: '[{"id":"1","echo":"top-secret-1","n":12345678901234567890}]',
        headers: { 'content-type': 'application/json', 'set-cookie': 'a=b', etag: '"1"' },
        url: 'https://s.example/x',
      },
    )
    const text = harOf(heard.exchanges(), maskOf(secrets), '2024-01-01T00:00:00.000Z')
    expect(text).not.toMatch(/top-secret-1|X-Api-Key|a=b/)
    expect(text).toContain('12345678901234567890')
    const { records } = answersOfHar(text)
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({
      url: 'https://s.example/x?key=$SECRET(service)',
      method: 'POST',
      body: '{"a":1}',
      status: 201,
      headers: { 'content-type': 'application/json', etag: '"1"' },
      answer: [{ id: '1', echo: '$SECRET(service)' }],
    })
  })

  it('that is none is a problem of the pipe, in words', async () => {
    expect(() => answersOfHar('{"log":{}}')).toThrow('This is not a HAR file: it has no list log.entries.')
    const { entities, problems } = await output({
      pipe: { source: { type: 'rest', system: 's', operation: 'list' } },
      systems: [system],
      files: { 'testdata/p.har': '{"log":5}' },
    })
    expect(entities).toEqual([])
    expect(problems).toEqual(['har-not-read'])
  })
})
