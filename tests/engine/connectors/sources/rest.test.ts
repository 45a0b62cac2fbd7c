/** The rest source; configuration-sources-rest.rst. */
import { describe, expect, test } from 'vitest'
import { output } from '../open.ts'

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
