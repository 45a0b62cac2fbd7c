import { advanced, choiceField } from '../../config/model/field.ts'
import { databaseFields, sqlSystemFields, systemFields } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'
import { mySqlTable } from './table-example.ts'

/** configuration-systems-mysql.rst */
export const mysqlSystem = kind({
  role: 'system',
  type: 'system:mysql',
  label: 'MySQL',
  icon: 'database',
  says: 'A MySQL database.',
  group: 'databases',
  runs: 'supplied',
  connectionTest: { asks: 'port', host: 'host', port: 'port', defaultPort: 3306 },
  fields: [
    ...systemFields,
    ...databaseFields(3306),
    choiceField('sslmode', ['disabled', 'preferred', 'required'], 'Whether the connection is encrypted.', 'preferred', {
      ...advanced,
      aim: 'connection',
    }),
    ...sqlSystemFields,
  ],
  template: { _id: '', type: 'system:mysql', host: '', database: '', username: '', password: '$SECRET(password)' },
  example: {
    config: {
      _id: 'erp',
      type: 'system:mysql',
      host: 'erp.example.org',
      database: 'erp',
      username: 'sesam',
      password: '$SECRET(erp)',
    },
    table: mySqlTable,
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-mysql.rst',
})
