import { advanced, integerField, jsonMap, required, templateField, textField, textList } from '../field.ts'
import { kind } from '../kind.ts'
import { operationFields, rateLimiting, systemFields } from '../shared-fields.ts'
import { urlFields, urlRules } from './url.ts'

const customAuthFields = [
  textField('get_token_operation', 'The operation that gives the access token.', required),
  templateField('expires_at_expression', 'A template that gives the date when the token expires.'),
  templateField('expires_in_expression', 'A template that gives the seconds until the token expires.'),
  integerField('refresh_window', 'How many seconds before it expires a new token is got.', {
    default: 30,
    ...advanced,
  }),
  jsonMap('initial_refresh_token', 'Refresh tokens to begin with, by the name of their property.'),
  textField('get_refresh_token_operation', 'An operation to carry out before, for services that need two.', advanced),
  templateField('refresh_token_expires_at_expression', 'When the answer of that operation expires.', advanced),
  templateField('refresh_token_expires_in_expression', 'Seconds until the answer of that operation expires.', advanced),
  textField('access_token_property', 'The property known to templates as access_token.', {
    ...advanced,
    deprecated: 'Use token.<property> in the templates.',
  }),
  textField('refresh_token_property', 'The property known to templates as refresh_token.', {
    ...advanced,
    deprecated: 'Use token.<property> in the templates.',
  }),
]

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
    {
      name: 'custom_auth',
      type: { is: 'object', fields: customAuthFields },
      says: 'How to get tokens by operations of the service itself; templates know them as token. Experimental in Sesam.',
      advanced: true,
    },
  ],
  rules: urlRules,
  template: {
    _id: '',
    type: 'system:rest',
    url_pattern: 'https://example.org/%s',
    operations: { get: { url: '', method: 'GET' } },
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-rest.rst',
})
