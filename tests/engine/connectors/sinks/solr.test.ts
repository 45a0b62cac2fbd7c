/** The solr sink; configuration-sinks-solr.rst. */
import { expect, test } from 'vitest'
import { embedded, output } from '../open.ts'
import { sent, systems } from './sent.ts'

test('solr refuses nested documents', async () => {
  const pipe = { source: embedded({ _id: '1', a: { b: 1 } }), sink: { type: 'solr', system: 'solr' } }
  expect((await output({ pipe, systems })).problems.length).toBeGreaterThan(0)
  const [request] = await sent({ type: 'solr', system: 'solr' }, { _id: '1', a: 1 })
  expect(request).toMatchObject({ url: 'http://localhost:8983/solr/update?commit=true', text: '[{"id":"1","a":1}]' })
})
