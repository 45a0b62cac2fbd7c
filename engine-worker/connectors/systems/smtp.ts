import { flagField, integerField, secretField, textField } from '../../config/model/field.ts'
import { systemFields } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'

/** configuration-systems-smtp.rst */
export const smtpSystem = kind({
  role: 'system',
  type: 'system:smtp',
  label: 'Mail server',
  says: 'A server that sends e-mail.',
  group: 'messages',
  runs: 'captured',
  takesMail: true,
  fields: [
    ...systemFields,
    textField('smtp_server', 'The server.', { default: 'localhost' }),
    integerField('smtp_port', 'The port of the server.', { default: 25 }),
    textField('smtp_username', 'The user to log in as.'),
    secretField('smtp_password', 'The password of the user.'),
    flagField('use_tls', 'Encrypt the connection.', false),
    integerField('max_per_hour', 'How many messages may be sent in an hour; the rest is dropped.', { default: 1000 }),
  ],
  template: { _id: '', type: 'system:smtp', smtp_server: '' },
  doc: 'documentation/service-configuration/systems/configuration-systems-smtp.rst',
})
