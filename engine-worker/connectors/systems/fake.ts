import { systemFields } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'

/** The system of made-up entities; not documented any more, but old configurations have it. */
export const fakeSystem = kind({
  role: 'system',
  type: 'system:fake',
  label: 'Made-up entities',
  icon: 'sparkles',
  says: 'Stands for no real system.',
  group: 'data',
  runs: 'supplied',
  connectionTest: { asks: 'nothing', because: 'made-up' },
  fields: systemFields,
  template: { _id: '', type: 'system:fake' },
  example: {
    config: { _id: 'made-up', type: 'system:fake' },
  },
  doc: 'documentation/service-configuration/systems/configuration-systems.rst',
})
