/** `authentication: ntlm`: Windows' own login, bound to one connection. */

import { textSetting } from '../../config/model/setting.ts'
import { loginFields } from '../../config/model/system-fields.ts'
import { authentication } from './define.ts'

export const ntlmAuthentication = authentication({
  name: 'ntlm',
  fields: loginFields,
  applies: (system) => textSetting(system, 'authentication') === 'ntlm',
  sesamOnly: true,
})
