import { describe, expect, test } from 'vitest'
import { printJson } from '../../../engine-worker/entity/json.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { output } from './open.ts'

const web = { _id: 'web', type: 'system:url', url_pattern: 'https://web/%s' }

describe('csv', () => {
  const csv = (settings: JsonObject, text: string) =>
    output({
      pipe: { source: { type: 'csv', system: 'web', url: 'x.csv', primary_key: 'id', ...settings } },
      systems: [web],
      files: { 'data/x.csv': text },
    })
  test('rows become entities, empty fields are left out, the delimiter is guessed', async () => {
    expect((await csv({}, 'id;name;city\n1;Ann;\n2;"B;b";Oslo\n')).entities).toEqual([
      { _id: '1', id: '1', name: 'Ann' },
      { _id: '2', id: '2', name: 'B;b', city: 'Oslo' },
    ])
  })
  test('settings: no header, names, compound key, columns left out, empty texts kept', async () => {
    const settings = { has_header: false, field_names: ['a', 'b', 'c'], primary_key: ['a', 'b'], blacklist: ['a'] }
    expect((await csv({ ...settings, preserve_empty_strings: true, delimiter: ',' }, '1,2,\r\n')).entities).toEqual([
      { _id: '1:2', b: '2', c: '' },
    ])
  })
  test('a missing key column and a missing key are located problems', async () => {
    expect((await csv({ primary_key: 'no' }, 'id,x\n1,2\n')).problems).toEqual(['csv-column-missing'])
    expect((await csv({}, 'id,x\n,2\n')).problems).toEqual(['csv-no-key'])
  })
  test('a file over the network is read in its character set', async () => {
    const read = (encoding: string) => {
      const fetch = async () => new Response(new Uint8Array([0x69, 0x64, 0x0a, 0xf8, 0x0a]))
      const source = { type: 'csv', system: 'web', url: 'x.csv', primary_key: 'id', encoding }
      return output({ pipe: { source }, systems: [web], fetch })
    }
    expect((await read('iso-8859-1')).entities).toEqual([{ _id: 'ø', id: 'ø' }])
    expect((await read('utf-8')).problems).toEqual(['wrong-encoding'])
    expect((await read('klingon')).problems).toEqual(['unknown-encoding'])
  })
  test('a file of the project is read in the character set of the source', async () => {
    const read = (encoding: JsonObject, bytes: number[], path = 'data/x.csv') => {
      const source = { type: 'csv', system: 'web', url: 'x.csv', primary_key: 'id', ...encoding }
      return output({
        pipe: { source },
        systems: [web],
        files: { [path]: Uint8Array.from([0x69, 0x64, 0x0a, ...bytes, 0x0a]) },
      })
    }
    expect((await read({ encoding: 'iso-8859-15' }, [0xa4])).entities).toEqual([{ _id: '€', id: '€' }])
    expect((await read({ encoding: 'iso-8859-2' }, [0xa3])).entities).toEqual([{ _id: 'Ł', id: 'Ł' }])
    expect((await read({ encoding: 'latin-1' }, [0xc3, 0xb8])).entities).toEqual([{ _id: 'Ã¸', id: 'Ã¸' }])
    expect((await read({}, [0xf8])).problems).toEqual(['wrong-encoding'])
    expect((await read({ decode_error_strategy: 'replace' }, [0xf8])).entities).toEqual([
      { _id: '\ufffd', id: '\ufffd' },
    ])
    expect((await read({ encoding: 'latin-1' }, [0xf8], 'testdata/p.csv')).entities).toEqual([{ _id: 'ø', id: 'ø' }])
  })
  test('a text of the project counts as the UTF-8 that it was', async () => {
    expect((await csv({ encoding: 'latin-1' }, 'id\nø\n')).entities).toEqual([{ _id: 'Ã¸', id: 'Ã¸' }])
  })
  test('__proto__ is a column like any other', async () => {
    const { entities } = await csv({}, 'id,__proto__\n1,x\n')
    expect(JSON.stringify(entities)).toBe('[{"_id":"1","id":"1","__proto__":"x"}]')
  })
})

