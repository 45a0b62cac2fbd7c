/** `authentication: digest`: needs the challenge of a first response, which browsers keep for themselves. */

import { textSetting } from '../../config/model/setting.ts'
import { loginFields } from '../../config/model/system-fields.ts'
import { authentication } from './define.ts'

export const digestAuthentication = authentication({
  name: 'digest',
  doc: 'documentation/service-configuration/systems/configuration-systems-url.rst#properties',
  fields: loginFields,
  applies: (system) => textSetting(system, 'authentication') === 'digest',
  sesamOnly: true,
})
