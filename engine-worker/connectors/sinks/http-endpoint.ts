import type { Field } from '../../config/model/define.ts'
import { advanced, choiceField, textField } from '../../config/model/field.ts'
import { comment } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { entitiesFile } from './entities-request.ts'
import { publishingSink } from './payload-sink.ts'

/** How browsers are told to treat what an endpoint gives. */
export const download: readonly Field[] = [
  textField('filename', 'The name under which a browser saves the data.'),
  choiceField('content_disposition', ['attachment', 'inline'], 'Whether a browser saves or shows it.', 'attachment', {
    ...advanced,
    aim: 'format',
  }),
]

/** configuration-sinks-http.rst */
export const httpEndpointSink = kind({
  role: 'sink',
  type: 'http_endpoint',
  label: 'HTTP endpoint',
  icon: 'inbox',
  says: 'Publishes the entities as JSON at the address of the pipe.',
  group: 'web',
  runs: 'here',
  namespaced: true,
  fields: [...download, comment],
  template: { type: 'http_endpoint' },
  example: {
    config: { type: 'http_endpoint' },
    takes: [{ _id: '7', name: 'Ada Lovelace' }],
    sends: ['Content-Type: application/json\nContent-Disposition: inline\n\n[{"_id":"7","name":"Ada Lovelace"}]'],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-http.rst',
  /** Everything there is, as one JSON list. */
  open: (part, context) => here(publishingSink(part, context, 'application/json', 'json', entitiesFile)),
})
