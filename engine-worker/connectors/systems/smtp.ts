import { flagField, integerField, secretField, textField } from '../../config/model/field.ts'
import { systemFields } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'

/** configuration-systems-smtp.rst */
export const smtpSystem = kind({
  role: 'system',
  type: 'system:smtp',
  label: 'Mail server',
  icon: 'mail',
  says: 'A server that sends e-mail.',
  group: 'messages',
  runs: 'captured',
  connectionTest: { asks: 'port', host: 'smtp_server', port: 'smtp_port', defaultPort: 25 },
  takesMail: true,
  fields: [
    ...systemFields,
    textField('smtp_server', 'The server.', { aim: 'connection', default: 'localhost' }),
    integerField('smtp_port', 'The port of the server.', { aim: 'connection', default: 25 }),
    textField('smtp_username', 'The user to log in as.', { aim: 'sign-in' }),
    secretField('smtp_password', 'The password of the user.', { aim: 'sign-in' }),
    flagField('use_tls', 'Encrypt the connection.', false, { aim: 'connection' }),
    integerField('max_per_hour', 'How many messages may be sent in an hour; the rest is dropped.', {
      aim: 'speed',
      default: 1000,
    }),
  ],
  template: { _id: '', type: 'system:smtp', smtp_server: '' },
  example: {
    config: { _id: 'post', type: 'system:smtp', smtp_server: 'mail.example.org', smtp_port: 587, use_tls: true },
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-smtp.rst',
})
