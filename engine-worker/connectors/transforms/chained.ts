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
  example: {
    config: {
      type: 'chained',
      transforms: [
        { type: 'lower_keys' },
        {
          type: 'dtl',
          rules: {
            default: [
              ['copy', '_id'],
              ['rename', 'name', 'title'],
            ],
          },
        },
      ],
    },
    takes: [{ _id: '7', NAME: 'Ada Lovelace' }],
    gives: [{ _id: '7', title: 'Ada Lovelace' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-transforms.rst',
})
