/** HAR files as programs write them: Chrome, Firefox, Insomnia and proxies; repeated requests, redirects and forms. */
import { describe, expect, it } from 'vitest'
import { answersOfHar } from '../../../engine-worker/connectors/har.ts'
import { output } from './open.ts'

const har = (...entries: readonly object[]) => JSON.stringify({ log: { version: '1.2', entries } })
const answersOf = (...entries: readonly object[]) => answersOfHar(har(...entries))
const host = 'https://s.example'

/** A request and its response as every program writes them. */
function entry(url: string, text: string | undefined, response: object = {}, request: object = {}) {
  const content = { size: text?.length ?? 5, mimeType: 'application/json', ...(text === undefined ? {} : { text }) }
  return { request: { method: 'GET', url, ...request }, response: { status: 200, headers: [], content, ...response } }
}

describe('the forms of programs', () => {
  it('of Chrome: names of HTTP/2, its own properties, blocked requests, sockets and pages of its own', () => {
    const chrome = {
      ...entry(`${host}/a`, '{"v":1}'),
      _initiator: { type: 'script' },
      _priority: 'High',
      _resourceType: 'fetch',
      cache: {},
      connection: '443',
      pageref: 'page_1',
      serverIPAddress: '[2001:db8::1]',
    }
    chrome.request = {
      ...chrome.request,
      ...{
        headers: [
          { name: ':authority', value: 's.example' },
          { name: 'authorization', value: 'Bearer t0k3n-of-ada' },
        ],
        cookies: [{ name: 'session', value: 's3cr3t' }],
      },
    }
    const { records, left } = answersOf(
      chrome,
      entry(`${host}/blocked`, '', { status: 0, _error: 'net::ERR_BLOCKED_BY_CLIENT' }),
      entry('wss://s.example/socket', '', { status: 101 }),
      entry('data:application/json,{}', '{}'),
      entry('chrome-extension://abc/x.json', '{}'),
    )
    expect([records, left]).toEqual([
      [{ url: `${host}/a`, method: 'GET', headers: { 'content-type': 'application/json' }, answer: { v: 1 } }],
      4,
    ])
  })

  it('of Firefox: bodies that were not included, base64 with a character set, forms as parameters', () => {
    const bytes = Buffer.from([0x7b, 0x22, 0x76, 0x22, 0x3a, 0x22, 0xe6, 0x22, 0x7d]).toString('base64')
    const latin = { size: 9, mimeType: 'application/json; charset=iso-8859-1', text: bytes, encoding: 'base64' }
    const missing = { size: 512, mimeType: 'application/json', comment: 'Response bodies are not included.' }
    const params = [
      { name: 'grant_type', value: 'password' },
      { name: 'password', value: 'hunter22' },
      { name: 'scope', value: 'a b' },
    ]
    const form = { method: 'POST', postData: { mimeType: 'application/x-www-form-urlencoded', params, text: '' } }
    const { records, left } = answersOf(
      entry(`${host}/latin`, undefined, { content: latin }),
      entry(`${host}/missing`, undefined, { content: missing }),
      entry(`${host}/form`, '{}', {}, form),
    )
    expect(left).toBe(1)
    expect(records[0]?.answer).toEqual({ v: 'æ' })
    expect(records[1]).toMatchObject({
      method: 'POST',
      body: 'grant_type=password&password=$SECRET(password)&scope=a+b',
    })
  })

  it('of Insomnia and others: a byte order mark, small letters of methods, no headers, empty answers', () => {
    const text = `\uFEFF${har({
      request: { method: 'delete', url: `${host}/a/1` },
      response: { status: 204, content: { size: 0, mimeType: '' } },
    })}`
    const { records, left } = answersOfHar(text)
    expect([records, left]).toEqual([
      [{ url: `${host}/a/1`, method: 'DELETE', status: 204, headers: {}, answer: '' }],
      0,
    ])
  })

  it('with packed bytes or broken base64 has nothing to record of them', () => {
    const packed = {
      size: 20,
      mimeType: 'application/json',
      text: 'H4sIAAAAAAAAA6tWKlOyMqwFAKmqo3sHAAAA',
      encoding: 'base64',
    }
    const broken = { ...packed, text: '§§§' }
    const content = (each: object) => entry(`${host}/x`, undefined, { content: each })
    expect(answersOf(content(packed), content(broken))).toEqual({ records: [], left: 2 })
  })

  it.each(['{}', '{"log": []}', '{"log": {"entries": {}}}', '[]', 'null'])('%s is no HAR', (text) => {
    expect(() => answersOfHar(text)).toThrow('This is not a HAR file')
  })

  it('with parts of other types is read as far as it goes', () => {
    const odd = [null, 5, {}, { request: [], response: 'x' }, { request: { url: 5 }, response: { status: '200' } }]
    expect(answersOfHar(JSON.stringify({ log: { entries: odd } }))).toEqual({ records: [], left: 5 })
  })
})