describe('data from outside', () => {
  const source = { type: 'json', system: 'web', url: 'crm/customers.json' }
  test('is supplied by test data named as the pipe', async () => {
    const files = { 'testdata/p.json': '[{"_id": "1"}]' }
    expect((await output({ pipe: { source }, systems: [web], files })).entities).toEqual([{ _id: '1' }])
  })
  test('is found in a file whose name ends the address', async () => {
    const files = { 'data/crm/customers.json': '[{"_id": "1"}]', 'data/erp/customers.json': '[{"_id": "2"}]' }
    expect((await output({ pipe: { source }, systems: [web], files })).entities).toEqual([{ _id: '1' }])
  })
  test('cannot be reached otherwise: the pipe is named, and nothing comes', async () => {
    expect(await output({ pipe: { source }, systems: [web] })).toMatchObject({
      entities: [],
      problems: ['source-needs-data'],
    })
  })
  test('is pulled over the network page by page', async () => {
    const asked: string[] = []
    const fetch = async (url: RequestInfo | URL) => {
      asked.push(String(url))
      const first = Number(/since=(\d+)/.exec(String(url))?.[1] ?? 0)
      const page = [first + 1, first + 2].filter((id) => id <= 3).map((id) => ({ _id: `${id}`, _updated: id }))
      return new Response(JSON.stringify(page))
    }
    const paged = { ...source, supports_since: true, is_chronological: true, page_size: 2 }
    const { entities } = await output({ pipe: { source: paged }, systems: [web], fetch })
    expect(entities).toHaveLength(3)
    expect(asked).toEqual(['https://web/crm/customers.json?limit=2', 'https://web/crm/customers.json?since=2&limit=2'])
  })
  test('a server that fails is a problem with its answer', async () => {
    const fetch = async () => new Response('no', { status: 500 })
    expect((await output({ pipe: { source }, systems: [web], fetch })).problems).toEqual(['bad-answer'])
  })
})

describe('http_endpoint', () => {
  const pushed = (source: JsonObject) =>
    output({
      pipe: { source: { type: 'http_endpoint', ...source } },
      files: { 'testdata/p.json': '[{"_id": "1", "a": 1.5, "b": [2.0]}]' },
    })
  test('keeps decimals and integers by default', async () => {
    expect((await pushed({})).entities).toEqual([{ _id: '1', a: '~f1.5', b: [2] }])
  })
  test('keeps every digit', async () => {
    const files = {
      'testdata/p.json':
        '[{"_id": "1", "a": [12345678901234567.89, 59.912730000000001234, 2.5, 3.0, 12345678901234567890.000, 1e400]}]',
    }
    const kept = async (source: JsonObject) => {
      const { entities } = await output({ pipe: { source: { type: 'http_endpoint', ...source } }, files })
      return printJson(entities)
    }
    expect(await kept({})).toContain(
      `["~f12345678901234567.89","~f59.912730000000001234","~f2.5",3,12345678901234567890,"~f1${'0'.repeat(400)}"]`,
    )
    expect(await kept({ do_float_as_int: false })).toContain('"~f3.0","~f12345678901234567890.000"')
    expect(await kept({ do_float_as_decimal: false })).toContain('2.5,3,12345678901234567890,')
  })
  test('an empty inbox is no problem', async () => {
    expect(await output({ pipe: { source: { type: 'http_endpoint' } } })).toMatchObject({ entities: [], problems: [] })
  })
})

test('embedded entities are decoded; what is no object is a located problem', async () => {
  const source = { type: 'embedded', entities: [{ _id: '1', at: '~t2020-01-01T00:00:00Z' }] }
  expect((await output({ pipe: { source } })).entities).toEqual([{ _id: '1', at: '~t2020-01-01T00:00:00Z' }])
  expect((await output({ pipe: { source: { type: 'embedded', entities: ['x'] } } })).problems).toEqual([
    'embedded-not-an-entity',
  ])
})

test('rdf: a subject is an entity, blank nodes nest, values of one predicate are a sorted list', async () => {
  const ttl = '@prefix x: <http://x/> . x:1 x:name "b", "a" ; x:knows x:2 ; x:at [ x:city "Oslo" ] .'
  const source = { type: 'rdf', system: 'web', url: 'x.ttl', format: 'ttl' }
  const { entities } = await output({ pipe: { source }, systems: [web], files: { 'data/x.ttl': ttl } })
  expect(entities).toEqual([
    {
      _id: 'http://x/1',
      'http://x/name': ['a', 'b'],
      'http://x/knows': '~rhttp://x/2',
      'http://x/at': { 'http://x/city': 'Oslo' },
    },
  ])
})

test('rdf in XML is read too, and broken RDF is a problem', async () => {
  const xml =
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">' +
    '<r:Description r:about="http://x/1"><x:name>Ann</x:name></r:Description></r:RDF>'
  const source = { type: 'rdf', system: 'web', url: 'x.rdf', format: 'xml' }
  const read = (text: string) => output({ pipe: { source }, systems: [web], files: { 'data/x.rdf': text } })
  expect((await read(xml)).entities).toEqual([{ _id: 'http://x/1', 'http://x/name': 'Ann' }])
  expect((await read('<a><b></a>')).problems).toEqual(['broken-rdf'])
})

