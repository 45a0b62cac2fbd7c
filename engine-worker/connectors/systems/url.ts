import { advanced, flagField, longText, textField, textMap } from '../../config/model/field.ts'
import { retryStrategy, systemFields, timeouts } from '../../config/model/system-fields.ts'
import { authenticationFields } from '../auth/kinds.ts'
import { oauth2Authentication } from '../auth/oauth2.ts'
import { kind } from '../kind.ts'

/** Fields of everything that speaks HTTP; REST systems have them too. */
export const urlFields = [
  textField('url_pattern', 'The address; %s stands for what a pipe adds.', { aim: 'connection' }),
  textField('base_url', 'The beginning of all addresses.', {
    aim: 'connection',
    ...advanced,
    deprecated: 'Use url_pattern.',
  }),
  ...authenticationFields(),
  textMap('headers', 'Headers of every request.', { aim: 'connection' }),
  ...oauth2Authentication.fields,
  flagField('verify_ssl', 'Check the certificate of the server.', false, { ...advanced, aim: 'connection' }),
  longText('custom_ca_pem_chain', 'Certificates to check the server with, in PEM form.', {
    ...advanced,
    aim: 'connection',
  }),
  textMap('proxies', 'Proxies by the beginning of addresses.', { ...advanced, aim: 'connection' }),
  flagField('ignore_invalid_content_length_response_header', 'Accept answers with a wrong length.', false, {
    ...advanced,
    aim: 'connection',
  }),
  retryStrategy,
  ...timeouts,
] as const

/** The address is given by one of the two properties. */
export const urlRules = [{ of: ['url_pattern', 'base_url'], need: 'exactly-one' }] as const

/** configuration-systems-url.rst */
export const urlSystem = kind({
  role: 'system',
  type: 'system:url',
  label: 'Web server',
  icon: 'server',
  says: 'A server that pipes read files and entities from, or send them to.',
  group: 'web',
  runs: 'fetch',
  connectionTest: { asks: 'http', address: ['url_pattern', 'base_url'] },
  fields: [...systemFields, ...urlFields],
  rules: urlRules,
  template: { _id: '', type: 'system:url', url_pattern: 'https://example.org/%s' },
  example: {
    config: {
      _id: 'crm',
      type: 'system:url',
      url_pattern: 'https://crm.example.org/%s',
      authentication: 'basic',
      username: 'sesam',
      password: '$SECRET(crm)',
    },
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-url.rst',
})
