import { advanced, choiceField } from '../../config/model/field.ts'
import { databaseFields, sqlSystemFields, systemFields } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'
import { exampleDatabase, postgresqlTable } from './table-example.ts'

/** configuration-systems-postgresql.rst */
export const postgresqlSystem = kind({
  role: 'system',
  type: 'system:postgresql',
  label: 'PostgreSQL',
  icon: 'database',
  says: 'A PostgreSQL database.',
  group: 'databases',
  runs: 'supplied',
  connectionTest: { asks: 'port', host: 'host', port: 'port', defaultPort: 5432 },
  fields: [
    ...systemFields,
    ...databaseFields(5432),
    choiceField(
      'sslmode',
      ['disable', 'allow', 'prefer', 'require'],
      'Whether the connection is encrypted.',
      'prefer',
      { ...advanced, aim: 'connection' },
    ),
    ...sqlSystemFields,
  ],
  template: { _id: '', type: 'system:postgresql', host: '', database: '', username: '', password: '$SECRET(password)' },
  example: {
    config: exampleDatabase,
    table: postgresqlTable,
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-postgresql.rst',
})
