/** `authentication: tripletex`: session tokens of Tripletex, which Sesam gets and renews by itself. */
import { advanced, integerField, objectField, secretField, textField } from '../../config/model/field.ts'
import { textSetting } from '../../config/model/setting.ts'
import { authentication } from './define.ts'

/** configuration-systems-url.rst */
export const tripletexAuthentication = authentication({
  name: 'tripletex',
  doc: 'documentation/data-synchronization/authentication-schemes-pattern.rst#tripletex-authentication',
  fields: [
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
  ],
  applies: (system) => textSetting(system, 'authentication') === 'tripletex',
  sesamOnly: true,
})
