import { choiceField } from '../../config/model/field.ts'
import { databaseFields, sqlSystemFields, systemFields } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'
import { sqlServerTable } from './table-example.ts'

/** configuration-systems-mssql.rst */
export const sqlserverSystem = kind({
  role: 'system',
  type: 'system:sqlserver',
  alias: ['system:mssql-azure-dw'],
  label: 'SQL Server',
  icon: 'database',
  says: 'A SQL Server or Azure Synapse database.',
  group: 'databases',
  runs: 'supplied',
  connectionTest: { asks: 'port', host: 'host', port: 'port', defaultPort: 1433 },
  fields: [
    ...systemFields,
    ...databaseFields(1433),
    choiceField('dialect', ['sql-server', 'synapse'], 'Which of the two servers it is.', 'sql-server'),
    ...sqlSystemFields,
  ],
  template: { _id: '', type: 'system:sqlserver', host: '', database: '', username: '', password: '$SECRET(password)' },
  example: {
    config: {
      _id: 'erp',
      type: 'system:sqlserver',
      host: 'erp.example.org',
      database: 'erp',
      username: 'sesam',
      password: '$SECRET(erp)',
    },
    table: sqlServerTable,
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-mssql.rst',
})
