/** `jwt_token`: a bearer token that does not change (RFC 6750). */
import { secretField } from '../../config/model/field.ts'
import { textSetting } from '../../config/model/setting.ts'
import { authentication } from './define.ts'

/** configuration-systems-url.rst: the token replaces any Authorization header of the system. */
export const jwtAuthentication = authentication({
  name: 'jwt',
  doc: 'documentation/service-configuration/systems/configuration-systems-url.rst#properties',
  fields: [secretField('jwt_token', 'The token for jwt.', { when: { authentication: ['jwt'] } })],
  applies: (system) =>
    textSetting(system, 'authentication', 'jwt') === 'jwt' && (textSetting(system, 'jwt_token') ?? '') !== '',
  headers: (system) => ({ Authorization: `Bearer ${textSetting(system, 'jwt_token')}` }),
})
