import { advanced, flagField, textField } from '../../config/model/field.ts'
import { loginFields, sqlSystemFields, systemFields } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'
import { oracleTable } from './table-example.ts'

/** configuration-systems-oracle-tns.rst */
export const oracleTnsSystem = kind({
  role: 'system',
  type: 'system:oracle_tns',
  label: 'Oracle by TNS name',
  icon: 'database',
  says: 'An Oracle database found by its TNS name.',
  group: 'databases',
  runs: 'supplied',
  connectionTest: { asks: 'nothing', because: 'tns' },
  fields: [
    ...systemFields,
    textField('tns_name', 'The TNS name of the database.', { aim: 'connection', required: true }),
    ...loginFields.map((field) => ({ ...field, required: true })),
    flagField('coerce_to_decimal', 'Read all numbers as decimals.', false, { ...advanced, aim: 'format' }),
    textField('charset', 'The character set of the connection.', { ...advanced, aim: 'connection' }),
    ...sqlSystemFields,
  ],
  template: { _id: '', type: 'system:oracle_tns', tns_name: '', username: '', password: '$SECRET(password)' },
  example: {
    config: { _id: 'erp', type: 'system:oracle_tns', tns_name: 'ERP', username: 'sesam', password: '$SECRET(erp)' },
    table: oracleTable,
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-oracle-tns.rst',
})
