import { kind } from '../define.ts'
import { oldSqlServerFields, sqlSystemFields, systemFields } from '../shared-fields.ts'

/** configuration-systems-mssql.rst */
export const mssqlAzureDw = kind({
  role: 'system',
  type: 'system:mssql-azure-dw',
  label: 'Azure SQL data warehouse',
  says: 'An Azure SQL data warehouse.',
  group: 'databases',
  runs: 'supplied',
  fields: [...systemFields, ...oldSqlServerFields, ...sqlSystemFields],
  template: {
    _id: '',
    type: 'system:mssql-azure-dw',
    host: '',
    database: '',
    username: '',
    password: '$SECRET(password)',
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-mssql.rst',
})
