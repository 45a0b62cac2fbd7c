/** `authentication: ntlm`: Windows' own login, bound to one connection. */

import { text } from '../../config/model/setting.ts'
import { loginFields } from '../../config/model/system-fields.ts'
import { authentication } from './define.ts'

export const ntlmAuthentication = authentication({
  name: 'ntlm',
  fields: loginFields,
  applies: (system) => text(system, 'authentication') === 'ntlm',
  sesamOnly: true,
})
