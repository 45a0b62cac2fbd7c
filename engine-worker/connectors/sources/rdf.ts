import { advanced, choiceField, flagField, inSesam, required, textField } from '../../config/model/field.ts'
import { flagSetting, textSetting } from '../../config/model/setting.ts'
import { comment, continuation, ifSourceEmpty, system } from '../../config/model/shared-fields.ts'
import type { Part } from '../../config/project/effective.ts'
import type { Entity } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { fetchDocument, openOutside } from './supply.ts'

/** configuration-sources-rdf.rst */
export const rdfSource = kind({
  role: 'source',
  type: 'rdf',
  label: 'RDF file',
  icon: 'share',
  says: 'Makes an entity of each subject in an RDF file.',
  group: 'rdf',
  runs: 'supplied',
  fields: [
    system(['system:url', 'system:microservice']),
    textField('url', 'The address of the file, relative to the system.', required),
    choiceField('format', ['nt', 'ttl', 'n3', 'xml'], 'How the file is written.', 'nt'),
    flagField('sort_lists', 'Sort lists of values, so that the result does not depend on chance.', true, {
      aim: 'format',
    }),
    inSesam(
      flagField('is_sorted', 'The file is sorted by subject, so that it need not be held in memory.', false, {
        ...advanced,
        aim: 'format',
      }),
    ),
    ifSourceEmpty,
    ...continuation(false, true, false),
    comment,
  ],
  template: { type: 'rdf', system: '', url: '', format: 'ttl' },
  example: {
    config: { type: 'rdf', system: 'files', url: 'persons.ttl', format: 'ttl' },
    system: { _id: 'files', type: 'system:url', url_pattern: 'https://files.example.org/%s' },
    reads: [
      '@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n<http://example.org/person/7> foaf:name "Ada Lovelace" ; foaf:knows <http://example.org/person/8> .\n',
    ],
    gives: [
      {
        _id: 'http://example.org/person/7',
        'http://xmlns.com/foaf/0.1/name': 'Ada Lovelace',
        'http://xmlns.com/foaf/0.1/knows': '~rhttp://example.org/person/8',
      },
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-rdf.rst',
  /** Reads a supplied file or one over the network. */
  open: (part, context) => openOutside(part, context, { parse: parseRdf, fetch: fetchDocument(parseRdf) }),
})
const formats: Readonly<Record<string, string>> = { nt: 'N-Triples', ttl: 'Turtle', n3: 'N3', xml: 'RDF/XML' }

/** The subjects of an RDF text as entities. */
export async function parseRdf(source: string, part: Part): Promise<Entity[]> {
  const { fromTriples } = await import('../rdf.ts')
  const format = formats[textSetting(part.config, 'format', 'nt')] ?? 'Turtle'
  return fromTriples(source, format, flagSetting(part.config, 'sort_lists', true))
}
