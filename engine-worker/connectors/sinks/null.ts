import { comment } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { payloadSink } from './payload-sink.ts'

/** configuration-sinks-null.rst */
export const nullSink = kind({
  role: 'sink',
  type: 'null',
  label: 'Nothing',
  icon: 'circle-off',
  says: 'Takes entities and does nothing with them.',
  group: 'choice',
  runs: 'here',
  fields: [comment],
  template: { type: 'null' },
  example: {
    config: { type: 'null' },
    takes: [{ _id: '7', name: 'Ada Lovelace' }],
    sends: [],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-null.rst',
  /** Discards what arrives. */
  open: (part, context) => here(payloadSink(part, context, 100, () => [])),
})
