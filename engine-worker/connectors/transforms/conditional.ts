import { conditionalFields } from '../../config/model/field.ts'
import { comment } from '../../config/model/shared-fields.ts'
import { copyStep } from '../../dtl/syntax.ts'
import { kind } from '../kind.ts'

/** configuration-transforms-conditional.rst; resolved in effective.ts before anything runs. */
export const conditionalTransform = kind({
  role: 'transform',
  type: 'conditional',
  label: 'Conditional',
  icon: 'split',
  says: 'Chooses one of several transforms by a condition, so that one configuration fits several environments.',
  group: 'choice',
  runs: 'here',
  partName: 'choice',
  fields: [...conditionalFields('transform'), comment],
  template: {
    type: 'conditional',
    condition: '$ENV(node-env)',
    alternatives: { prod: { type: 'dtl', rules: { default: [copyStep()] } }, test: [] },
  },
  example: {
    config: {
      type: 'conditional',
      condition: '$ENV(node-env)',
      alternatives: { prod: [], test: { type: 'upper_keys' } },
    },
    variables: { 'node-env': 'test' },
    takes: [{ _id: '7', name: 'Ada Lovelace' }],
    gives: [{ _id: '7', NAME: 'Ada Lovelace' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-transforms-conditional.rst',
})
