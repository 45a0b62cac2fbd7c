/** `authentication: basic`: user and password in a header (RFC 7617). */

import { textSetting } from '../../config/model/setting.ts'
import { loginFields } from '../../config/model/system-fields.ts'
import { authentication } from './define.ts'

/** configuration-systems-url.rst */
export const basicAuthentication = authentication({
  name: 'basic',
  doc: 'documentation/service-configuration/systems/configuration-systems-url.rst#properties',
  fields: loginFields,
  applies: (system) => (textSetting(system, 'authentication') ?? textSetting(system, 'auth')) === 'basic',
  // The two are encoded when the request leaves: until then secrets are names.
  headers: (system) => ({
    Authorization: `Basic ${textSetting(system, 'username', '')}:${textSetting(system, 'password', '')}`,
  }),
})
