import { comment, continuation, ifSourceEmpty } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'

/** configuration-sources-empty.rst */
export const emptySource = kind({
  role: 'source',
  type: 'empty',
  label: 'Empty',
  icon: 'circle-off',
  says: 'Gives no entities at all.',
  group: 'data',
  runs: 'here',
  placeholder: true,
  fields: [ifSourceEmpty, ...continuation(false, true, false), comment],
  template: { type: 'empty' },
  example: {
    config: { type: 'empty' },
    gives: [],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-empty.rst',
  /** Nothing, every time. */
  open: (part) => here({ reads: 'outside', config: part.config, since: null, whole: true, async *read() {} }),
})
