/** `authentication: ntlm`: Windows' own login, bound to one connection. */

import { textSetting } from '../../config/model/setting.ts'
import { loginFields } from '../../config/model/system-fields.ts'
import { authentication } from './define.ts'

export const ntlmAuthentication = authentication({
  name: 'ntlm',
  doc: 'documentation/service-configuration/systems/configuration-systems-url.rst#url-system-example-configurations',
  fields: loginFields,
  applies: (system) => textSetting(system, 'authentication') === 'ntlm',
  sesamOnly: true,
})
