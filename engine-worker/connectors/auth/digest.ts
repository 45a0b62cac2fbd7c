/** `authentication: digest`: needs the challenge of a first response, which browsers keep for themselves. */

import { text } from '../../config/model/setting.ts'
import { loginFields } from '../../config/model/system-fields.ts'
import { authentication } from './define.ts'

export const digestAuthentication = authentication({
  name: 'digest',
  fields: loginFields,
  applies: (system) => text(system, 'authentication') === 'digest',
  sesamOnly: true,
})
