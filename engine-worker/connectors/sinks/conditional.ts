import { conditionalFields } from '../../config/model/field.ts'
import { comment } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'

/** configuration-sinks-conditional.rst; resolved in effective.ts before anything runs. */
export const conditionalSink = kind({
  role: 'sink',
  type: 'conditional',
  label: 'Conditional',
  icon: 'split',
  says: 'Chooses one of several sinks by a condition, so that one configuration fits several environments.',
  group: 'choice',
  runs: 'here',
  fields: [...conditionalFields('sink'), comment],
  template: {
    type: 'conditional',
    condition: '$ENV(node-env)',
    alternatives: { prod: { type: 'null' }, test: { type: 'http_endpoint' } },
  },
  example: {
    config: {
      type: 'conditional',
      condition: '$ENV(node-env)',
      alternatives: { prod: { type: 'null' }, test: { type: 'http_endpoint' } },
    },
    variables: { 'node-env': 'test' },
    takes: [{ _id: '7', name: 'Ada Lovelace' }],
    sends: ['Content-Type: application/json\nContent-Disposition: inline\n\n[{"_id":"7","name":"Ada Lovelace"}]'],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-conditional.rst',
})
