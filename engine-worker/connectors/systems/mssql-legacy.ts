import { kind } from '../define.ts'
import { oldSqlServerFields, sqlSystemFields, systemFields } from '../shared-fields.ts'

/** configuration-systems-mssql-legacy.rst */
export const mssqlLegacy = kind({
  role: 'system',
  type: 'system:mssql-legacy',
  label: 'SQL Server (old driver)',
  says: 'A SQL Server database by the older driver.',
  group: 'databases',
  runs: 'supplied',
  fields: [...systemFields, ...oldSqlServerFields, ...sqlSystemFields],
  template: {
    _id: '',
    type: 'system:mssql-legacy',
    host: '',
    database: '',
    username: '',
    password: '$SECRET(password)',
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-mssql-legacy.rst',
})
