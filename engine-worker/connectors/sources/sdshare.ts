import { flagField, required, textField } from '../../config/model/field.ts'
import { comment, continuation, ifSourceEmpty, system } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'
import { parseRdf } from './rdf.ts'
import { openOutside } from './supply.ts'

/** configuration-sources-sdshare.rst */
export const sdshareSource = kind({
  role: 'source',
  type: 'sdshare',
  label: 'SDShare feed',
  icon: 'share',
  says: 'Reads changed resources as RDF from a feed in the SDShare protocol.',
  group: 'rdf',
  runs: 'supplied',
  fields: [
    system(['system:url', 'system:microservice']),
    textField('url', 'The address of the fragments feed.', required),
    flagField('sort_lists', 'Sort lists of values, so that the result does not depend on chance.', true, {
      aim: 'format',
    }),
    ifSourceEmpty,
    ...continuation(true, true, true),
    comment,
  ],
  template: { type: 'sdshare', system: '', url: '' },
  example: {
    config: { type: 'sdshare', system: 'feed', url: 'fragments/persons' },
    system: { _id: 'feed', type: 'system:url', url_pattern: 'https://feed.example.org/%s' },
    reads: ['<http://example.org/person/7> <http://xmlns.com/foaf/0.1/name> "Ada Lovelace" .\n'],
    gives: [{ _id: 'http://example.org/person/7', 'http://xmlns.com/foaf/0.1/name': 'Ada Lovelace' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-sdshare.rst',
  /** Only on supplied triples or entities. */
  open: (part, context) => openOutside(part, context, { parse: parseRdf }),
})
