import { integerField, jsonField } from '../../config/model/field.ts'
import { comment, system } from '../../config/model/shared-fields.ts'
import { readEntities } from '../../entity/transit.ts'
import { kind } from '../kind.ts'
import { entitiesOfFile } from './data-file.ts'
import { openOutside } from './supply.ts'

/** Made-up entities; not documented any more, but old configurations have it. */
export const fakeSource = kind({
  role: 'source',
  type: 'fake',
  label: 'Made-up entities',
  icon: 'sparkles',
  says: 'Gives entities made up by a template. Deprecated: use embedded instead.',
  group: 'data',
  runs: 'supplied',
  fields: [
    system(['system:fake'], false),
    integerField('entities', 'How many entities to make.'),
    jsonField('template', 'What they look like.'),
    comment,
  ],
  template: { type: 'fake', entities: 10, template: {} },
  example: {
    config: { type: 'fake', entities: 1, template: { name: 'Ada Lovelace' } },
    reads: ['[{"_id": "7", "name": "Ada Lovelace"}]'],
    gives: [{ _id: '7', name: 'Ada Lovelace' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources.rst',
  /** Only on supplied entities. */
  open: (part, context) =>
    openOutside(part, context, { parse: (text) => readEntities(text), parseFile: entitiesOfFile }),
})
