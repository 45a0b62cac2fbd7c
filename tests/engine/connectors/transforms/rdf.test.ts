/** The rdf transform; configuration-transforms-rdf.rst. */
import { expect, test } from 'vitest'
import { embedded, output, problemsOf } from '../open.ts'

test('writes an entity as statements into one of its properties', async () => {
  const rdf = await output({
    pipe: {
      source: embedded({ _id: 'x:1', 'x:name': 'E', 'x:in': { 'x:id': 1 } }),
      transform: { type: 'rdf', 'rdf-property': 'rdf' },
    },
    metadata: { namespaces: { default: { x: 'http://x.org/' } } },
  })
  const [first] = rdf.entities as { rdf: string }[]
  expect(first?.rdf).toContain('<http://x.org/1> <http://x.org/name> "E" .')
  expect(first?.rdf).toContain('_:x1 <http://x.org/id> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .')
})

test('a name of a property that is no text is a located problem', () => {
  expect(problemsOf({ transform: { type: 'rdf', 'rdf-property': 7 } })).toContain('wrong-type transform rdf-property')
})
