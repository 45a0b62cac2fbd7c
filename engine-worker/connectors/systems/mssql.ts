import { advanced, textField } from '../../config/model/field.ts'
import { databaseFields, sqlSystemFields, systemFields } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'
import { sqlServerTable } from './table-example.ts'

/** configuration-systems-mssql-legacy.rst */
export const mssqlSystem = kind({
  role: 'system',
  type: 'system:mssql',
  alias: ['system:mssql-legacy'],
  label: 'SQL Server (old driver)',
  icon: 'database',
  says: 'A SQL Server database by the older driver.',
  group: 'databases',
  runs: 'supplied',
  connectionTest: { asks: 'port', host: 'host', port: 'port', defaultPort: 1433 },
  fields: [
    ...systemFields,
    ...databaseFields(1433),
    textField('instance', 'The named instance; the port does not count then.', { ...advanced, aim: 'connection' }),
    textField('tds_version', 'The version of the protocol.', { ...advanced, aim: 'connection' }),
    ...sqlSystemFields,
  ],
  template: { _id: '', type: 'system:mssql', host: '', database: '', username: '', password: '$SECRET(password)' },
  example: {
    config: {
      _id: 'erp',
      type: 'system:mssql',
      host: 'erp.example.org',
      database: 'erp',
      username: 'sesam',
      password: '$SECRET(erp)',
    },
    table: sqlServerTable,
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-mssql-legacy.rst',
})
