import type { Entity } from '../../entity/value.ts'
import { kind } from '../define.ts'
import {
  advanced,
  choiceField,
  flagField,
  integerField,
  listOf,
  positiveInteger,
  required,
  textField,
  textList,
  textOrList,
} from '../field.ts'
import { here, type OpenSink, systemOf } from '../making.ts'
import type { Captured } from '../runtime.ts'
import { flag } from '../setting.ts'
import { comment, sqlSystems, system } from '../shared-fields.ts'
import { captures } from './outside.ts'
import { createTable, statementFor, tableOf } from './sql-text.ts'

const columnTypes = ['string', 'integer', 'decimal', 'float', 'binary', 'datetime', 'date', 'time', 'uuid', 'boolean']

/** configuration-sinks-sql.rst */
export const sqlSink = kind({
  role: 'sink',
  type: 'sql',
  label: 'SQL table',
  says: 'Writes each entity as a row of a table; deleted entities remove their row.',
  group: 'databases',
  runs: 'captured',
  fields: [
    system(sqlSystems),
    textField('table', 'The table to write, without its schema.', required),
    textField('schema', 'The schema of the table.', advanced),
    textOrList('primary_key', 'The column or columns that identify a row.'),
    textField('timestamp', 'The column that receives the time of writing.', {
      default: 'sesam-timestamp',
      advanced: true,
    }),
    positiveInteger('batch_size', 'How many rows to write at once; 1000 with bulk operations.', { default: 100 }),
    flagField('create_table_if_missing', 'Create the table on the first run; needs a schema definition.', false),
    listOf(
      'schema_definition',
      'The columns of the table.',
      {
        is: 'object',
        fields: [
          textField('source_property', 'The property of the entity.', required),
          textField('name', 'The name of the column.', required),
          choiceField('type', columnTypes, 'What the column holds.', 'string'),
          flagField('primary_key', 'Whether it identifies the row.', false),
          flagField('allow_null', 'Whether it may be empty.', true),
          flagField('index', 'Whether to make an index.', false),
          integerField('max_size', 'The longest text.'),
          integerField('min_size', 'The shortest text.'),
          integerField('max_value', 'The largest number.'),
          integerField('min_value', 'The smallest number.'),
          integerField('precision', 'Digits of a decimal.'),
          integerField('scale', 'Digits after the point.'),
          { name: 'default', type: { is: 'json' }, says: 'The value when the property is missing.' },
        ],
      },
      advanced,
    ),
    flagField('truncate_table_on_first_run', 'Empty the table on the first run.', false, advanced),
    flagField('recreate_table_on_first_run', 'Drop and create the table on the first run.', false, advanced),
    flagField('use_bulk_operations', 'Load data in bulk where the database can.', false, advanced),
    flagField('keep_failed_bulk_operation_files', 'Keep the files of a bulk operation that failed.', false, advanced),
    integerField('bulk_operation_timeout', 'How many seconds a bulk operation may take.', {
      default: 600,
      advanced: true,
    }),
    integerField('bulk_operation_queue_size', 'How many bulk batches may wait.', { default: 3, advanced: true }),
    integerField('bulk_operation_buffer_size', 'How many bytes of a bulk file to hold in memory.', {
      default: 50000000,
      advanced: true,
    }),
    textField('bulk_schema', 'The schema for temporary tables of bulk operations.', advanced),
    flagField('skip_identity_columns', 'Leave out columns that the database numbers itself.', false, advanced),
    flagField('remove_pk_char_trailing_spaces', 'Ignore spaces at the end of character keys.', true, advanced),
    textList('whitelist', 'Properties to write.', { advanced: true, deprecated: 'Choose properties in the DTL.' }),
    textList('blacklist', 'Properties not to write.', { advanced: true, deprecated: 'Choose properties in the DTL.' }),
    comment,
  ],
  template: { type: 'sql', system: '', table: '', primary_key: '' },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-sql.rst',
})

/** One statement an entity; what prepares the table comes before the first. */
export const openSqlSink: OpenSink = (part, making) => {
  const table = tableOf(part.config, systemOf(part, making)?.type ?? '')
  let prepared = false
  const size = flag(part.config, 'use_bulk_operations', false) ? 1000 : 100
  const send = (batch: readonly Entity[]): Captured[] => {
    const statements = batch.map((entity) => statementFor(entity, table))
    if (!prepared) {
      prepared = true
      if (flag(part.config, 'recreate_table_on_first_run', false))
        statements.unshift(`DROP TABLE IF EXISTS ${table.name}`)
      if (flag(part.config, 'create_table_if_missing', false)) statements.unshift(createTable(table))
      if (flag(part.config, 'truncate_table_on_first_run', false)) statements.unshift(`TRUNCATE TABLE ${table.name}`)
    }
    return statements.map((text) => ({ kind: 'statement', contentType: 'application/sql', text: `${text};` }))
  }
  return here(captures(part, making, size, send))
}
