import {
  advanced,
  choiceField,
  flagField,
  integerField,
  jsonMap,
  longText,
  objectField,
  secretField,
  textField,
  textMap,
  textOrList,
} from '../field.ts'
import { kind } from '../kind.ts'
import { login, retryStrategy, systemFields, timeouts } from '../shared-fields.ts'

/** Fields of everything that speaks HTTP; REST systems have them too. */
export const urlFields = [
  textField('url_pattern', 'The address; %s stands for what a pipe adds.'),
  textField('base_url', 'The beginning of all addresses.', { ...advanced, deprecated: 'Use url_pattern.' }),
  choiceField('authentication', ['basic', 'digest', 'ntlm', 'jwt', 'tripletex'], 'How to log in; nothing when absent.'),
  ...login,
  secretField('jwt_token', 'The token for jwt.', { when: { authentication: ['jwt'] } }),
  textMap('headers', 'Headers of every request.'),
  objectField(
    'oauth2',
    'How to get access tokens by OAuth 2.',
    [
      textField('token_url', 'The address that gives tokens.', { required: true }),
      textField('client_id', 'The name of this client.', { required: true }),
      secretField('client_secret', 'The secret of this client.', { required: true }),
      textOrList('scope', 'What the token is to allow.'),
      secretField('refresh_token', 'A token to get others with, for that grant.'),
      secretField('access_token', 'The token to begin with.'),
      integerField('refresh_window', 'How many seconds before its end a token is replaced.', { default: 30 }),
      jsonMap('extra', 'More parameters for the request of a token.'),
    ],
    advanced,
  ),
  objectField(
    'tripletex',
    'How to get access tokens of Tripletex.',
    [
      secretField('consumer_token', 'The token of the consumer.'),
      secretField('employee_token', 'The token of the employee.'),
      textField('token_url', 'The address that gives access tokens.'),
      integerField('ttl', 'How many hours a token is valid.', { default: 48 }),
    ],
    { when: { authentication: ['tripletex'] }, ...advanced },
  ),
  flagField('verify_ssl', 'Check the certificate of the server.', false, advanced),
  longText('custom_ca_pem_chain', 'Certificates to check the server with, in PEM form.', advanced),
  textMap('proxies', 'Proxies by the beginning of addresses.', advanced),
  flagField('ignore_invalid_content_length_response_header', 'Accept answers with a wrong length.', false, advanced),
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
  says: 'A server that pipes read files and entities from, or send them to.',
  group: 'web',
  runs: 'fetch',
  fields: [...systemFields, ...urlFields],
  rules: urlRules,
  template: { _id: '', type: 'system:url', url_pattern: 'https://example.org/%s' },
  doc: 'documentation/service-configuration/systems/configuration-systems-url.rst',
})
