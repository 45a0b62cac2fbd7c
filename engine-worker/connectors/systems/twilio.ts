import { advanced, integerField, secretField, textField } from '../../config/model/field.ts'
import { systemFields } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'

/** configuration-systems-twilio.rst */
export const twilioSystem = kind({
  role: 'system',
  type: 'system:twilio',
  label: 'Twilio',
  says: 'A service that sends text messages.',
  group: 'messages',
  runs: 'captured',
  fields: [
    ...systemFields,
    textField('account', 'The number of the account.', { required: true }),
    secretField('token', 'The token of the account.', { required: true }),
    integerField('max_per_hour', 'How many messages may be sent in an hour; the rest is dropped.', { default: 1000 }),
    textField('proxy', 'A SOCKS5 proxy.', advanced),
  ],
  template: { _id: '', type: 'system:twilio', account: '', token: '$SECRET(token)' },
  doc: 'documentation/service-configuration/systems/configuration-systems-twilio.rst',
})
