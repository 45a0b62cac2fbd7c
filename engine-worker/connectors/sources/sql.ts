import {
  advanced,
  flagField,
  inSesam,
  integerField,
  textField,
  textList,
  textOrList,
} from '../../config/model/field.ts'
import { textListSetting, textSetting } from '../../config/model/setting.ts'
import { comment, continuation, ifSourceEmpty, system } from '../../config/model/shared-fields.ts'
import { sqlSystems } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'
import { exampleDatabase } from '../systems/table-example.ts'
import { parseCsv, parseCsvFile } from './csv.ts'
import { openOutside } from './supply.ts'

/** configuration-sources-sql.rst */
export const sqlSource = kind({
  role: 'source',
  type: 'sql',
  label: 'SQL table or query',
  icon: 'table',
  says: 'Makes an entity of each row of a table or of a query.',
  group: 'databases',
  runs: 'supplied',
  namespaced: true,
  fields: [
    system(sqlSystems),
    textField('table', 'The table to read, without its schema.'),
    textField('schema', 'The schema of the table.', advanced),
    textOrList('query', 'A query to read instead of a table.'),
    textOrList('primary_key', 'The column or columns whose values make the _id.', { aim: 'identity' }),
    inSesam(
      textField('updated_column', 'The column that says when a row changed, so that only changed rows are read.', {
        aim: 'increments',
      }),
    ),
    inSesam(
      textOrList('updated_query', 'A query for changed rows; it must use :since.', { ...advanced, aim: 'increments' }),
    ),
    textList('whitelist', 'Columns to take; all when absent.'),
    textList('blacklist', 'Columns to leave out.'),
    inSesam(
      flagField('preserve_null_values', 'Keep columns without a value as null instead of leaving them out.', false, {
        aim: 'format',
      }),
    ),
    inSesam(
      integerField('fetch_size', 'How many rows to get at a time.', { aim: 'speed', default: 1000, advanced: true }),
    ),
    ifSourceEmpty,
    ...continuation(false, true, false),
    inSesam(
      flagField(
        'is_chronological_full',
        'Whether a full run counts as chronological too; by default it does when others do.',
        undefined,
        { ...advanced, aim: 'increments' },
      ),
    ),
    comment,
  ],
  rules: [{ of: ['table', 'query'], need: 'exactly-one' }],
  template: { type: 'sql', system: '', table: '' },
  example: {
    config: { type: 'sql', system: 'erp', table: 'customer', primary_key: 'number' },
    system: exampleDatabase,
    reads: ['number,name,city\n7,Ada Lovelace,Oslo\n'],
    gives: [{ _id: '7', number: '7', name: 'Ada Lovelace', city: 'Oslo' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-sql.rst',
  /** Only on supplied rows: entities as JSON, or the table as CSV. */
  open: (part, context) =>
    openOutside(part, context, {
      parse: parseCsv,
      parseFile: parseCsvFile,
      from: ({ config }) =>
        `the table ${textSetting(config, 'table') ?? textListSetting(config, 'query')?.join(' ') ?? '(none)'}`,
    }),
})
