/** The rest transform; configuration-transforms-rest.rst. */
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { embedded, output } from '../open.ts'
import { transformed } from './transformed.ts'

describe('rest', () => {
  const files = {
    'testdata/p.answers.json': JSON.stringify([
      { url: 'x/1', answer: { result: [{ name: 'Ann' }] } },
      { url: 'x/2', answer: 'gone', status: 404 },
    ]),
  }
  const transform = { type: 'rest', system: 'r', operation: 'get', payload_property: 'result' }
  test('adds the answer to the entity', async () => {
    expect((await transformed(transform, [{ _id: '1' }], files)).entities).toEqual([
      { _id: '1', response: [{ name: 'Ann' }] },
    ])
  })
  test('follows pages, as sources do', async () => {
    const pages: Readonly<Record<string, unknown>> = {
      'https://r/x/1': { result: [{ n: 1 }], next: 'https://r/x/2' },
      'https://r/x/2': { result: [{ n: 2 }, { n: 3 }], next: null },
    }
    const fetch = async (url: RequestInfo | URL) => Response.json(pages[String(url)])
    const operations = { get: { url: 'x/{{ _id }}', method: 'GET', next_page_link: '{{ body.next }}' } }
    const systems = [{ _id: 'r', type: 'system:rest', url_pattern: 'https://r/%s', operations }]
    const outputThrough = (more: JsonObject) =>
      output({ pipe: { source: embedded({ _id: '1' }), transform: { ...transform, ...more } }, systems, fetch })
    expect((await outputThrough({})).entities).toEqual([{ _id: '1', response: [{ n: 1 }, { n: 2 }, { n: 3 }] }])
    const { entities } = await outputThrough({ replace_entity: true })
    expect(entities.map((entity) => (entity as JsonObject).n).sort()).toEqual([1, 2, 3])
  })
  test('an answer whose status is not allowed is an error, recorded or not', async () => {
    expect((await transformed(transform, [{ _id: '2' }], files)).problems).toEqual(['bad-answer'])
    const ignoring = { ...transform, ignored_status_codes: '404' }
    expect(await transformed(ignoring, [{ _id: '2' }], files)).toMatchObject({ entities: [], problems: [] })
  })
  test('replaces the entity when told to, as the service answers', async () => {
    const replacing = { ...transform, replace_entity: true, id_expression: '{{ name | lower }}' }
    expect((await transformed(replacing, [{ _id: '1' }], files)).entities).toEqual([{ name: 'Ann' }])
  })
})
