import { advanced, expressionField, positiveInteger, required, textField } from '../../config/model/field.ts'
import { comment, ifSourceEmpty, supportsSignalling, system } from '../../config/model/shared-fields.ts'
import { readEntities } from '../../entity/transit.ts'
import { kind } from '../kind.ts'
import { entitiesOfFile } from './data-file.ts'
import { openOutside } from './supply.ts'

/** configuration-sources-binary.rst */
export const binarySource = kind({
  role: 'source',
  type: 'binary',
  label: 'Other Sesam service',
  icon: 'binary',
  says: 'Reads a dataset of another Sesam service by its own fast protocol.',
  more: 'The protocol is not public, so here you have to supply the entities.',
  group: 'web',
  runs: 'supplied',
  fields: [
    system(['system:url']),
    textField('url', 'The address of the other dataset, relative to the system.', required),
    positiveInteger('page_size', 'Read in pages of this many entities.', { ...advanced, aim: 'speed' }),
    expressionField(
      'subset',
      'Only entities for which this eq expression holds; the other side must have the index.',
      advanced,
    ),
    { ...supportsSignalling, default: false },
    ifSourceEmpty,
    comment,
  ],
  template: { type: 'binary', system: '', url: '' },
  example: {
    config: { type: 'binary', system: 'other-sesam', url: 'datasets/global-customer' },
    system: { _id: 'other-sesam', type: 'system:url', url_pattern: 'https://other.example.org/api/%s' },
    reads: ['[{"_id": "7", "name": "Ada Lovelace"}]'],
    gives: [{ _id: '7', name: 'Ada Lovelace' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-binary.rst',
  /** Only on supplied entities. */
  open: (part, context) =>
    openOutside(part, context, { parse: (text) => readEntities(text), parseFile: entitiesOfFile }),
})
