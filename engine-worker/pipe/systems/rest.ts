import { kind } from '../define.ts'
import { advanced, jsonField, textList } from '../field.ts'
import { operationFields, rateLimiting, systemFields } from '../shared-fields.ts'
import { urlFields } from './url.ts'

/** configuration-systems-rest.rst */
export const restSystem = kind({
  role: 'system',
  type: 'system:rest',
  label: 'REST service',
  says: 'A REST service with named operations, which pipes call.',
  group: 'web',
  runs: 'fetch',
  fields: [
    ...systemFields,
    ...urlFields,
    {
      name: 'operations',
      type: { is: 'map', of: { is: 'object', fields: operationFields } },
      says: 'The operations by name.',
    },
    ...rateLimiting,
    textList('json_content_types', 'Content types that mean JSON.', { default: ['application/json'], ...advanced }),
    jsonField('custom_auth', 'How to get tokens by operations of the service itself. Experimental in Sesam.', advanced),
  ],
  template: {
    _id: '',
    type: 'system:rest',
    url_pattern: 'https://example.org/%s',
    operations: { get: { url: '', method: 'GET' } },
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-rest.rst',
})
