import { required, textField } from '../../config/model/field.ts'
import { textSetting } from '../../config/model/setting.ts'
import { comment } from '../../config/model/shared-fields.ts'
import { put } from '../../entity/dict.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { eachEntity } from './each-entity.ts'

/** configuration-transforms-rdf.rst */
export const rdfTransform = kind({
  role: 'transform',
  type: 'rdf',
  label: 'RDF',
  icon: 'share',
  says: 'Writes an entity as N-Triples into one of its properties.',
  group: 'write',
  runs: 'here',
  fields: [textField('rdf-property', 'The property that receives the triples.', required), comment],
  template: { type: 'rdf', 'rdf-property': 'rdf' },
  example: {
    config: { type: 'rdf', 'rdf-property': 'rdf' },
    takes: [{ _id: 'http://example.org/person/7', 'http://xmlns.com/foaf/0.1/name': 'Ada Lovelace' }],
    gives: [
      {
        _id: 'http://example.org/person/7',
        'http://xmlns.com/foaf/0.1/name': 'Ada Lovelace',
        rdf: '<http://example.org/person/7> <http://xmlns.com/foaf/0.1/name> "Ada Lovelace" .\n',
      },
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-transforms-rdf.rst',
  /** Adds the statements about the entity. */
  open: (part, context, stage) => {
    const property = textSetting(part.config, 'rdf-property', 'rdf')
    return here(
      eachEntity(part, stage, async (entity) => {
        const { toTriples } = await import('../rdf.ts')
        const result = { ...entity }
        put(result, property, toTriples(entity, context.pipe.namespaces))
        return result
      }),
    )
  },
})
