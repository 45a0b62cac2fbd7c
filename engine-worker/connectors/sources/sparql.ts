import { required, textField, textOrList } from '../../config/model/field.ts'
import { textListSetting, textSetting } from '../../config/model/setting.ts'
import { comment, continuation, ifSourceEmpty, system } from '../../config/model/shared-fields.ts'
import type { Part } from '../../config/project/effective.ts'
import { get } from '../../entity/dict.ts'
import { readJson } from '../../entity/json.ts'
import { type Entity, isObject } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { type OpenContext, systemOf } from '../open-context.ts'
import { urlOf } from '../request.ts'
import type { RunContext } from '../runtime.ts'
import { recordedOrRequested } from '../send.ts'
import { parseRdf } from './rdf.ts'
import { openOutside } from './supply.ts'

/** configuration-sources-sparql.rst */
export const sparqlSource = kind({
  role: 'source',
  type: 'sparql',
  label: 'SPARQL',
  icon: 'share',
  says: 'Finds subjects in a triple store and makes an entity of the statements about each.',
  group: 'rdf',
  runs: 'fetch',
  fields: [
    system(['system:url']),
    textField('url', 'The address of the query endpoint, relative to the system.'),
    textOrList(
      'fragments_query',
      'A SELECT query that gives id and updated of each subject; since in braces after a dollar is the position.',
      required,
    ),
    textOrList(
      'fragment_query',
      'A CONSTRUCT query for the statements about one subject; uri in braces after a dollar stands for it.',
      required,
    ),
    ...continuation(true, true, false),
    ifSourceEmpty,
    comment,
  ],
  template: { type: 'sparql', system: '', url: '', fragments_query: '', fragment_query: '' },
  example: {
    config: {
      type: 'sparql',
      system: 'store',
      url: 'query',
      fragments_query: `SELECT ?id ?updated WHERE { ?id <http://purl.org/dc/terms/modified> ?updated FILTER(?updated > "\${since}") }`,
      fragment_query: `CONSTRUCT { <\${uri}> ?p ?o } WHERE { <\${uri}> ?p ?o }`,
    },
    system: { _id: 'store', type: 'system:url', url_pattern: 'https://triples.example.org/%s' },
    reads: [
      '{"results": {"bindings": [{"id": {"value": "http://example.org/person/7"}, "updated": {"value": "2026-01-02T00:00:00Z"}}]}}',
      '<http://example.org/person/7> <http://xmlns.com/foaf/0.1/name> "Ada Lovelace" .\n',
    ],
    gives: [
      {
        _id: 'http://example.org/person/7',
        'http://xmlns.com/foaf/0.1/name': 'Ada Lovelace',
      },
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-sparql.rst',
  /** Supplied triples or entities, or the two queries over the network. */
  open: (part, context) =>
    openOutside(part, context, { parse: parseRdf, since: [true, true, false], fetch: queryEntities }),
})

/** Asks for changed subjects first, then for the statements about each. */
async function* queryEntities(
  part: Part,
  context: OpenContext,
  running: RunContext,
  since: unknown,
): AsyncIterable<readonly Entity[]> {
  const { fromTriples } = await import('../rdf.ts')
  const start = String(since ?? textSetting(part.config, 'initial_since_value', '0001-01-01T00:00:00Z'))
  const fragments = filledQuery(part, 'fragments_query', 'since', start)
  const found = await sendQuery(fragments, 'application/sparql-results+json', part, context, running)
  for (const { id, updated } of bindings(found)) {
    const about = filledQuery(part, 'fragment_query', 'uri', id)
    const triples = await sendQuery(about, 'application/n-triples', part, context, running)
    const [entity] = (await fromTriples(triples, 'N-Triples', true)).filter((each) => each._id === id)
    yield [{ ...(entity ?? { _id: id, _deleted: true }), _updated: updated }]
    await running.pause()
  }
}

function filledQuery(part: Part, key: string, variable: string, value: string): string {
  return (textListSetting(part.config, key) ?? []).join(' ').replaceAll(`\${${variable}}`, value)
}

async function sendQuery(
  sparql: string,
  accept: string,
  part: Part,
  context: OpenContext,
  running: RunContext,
): Promise<string> {
  const url = urlOf(part, context)
  const address = `${url}${url.includes('?') ? '&' : '?'}query=${encodeURIComponent(sparql)}`
  const request = { url: address, headers: { Accept: accept } }
  return (await recordedOrRequested(request, systemOf(part, context), context, running)).text
}

function bindings(results: string): { id: string; updated: string }[] {
  const json = readJson(results)
  const list = isObject(json) && isObject(json.results) ? json.results.bindings : []
  return (Array.isArray(list) ? list : []).filter(isObject).flatMap((row) => {
    const [id, updated] = [get(row, 'id'), get(row, 'updated')].map((cell) => (isObject(cell) ? cell.value : undefined))
    return typeof id === 'string' ? [{ id, updated: typeof updated === 'string' ? updated : '' }] : []
  })
}