describe('rest', () => {
  const rest = {
    _id: 'web',
    type: 'system:rest',
    url_pattern: 'https://web/%s',
    headers: { Authorization: 'Bearer $SECRET(token)' },
    operations: {
      get: {
        url: '{{ properties.what }}',
        method: 'GET',
        params: { size: '2' },
        payload_property: 'data.items',
        id_expression: '{{ key }}',
        updated_expression: '{{ changed }}',
        next_page_link: '{{ body.next }}',
      },
    },
  }
  const source = { type: 'rest', system: 'web', operation: 'get', properties: { what: 'people' }, supports_since: true }
  test('follows pages, takes the payload, makes ids; secrets only reach the request', async () => {
    const asked: [string, string | undefined][] = []
    const fetch = async (url: RequestInfo | URL, init?: RequestInit) => {
      asked.push([String(url), new Headers(init?.headers).get('authorization') ?? undefined])
      const body =
        asked.length === 1
          ? { data: { items: [{ key: 1, changed: 5 }] }, next: 'https://web/page2' }
          : { data: { items: [{ key: 2, changed: 6 }] }, next: null }
      return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })
    }
    const { entities, problems } = await output({ pipe: { source }, systems: [rest], fetch, secrets: { token: 'abc' } })
    expect(problems).toEqual([])
    expect(entities).toMatchObject([
      { _id: '1', key: 1 },
      { _id: '2', key: 2 },
    ])
    expect(asked).toEqual([
      ['https://web/people?size=2', 'Bearer abc'],
      ['https://web/page2?size=2', 'Bearer abc'],
    ])
  })
  test('works on recorded answers', async () => {
    const files = {
      'testdata/p.answers.json':
        '[{"url": "people?size=2", "answer": {"data": {"items": [{"key": "a", "changed": 1}]}}}]',
    }
    expect((await output({ pipe: { source }, systems: [rest], files })).entities).toMatchObject([{ _id: 'a' }])
  })
  test('an unknown operation is named with a suggestion', async () => {
    const fetch = async () => new Response('[]')
    expect(
      (await output({ pipe: { source: { ...source, operation: 'gte' } }, systems: [rest], fetch })).problems,
    ).toEqual(['unknown-operation'])
  })
})

describe('reading again after an error', () => {
  const source = { type: 'json', system: 'web', url: 'people' }

  test('is tried as often as the pump says, and waits before each time', async () => {
    const waited: number[] = []
    let asked = 0
    const fetch = async () => {
      asked++
      return asked < 3 ? new Response('', { status: 500 }) : Response.json([{ _id: '1' }])
    }
    const pause = async (seconds: number) => void waited.push(seconds)
    const read = (pump: JsonObject) => output({ pipe: { source, pump }, systems: [web], fetch, pause })
    expect((await read({ max_read_retries: 1 })).entities).toEqual([])
    asked = 0
    expect((await read({ max_read_retries: 2, read_retry_delay: 60 })).entities).toMatchObject([{ _id: '1' }])
    expect(waited.reduce((sum, seconds) => sum + seconds, 0)).toBeCloseTo(120)
  })

  test('is tried as the system says for the status, unless the pump says', async () => {
    let asked = 0
    const fetch = async () => {
      asked++
      return new Response('', { status: 429 })
    }
    const retry_strategy = { '500,502': { max_read_retries: 9 }, '420-430': { max_read_retries: 2 }, default: {} }
    const read = (pump: JsonObject) =>
      output({ pipe: { source, pump }, systems: [{ ...web, retry_strategy }], fetch, pause: async () => undefined })
    await read({})
    expect(asked).toBe(3)
    asked = 0
    await read({ max_read_retries: 1 })
    expect(asked).toBe(2)
  })

  test('a server that says nothing is given up on', async () => {
    const fetch = (_url: RequestInfo | URL, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })
    const { problems } = await output({ pipe: { source }, systems: [{ ...web, read_timeout: 0.01 }], fetch })
    expect(problems).toEqual(['request-timeout'])
  })
})

test('embedded entities are read from a position on where the source supports it', async () => {
  const entities = [
    { _id: 'a', _updated: 1 },
    { _id: 'b', _updated: 2 },
  ]
  const source = { type: 'embedded', entities, supports_since: true }
  expect((await output({ pipe: { source } })).entities).toHaveLength(2)
  const { entities: later } = await output({ pipe: { source: { ...source, initial_since_value: 1 } } })
  expect(later).toEqual([{ _id: 'b', _updated: 2 }])
  const whole = await output({ pipe: { source: { ...source, supports_since: false, initial_since_value: 1 } } })
  expect(whole.entities).toHaveLength(2)
})

test('a REST service whose template gives an empty _id fails and names the template', async () => {
  const operation = { method: 'GET', url: 'rows', id_expression: "{{ id | default('') }}" }
  const { entities, problems } = await output({
    pipe: { source: { type: 'rest', system: 'empty', operation: 'list' } },
    systems: [
      { _id: 'empty', type: 'system:rest', url_pattern: 'https://s.example/%s', operations: { list: operation } },
    ],
    files: { 'testdata/p.answers.json': '[{"answer": [{"id": "1"}, {"name": "a"}, {"name": "b"}]}]' },
  })
  expect([entities, problems]).toEqual([[], ['rest-empty-id']])
})
