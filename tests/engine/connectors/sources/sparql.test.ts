/** The sparql source; configuration-sources-sparql.rst. */
import { expect, test } from 'vitest'
import { output } from '../open.ts'
import { web } from './web.ts'

// The placeholders of the queries are Sesam's, not of this text.
const placeholder = (name: string) => `${'$'}{${name}}`

const source = {
  type: 'sparql',
  system: 'web',
  url: 'sparql',
  fragments_query: `SELECT ?id ?updated WHERE { ?id <x:at> ?updated FILTER (?updated > "${placeholder('since')}") }`,
  fragment_query: `CONSTRUCT { <${placeholder('uri')}> ?p ?o } WHERE { <${placeholder('uri')}> ?p ?o }`,
}

test('asks for changed subjects, then for the statements about each; a subject without any is deleted', async () => {
  const asked: string[] = []
  const fetch = async (url: RequestInfo | URL) => {
    const query = new URL(String(url)).searchParams.get('query') ?? ''
    asked.push(query)
    if (query.startsWith('SELECT'))
      return Response.json({
        results: {
          bindings: [{ id: { value: 'http://x/1' }, updated: { value: '7' } }, { id: { value: 'http://x/2' } }],
        },
      })
    return new Response(query.includes('http://x/1') ? '<http://x/1> <http://x/name> "Ann" .' : '')
  }
  const { entities, problems } = await output({ pipe: { source }, systems: [web], fetch })
  expect(problems).toEqual([])
  expect(entities).toMatchObject([
    { _id: 'http://x/1', 'http://x/name': 'Ann' },
    { _id: 'http://x/2', _deleted: true },
  ])
  expect(asked[0]).toContain('"0001-01-01T00:00:00Z"')
})

test('an answer that is no result gives no entities', async () => {
  const fetch = async () => Response.json({ results: 'none' })
  expect((await output({ pipe: { source }, systems: [web], fetch })).entities).toEqual([])
})
