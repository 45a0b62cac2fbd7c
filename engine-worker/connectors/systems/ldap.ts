import { advanced, flagField, integerField, longText, textField } from '../../config/model/field.ts'
import { loginFields, systemFields, timeouts } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'

/** configuration-systems-ldap.rst */
export const ldapSystem = kind({
  role: 'system',
  type: 'system:ldap',
  label: 'LDAP directory',
  icon: 'users',
  says: 'A directory such as Active Directory.',
  group: 'databases',
  runs: 'supplied',
  connectionTest: { asks: 'port', host: 'host', port: 'port', defaultPort: 389 },
  fields: [
    ...systemFields,
    textField('host', 'The server: a name, not an address with ldap://.', { aim: 'connection', default: 'localhost' }),
    integerField('port', 'The port of the server.', { aim: 'connection', default: 389 }),
    ...loginFields,
    flagField('use_ssl', 'Encrypt the connection.', false, { aim: 'connection' }),
    flagField('verify_ssl', 'Check the certificate of the server.', true, { ...advanced, aim: 'connection' }),
    longText('custom_ca_pem_chain', 'Certificates to check the server with, in PEM form.', {
      ...advanced,
      aim: 'connection',
    }),
    textField('charset', 'The character set of the directory.', { aim: 'connection', default: 'latin-1', ...advanced }),
    ...timeouts,
  ],
  template: { _id: '', type: 'system:ldap', host: '' },
  example: {
    config: {
      _id: 'directory',
      type: 'system:ldap',
      host: 'ldap.example.org',
      username: 'reader',
      password: '$SECRET(directory)',
    },
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-ldap.rst',
})
