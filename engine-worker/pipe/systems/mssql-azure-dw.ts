import { kind } from '../define.ts'
import { advanced, textField } from '../field.ts'
import { databaseFields, sqlSystemFields, systemFields } from '../shared-fields.ts'

/** configuration-systems-mssql.rst */
export const mssqlAzureDw = kind({
  role: 'system',
  type: 'system:mssql-azure-dw',
  label: 'Azure SQL data warehouse',
  says: 'A Azure SQL data warehouse database.',
  group: 'databases',
  runs: 'supplied',
  fields: [
    ...systemFields,
    ...databaseFields(1433),
    textField('instance', 'The named instance; the port does not count then.', advanced),
    textField('tds_version', 'The version of the protocol.', advanced),
    ...sqlSystemFields,
  ],
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
