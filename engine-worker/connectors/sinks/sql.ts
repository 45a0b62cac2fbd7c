import {
  advanced,
  choiceField,
  flagField,
  inSesam,
  integerField,
  listField,
  positiveInteger,
  required,
  textField,
  textList,
  textOrList,
} from '../../config/model/field.ts'
import { flagSetting } from '../../config/model/setting.ts'
import { comment, system } from '../../config/model/shared-fields.ts'
import { sqlSystems } from '../../config/model/system-fields.ts'
import { fromNanos } from '../../entity/datetime.ts'
import type { Entity } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { here, systemOf } from '../open-context.ts'
import type { CapturedOutput, RunContext } from '../runtime.ts'
import { exampleDatabase } from '../systems/table-example.ts'
import { payloadSink } from './payload-sink.ts'
import { createTable, dropTable, sqlTable, statementFor } from './sql-text.ts'

const columnTypes = ['string', 'integer', 'decimal', 'float', 'binary', 'datetime', 'date', 'time', 'uuid', 'boolean']

/** configuration-sinks-sql.rst */
export const sqlSink = kind({
  role: 'sink',
  type: 'sql',
  label: 'SQL table',
  icon: 'table',
  says: 'Writes each entity as a row of a table; deleted entities remove their row.',
  group: 'databases',
  runs: 'captured',
  namespaced: true,
  fields: [
    system(sqlSystems),
    textField('table', 'The table to write, without its schema.', required),
    textField('schema', 'The schema of the table.', advanced),
    textOrList('primary_key', 'The column or columns that identify a row.', { aim: 'identity' }),
    textField('timestamp', 'The column that receives the time of writing, where the table has it.', {
      aim: 'storage',
      default: 'sesam-timestamp',
      advanced: true,
    }),
    positiveInteger('batch_size', 'How many rows to write at once; 1000 with bulk operations.', {
      aim: 'speed',
      default: 100,
    }),
    flagField('create_table_if_missing', 'Create the table on the first run; needs a schema definition.', false, {
      aim: 'storage',
    }),
    listField(
      'schema_definition',
      'The columns of the table.',
      {
        is: 'object',
        fields: [
          textField('source_property', 'The property of the entity.', required),
          textField('name', 'The name of the column.', { ...required, aim: 'about' }),
          choiceField('type', columnTypes, 'What the column holds.', 'string'),
          flagField('primary_key', 'Whether it identifies the row.', false, { aim: 'identity' }),
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
      { ...advanced, aim: 'storage' },
    ),
    flagField('truncate_table_on_first_run', 'Empty the table on the first run.', false, {
      ...advanced,
      aim: 'storage',
    }),
    flagField('recreate_table_on_first_run', 'Drop and create the table on the first run.', false, {
      ...advanced,
      aim: 'storage',
    }),
    flagField('use_bulk_operations', 'Load data in bulk where the database can.', false, { ...advanced, aim: 'speed' }),
    inSesam(
      flagField('keep_failed_bulk_operation_files', 'Keep the files of a bulk operation that failed.', false, {
        ...advanced,
        aim: 'speed',
      }),
    ),
    inSesam(
      integerField('bulk_operation_timeout', 'How many seconds a bulk operation may take.', {
        aim: 'speed',
        default: 600,
        advanced: true,
      }),
    ),
    inSesam(
      integerField('bulk_operation_queue_size', 'How many bulk batches may wait.', {
        aim: 'speed',
        default: 3,
        advanced: true,
      }),
    ),
    inSesam(
      integerField('bulk_operation_buffer_size', 'How many bytes of a bulk file to hold in memory.', {
        aim: 'speed',
        default: 50000000,
        advanced: true,
      }),
    ),
    inSesam(
      textField('bulk_schema', 'The schema for temporary tables of bulk operations.', { ...advanced, aim: 'speed' }),
    ),
    inSesam(
      flagField('skip_identity_columns', 'Leave out columns that the database numbers itself.', false, {
        ...advanced,
        aim: 'storage',
      }),
    ),
    inSesam(
      flagField('remove_pk_char_trailing_spaces', 'Ignore spaces at the end of text keys.', true, {
        ...advanced,
        aim: 'format',
      }),
    ),
    textList('whitelist', 'Properties to write.', { advanced: true, deprecated: 'Choose properties in the DTL.' }),
    textList('blacklist', 'Properties not to write.', { advanced: true, deprecated: 'Choose properties in the DTL.' }),
    comment,
  ],
  template: { type: 'sql', system: '', table: '', primary_key: '' },
  example: {
    config: { type: 'sql', system: 'erp', table: 'customer', primary_key: '_id' },
    system: exampleDatabase,
    takes: [
      { _id: '7', name: 'Ada Lovelace' },
      { _id: '8', _deleted: true },
    ],
    sends: [
      `INSERT INTO "customer" ("_id", "name") VALUES ('7', 'Ada Lovelace') ON CONFLICT ("_id") DO UPDATE SET "name" = 'Ada Lovelace';`,
      `DELETE FROM "customer" WHERE "_id" = '8';`,
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-sql.rst',
  /** One statement an entity; what prepares the table comes before the first of a run from the beginning. */
  open: (part, context) => {
    const table = sqlTable(part.config, systemOf(part, context)?.type ?? '')
    const size = flagSetting(part.config, 'use_bulk_operations', false) ? 1000 : 100
    const isEnabled = (name: string) => flagSetting(part.config, name, false)
    const capturedStatement = (text: string): CapturedOutput => ({
      kind: 'statement',
      contentType: 'application/sql',
      text: `${text};`,
    })
    const prepare = () =>
      [
        ...(isEnabled('create_table_if_missing') && isEnabled('recreate_table_on_first_run') ? [dropTable(table)] : []),
        ...(isEnabled('create_table_if_missing') ? createTable(table) : []),
        ...(isEnabled('truncate_table_on_first_run') ? [`TRUNCATE TABLE ${table.name}`] : []),
      ].map(capturedStatement)
    const send = (batch: readonly Entity[], running: RunContext) => {
      const now = fromNanos(running.environment.now())
      return batch.map((entity) => capturedStatement(statementFor(entity, table, now)))
    }
    return here({ ...payloadSink(part, context, size, send), prepare })
  },
})
