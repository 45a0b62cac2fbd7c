/** Fields that several kinds of systems have in common. */
import type { Field } from './define.ts'
import { advanced, inSesam, integerField, secondsField, textField } from './field.ts'
import { comment, proseType } from './shared-fields.ts'

/** User name, password and method of servers that ask for them. */
export const loginFields: readonly Field[] = [
  textField('username', 'The user to log in as.', { aim: 'sign-in' }),
  {
    name: 'password',
    type: { is: 'secret' },
    aim: 'sign-in',
    says: 'The password of the user; best given as $SECRET(name).',
  },
]

/** Time limits of connections. */
export const timeouts: readonly Field[] = [
  {
    ...secondsField('connect_timeout', 'How long to wait for a connection.', { ...advanced, aim: 'connection' }),
    default: 60,
  },
  {
    ...secondsField('read_timeout', 'How long to wait for an answer.', { ...advanced, aim: 'connection' }),
    default: 1800,
  },
]

/** `retry_strategy` of systems that speak HTTP: settings of the pump by the status of the answer. */
export const retryStrategy: Field = {
  name: 'retry_strategy',
  type: {
    is: 'map',
    keys: 'status-codes',
    of: {
      is: 'object',
      fields: [
        integerField('max_read_retries', 'How many times to try again when reading fails.', { aim: 'failures' }),
        secondsField('read_retry_delay', 'How long to wait before reading again.', { aim: 'failures' }),
        secondsField('write_retry_delay', 'How long to wait before writing again.', { aim: 'failures' }),
        integerField('max_retries_per_entity', 'How many times an entity that could not be written is tried again.', {
          aim: 'failures',
        }),
        integerField('max_consecutive_write_errors', 'After how many write errors in a row the run ends.', {
          aim: 'failures',
        }),
        integerField('max_write_errors_in_retry_dataset', 'How many failed entities may wait for another try.', {
          aim: 'failures',
        }),
        integerField('batch_retries', 'How many times a batch is tried again.', { aim: 'failures' }),
      ],
    },
  },
  aim: 'failures',
  says: 'How to try again, by the status of the answer (such as 429 or 500-599); default stands for all others.',
  advanced: true,
}

/** Properties of every system. */
export const systemFields: readonly Field[] = [
  textField('_id', 'The name of the system, by which pipes refer to it.', { required: true }),
  textField('name', 'A name for people.', { ...advanced, aim: 'about' }),
  {
    name: 'description',
    type: proseType,
    aim: 'about',
    says: 'What the system is, for people.',
    advanced: true,
  },
  comment,
  {
    name: 'metadata',
    type: { is: 'json' },
    aim: 'about',
    says: 'Anything else worth knowing of the system.',
    advanced: true,
  },
  inSesam(
    integerField('worker_threads', 'How many pipes may use the system at the same time.', {
      aim: 'speed',
      default: 10,
      advanced: true,
    }),
  ),
  inSesam({
    name: 'permissions',
    type: { is: 'json' },
    aim: 'about',
    says: 'Who may do what: a list of access rules.',
    advanced: true,
  }),
  {
    name: '$conditional_properties',
    type: { is: 'json' },
    aim: 'about',
    says: 'Properties that depend on a condition.',
    advanced: true,
  },
]

/** Properties of all SQL systems besides the ones of their database. */
export const sqlSystemFields: readonly Field[] = [
  textField('timezone', 'The time zone of times that come without one.', {
    aim: 'connection',
    default: 'UTC',
    advanced: true,
  }),
  integerField('pool_size', 'How many connections to keep.', { aim: 'speed', default: 10, advanced: true }),
  integerField('pool_timeout', 'How many seconds to wait for a connection of the pool.', {
    aim: 'speed',
    default: 30,
    advanced: true,
  }),
  integerField('pool_max_overflow', 'How many connections above the pool size are allowed.', {
    aim: 'speed',
    default: 10,
    advanced: true,
  }),
  integerField('pool_recycle', 'After how many seconds a connection is replaced.', {
    aim: 'speed',
    default: 1800,
    advanced: true,
  }),
]

/** Host, port, database and login of a database. */
export function databaseFields(port: number): readonly Field[] {
  return [
    textField('host', 'The server of the database: a name or an address.', { aim: 'connection', required: true }),
    integerField('port', 'The port of the server.', { aim: 'connection', default: port }),
    textField('database', 'The name of the database.', { aim: 'connection', required: true }),
    ...loginFields.map((field) => ({ ...field, required: true })),
  ]
}

/** The names of all SQL system types. */
export const sqlSystems = [
  'system:sqlserver',
  'system:mssql',
  'system:mysql',
  'system:oracle',
  'system:oracle_tns',
  'system:postgresql',
] as const
