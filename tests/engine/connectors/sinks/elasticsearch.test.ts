/** The elasticsearch sink; configuration-sinks-elasticsearch.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { sent } from './sent.ts'

test('elasticsearch sends bulk actions without reserved properties', async () => {
  const [request] = await sent(
    { type: 'elasticsearch', system: 'es', default_index: 'i' },
    { _id: '1', a: 1, $x: 2 },
    { _id: '2', _deleted: true },
  )
  expect(request).toMatchObject({ url: 'http://es:9200/_bulk', method: 'POST' })
  expect(request?.text).toBe('{"index":{"_index":"i","_id":"1"}}\n{"a":1}\n{"delete":{"_index":"i","_id":"2"}}\n')
})

test('elasticsearch prepares its index', async () => {
  const [mapping, deletion] = await sent(
    {
      type: 'elasticsearch',
      system: 'es',
      default_index: 'i',
      index_mapping_properties: { a: { type: 'keyword' } },
      first_run_delete_query: { dataset: 'd' },
    },
    { _id: '1' },
  )
  expect(mapping).toMatchObject({
    method: 'PUT',
    url: 'http://es:9200/i/_mapping',
    text: '{"properties":{"a":{"type":"keyword"}}}',
  })
  expect(deletion).toMatchObject({
    method: 'POST',
    url: 'http://es:9200/i/_delete_by_query',
    text: '{"query":{"match":{"dataset":"d"}}}',
  })
})

test('what it needs is asked for', () => {
  expect(problemsOf({ sink: { type: 'elasticsearch' } })).toContain('missing-property sink system')
})
