import { advanced, flagField } from '../../config/model/field.ts'
import { databaseFields, sqlSystemFields, systemFields } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'
import { oracleTable } from './table-example.ts'

/** configuration-systems-oracle.rst */
export const oracleSystem = kind({
  role: 'system',
  type: 'system:oracle',
  label: 'Oracle',
  icon: 'database',
  says: 'An Oracle database.',
  group: 'databases',
  runs: 'supplied',
  connectionTest: { asks: 'port', host: 'host', port: 'port', defaultPort: 1521 },
  fields: [
    ...systemFields,
    ...databaseFields(1521),
    flagField('coerce_to_decimal', 'Read all numbers as decimals.', false, { ...advanced, aim: 'format' }),
    ...sqlSystemFields,
  ],
  template: { _id: '', type: 'system:oracle', host: '', database: '', username: '', password: '$SECRET(password)' },
  example: {
    config: {
      _id: 'erp',
      type: 'system:oracle',
      host: 'erp.example.org',
      database: 'erp',
      username: 'sesam',
      password: '$SECRET(erp)',
    },
    table: oracleTable,
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-oracle.rst',
})
