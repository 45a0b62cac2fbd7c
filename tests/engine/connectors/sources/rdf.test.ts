/** The rdf source; configuration-sources-rdf.rst. */
import { expect, test } from 'vitest'
import { output } from '../open.ts'
import { web } from './web.ts'

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
  const readRdf = (text: string) => output({ pipe: { source }, systems: [web], files: { 'data/x.rdf': text } })
  expect((await readRdf(xml)).entities).toEqual([{ _id: 'http://x/1', 'http://x/name': 'Ann' }])
  expect((await readRdf('<a><b></a>')).problems).toEqual(['broken-rdf'])
})
