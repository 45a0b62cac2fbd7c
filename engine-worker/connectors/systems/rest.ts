import { advanced, textList } from '../../config/model/field.ts'
import { operationFields, rateLimiting } from '../../config/model/shared-fields.ts'
import { systemFields } from '../../config/model/system-fields.ts'
import { customAuthentication } from '../auth/custom.ts'
import { kind } from '../kind.ts'
import { urlFields, urlRules } from './url.ts'

/** configuration-systems-rest.rst */
export const restSystem = kind({
  role: 'system',
  type: 'system:rest',
  label: 'REST service',
  icon: 'globe',
  says: 'A REST service with named operations, which pipes call.',
  group: 'web',
  runs: 'fetch',
  connectionTest: { asks: 'http', address: ['url_pattern', 'base_url'] },
  fields: [
    ...systemFields,
    ...urlFields,
    {
      name: 'operations',
      type: { is: 'map', of: { is: 'object', fields: operationFields } },
      says: 'The operations by name.',
    },
    ...rateLimiting,
    textList('json_content_types', 'Content types that mean JSON.', {
      aim: 'connection',
      default: ['application/json'],
      ...advanced,
    }),
    ...customAuthentication.fields,
  ],
  rules: urlRules,
  template: {
    _id: '',
    type: 'system:rest',
    url_pattern: 'https://example.org/%s',
    operations: { get: { url: '', method: 'GET' } },
  },
  example: {
    config: {
      _id: 'crm',
      type: 'system:rest',
      url_pattern: 'https://crm.example.org/api/%s',
      authentication: 'jwt',
      jwt_token: '$SECRET(crm)',
      operations: {
        customers: { url: 'customers', method: 'GET', payload_property: 'items', id_expression: '{{ id }}' },
        update: { url: 'customers/{{ properties.number }}', method: 'PUT', payload_type: 'json' },
      },
    },
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-rest.rst',
})
