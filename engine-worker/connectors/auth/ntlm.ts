/** `authentication: ntlm`: Windows' own login, bound to one connection. */

import { text } from '../setting.ts'
import { loginFields } from '../shared-fields.ts'
import { authentication } from './define.ts'

export const ntlmAuthentication = authentication({
  name: 'ntlm',
  fields: loginFields,
  applies: (system) => text(system, 'authentication') === 'ntlm',
  sesamOnly: true,
})
