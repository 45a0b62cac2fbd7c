import { advanced, integerField, secretField, textField } from '../../config/model/field.ts'
import { systemFields } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'

/** configuration-systems-twilio.rst */
export const twilioSystem = kind({
  role: 'system',
  type: 'system:twilio',
  label: 'Twilio',
  icon: 'message',
  says: 'A service that sends text messages.',
  group: 'messages',
  runs: 'captured',
  connectionTest: {
    asks: 'http',
    at: 'https://api.twilio.com/2010-04-01/Accounts/{account}.json',
    login: { user: 'account', password: 'token' },
  },
  fields: [
    ...systemFields,
    textField('account', 'The number of the account.', { aim: 'sign-in', required: true }),
    secretField('token', 'The token of the account.', { aim: 'sign-in', required: true }),
    integerField('max_per_hour', 'How many messages may be sent in an hour; the rest is dropped.', {
      aim: 'speed',
      default: 1000,
    }),
    textField('proxy', 'A SOCKS5 proxy.', { ...advanced, aim: 'connection' }),
  ],
  template: { _id: '', type: 'system:twilio', account: '', token: '$SECRET(token)' },
  example: {
    config: { _id: 'phone', type: 'system:twilio', account: 'AC0', token: '$SECRET(twilio)' },
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-twilio.rst',
})
