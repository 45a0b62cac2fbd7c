import { positiveInteger, required, textField, textMap } from '../../config/model/field.ts'
import { comment, system } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { entitiesRequest } from './entities-request.ts'
import { payloadSink } from './payload-sink.ts'

/** configuration-sinks-json.rst */
export const jsonSink = kind({
  role: 'sink',
  type: 'json',
  label: 'JSON push',
  icon: 'file-json',
  says: 'Posts entities as JSON lists to an address that supports the JSON push protocol.',
  group: 'web',
  runs: 'captured',
  namespaced: true,
  fields: [
    system(['system:url', 'system:microservice', 'system:rest']),
    textField('url', 'The address to post to, relative to the system.', required),
    positiveInteger('batch_size', 'How many entities to send in one request.', { aim: 'speed', default: 100 }),
    textMap('headers', 'Headers for each request.', { aim: 'connection', advanced: true }),
    comment,
  ],
  template: { type: 'json', system: '', url: '' },
  example: {
    config: { type: 'json', system: 'crm', url: 'customers' },
    system: { _id: 'crm', type: 'system:url', url_pattern: 'https://crm.example.org/%s' },
    takes: [
      { _id: '7', name: 'Ada Lovelace' },
      { _id: '8', _deleted: true },
    ],
    sends: [
      'POST https://crm.example.org/customers\nContent-Type: application/json\n\n[{"_id":"7","name":"Ada Lovelace"},\n{"_id":"8","_deleted":true}]',
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-json.rst',
  /** One POST request a batch. */
  open: (part, context) => here(payloadSink(part, context, 100, (batch) => [entitiesRequest(part, context, batch)])),
})
