import { comment } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'

/** An old way of writing a list of transforms; flattened in effective.ts. */
export const chainedTransform = kind({
  role: 'transform',
  type: 'chained',
  label: 'Chain',
  icon: 'link',
  says: 'Several transforms one after the other; a plain list does the same.',
  group: 'shape',
  runs: 'here',
  fields: [
    {
      name: 'transforms',
      type: { is: 'list', of: { is: 'kind', of: 'transform' } },
      required: true,
      says: 'The transforms in order.',
    },
    comment,
  ],
  template: { type: 'chained', transforms: [] },
  doc: 'documentation/service-configuration/pipes/configuration-transforms.rst',
})
