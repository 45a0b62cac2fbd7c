import { conditionalFields } from '../../config/model/field.ts'
import { comment } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'

/** configuration-sources-conditional.rst; resolved in effective.ts before anything runs. */
export const conditionalSource = kind({
  role: 'source',
  type: 'conditional',
  label: 'Conditional',
  icon: 'split',
  says: 'Chooses one of several sources by a condition, so that one configuration fits several environments.',
  group: 'choice',
  runs: 'here',
  partName: 'choice',
  fields: [...conditionalFields('source'), comment],
  template: {
    type: 'conditional',
    condition: '$ENV(node-env)',
    alternatives: { prod: { type: 'empty' }, test: { type: 'embedded', entities: [] } },
  },
  example: {
    config: {
      type: 'conditional',
      condition: '$ENV(node-env)',
      alternatives: {
        prod: { type: 'http_endpoint' },
        test: { type: 'embedded', entities: [{ _id: '7', name: 'Ada Lovelace' }] },
      },
    },
    variables: { 'node-env': 'test' },
    gives: [{ _id: '7', name: 'Ada Lovelace' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-conditional.rst',
})