describe('requests that are there more than once', () => {
  const answers = (...entries: readonly object[]) => answersOf(...entries).records.map(({ answer }) => answer)

  it('are answered by the last success, or by the last refusal where there is none', () => {
    const [first, second] = [entry(`${host}/a`, '1'), entry(`${host}/a`, '2')]
    const refused = entry(`${host}/a`, '"no"', { status: 401 })
    expect(answers(refused, first, second)).toEqual([2])
    expect(answers(first, refused)).toEqual([1])
    expect(answers(refused, entry(`${host}/a`, '"gone"', { status: 404 }))).toEqual(['"gone"'])
    expect(answers(first, entry(`${host}/a`, '', { status: 304 }))).toEqual([1])
  })

  it('are different ones where method, address or body differ', () => {
    const postEntry = (text: string) => entry(`${host}/a`, text, {}, { method: 'POST', postData: { text } })
    expect(answers(entry(`${host}/a`, '1'), postEntry('2'), postEntry('3'), entry(`${host}/a?page=2`, '4'))).toEqual([
      1, 2, 3, 4,
    ])
  })
})

describe('redirects', () => {
  const location = (value: string) => ({ status: 302, headers: [{ name: 'Location', value }] })

  it('are answered by what they led to, also by way of others and without a header', () => {
    const { records } = answersOf(
      entry(`${host}/old`, '', location('/middle')),
      entry(`${host}/middle`, '', { status: 307, redirectURL: 'https://new.example/list' }),
      entry('https://new.example/list', '[{"id":1}]'),
    )
    expect(records[0]).toMatchObject({ url: `${host}/old`, answer: [{ id: 1 }] })
    expect(records[0]).not.toHaveProperty('status')
  })

  it('after a form lead to a GET', () => {
    const post = { method: 'POST', postData: { text: '{"a":1}' } }
    const { records } = answersOf(
      entry(`${host}/make`, '', { ...location('/made/1'), status: 303 }, post),
      entry(`${host}/made/1`, '{"id":1}'),
    )
    expect(records[0]).toMatchObject({ method: 'POST', body: '{"a":1}', answer: { id: 1 } })
  })

  it('in a circle, or to what is not there, stay what they are', () => {
    const { records } = answersOf(
      entry(`${host}/a`, '', location('/b')),
      entry(`${host}/b`, '', location('/a')),
      entry(`${host}/c`, '', location('/nowhere')),
    )
    expect(records.at(-1)).toMatchObject({ status: 302, headers: { location: '/nowhere' } })
    expect(records).toHaveLength(3)
  })

  it('have no secrets of an address', () => {
    const { records } = answersOf(entry(`${host}/a`, '', location('/b?access_token=tok-12345678')))
    expect(JSON.stringify(records)).not.toContain('tok-12345678')
  })

  it('are followed where a pipe reads the file', async () => {
    const { entities, problems } = await output({
      pipe: { source: { type: 'json', system: 'w', url: 'old' } },
      systems: [{ _id: 'w', type: 'system:url', url_pattern: `${host}/%s` }],
      files: {
        'testdata/p.har': har(entry(`${host}/old`, '', location('/new')), entry(`${host}/new`, '[{"_id":"a"}]')),
      },
    })
    expect([entities, problems]).toEqual([[{ _id: 'a' }], []])
  })
})
