/** Fields that several kinds have in common. */
import type { Field, KindRole } from './define.ts'
import {
  advanced,
  choiceField,
  flagField,
  inSesam,
  integerField,
  jsonField,
  jsonMap,
  objectField,
  secondsField,
  statusCodesField,
  templateField,
  textField,
  textMap,
} from './field.ts'

/** `comment`, which every part has. */
export const comment: Field = {
  name: 'comment',
  type: {
    is: 'either',
    of: [
      { is: 'text', multiline: true },
      { is: 'list', of: { is: 'text' } },
    ],
  },
  says: 'A remark for people who read the configuration; it changes nothing.',
  advanced: true,
}

/** What happens when a source gives nothing at all. */
export const ifSourceEmpty: Field = {
  name: 'if_source_empty',
  type: { is: 'choice', of: ['accept', 'fail'] },
  default: 'accept',
  says: 'What to do when the source gives no entities: accept deletes what was there before, fail stops the run and keeps it.',
  advanced: true,
}

/** The three properties by which a source says how it goes on where it stopped; configuration-sources.rst. */
export function continuation(supports: boolean, comparable: boolean, chronological: boolean): readonly Field[] {
  return [
    {
      name: 'supports_since',
      type: { is: 'boolean' },
      default: supports,
      says: 'Whether the source can give only what changed since the last run.',
      advanced: true,
    },
    {
      name: 'is_since_comparable',
      type: { is: 'boolean' },
      default: comparable,
      says: 'Whether two positions of this source can be compared, so that the highest one seen is kept.',
      advanced: true,
    },
    {
      name: 'is_chronological',
      type: { is: 'boolean' },
      default: chronological,
      says: 'Whether entities come in the order of their changes, so that the position can be kept while reading.',
      advanced: true,
    },
    {
      name: 'initial_since_value',
      type: { is: 'either', of: [{ is: 'text' }, { is: 'integer' }] },
      says: 'The position to begin with when there is none yet, instead of reading everything.',
      advanced: true,
    },
  ]
}

/** The system of a source or sink. */
export function system(types: readonly string[], required = true): Field {
  return {
    name: 'system',
    type: { is: 'reference', to: 'system', systemTypes: types },
    required,
    unlessAbsolute: 'url',
    says: 'The system to talk to.',
  }
}

/** Signalling between pipes. */
export const supportsSignalling: Field = {
  name: 'supports_signalling',
  type: { is: 'boolean' },
  says: 'Whether the pipe runs as soon as its input changes. Internal pipes follow the node metadata unless this is set.',
  advanced: true,
}

/** Which of a source's datasets must have been filled before the pipe may run. */
export const population: readonly Field[] = [
  {
    name: 'initial_datasets',
    type: { is: 'list', of: { is: 'reference', to: 'dataset' } },
    says: 'The datasets that must be populated before this source counts as populated; all of them when absent.',
    advanced: true,
  },
  flagField('ignore_non_existent_datasets', 'Do not wait for initial datasets that do not exist.', true, advanced),
]

/** `require_populated_input`; its default comes from the node metadata. */
export const requirePopulated: Field = flagField(
  'require_populated_input',
  'Do not run before the datasets that are read have been populated.',
  false,
  advanced,
)

/** `trigger_on` of transforms. */
export const triggerOn: Field = objectField(
  'trigger_on',
  'Work only on entities with this property and value; others pass unchanged. Experimental in Sesam.',
  [
    { name: 'key', type: { is: 'property' }, default: '_trigger', says: 'The property to look at.' },
    { name: 'value', type: { is: 'json' }, required: true, says: 'What it must hold; * stands for anything.' },
  ],
  advanced,
)

/** Whether a transform changes something outside. */
export function sideEffects(otherwise: boolean): Field {
  return inSesam(
    flagField(
      'side_effects',
      'Whether the transform changes the system it talks to. Previews never ask it here: they show what it answered the last time.',
      otherwise,
      advanced,
    ),
  )
}

/** Logging of requests. */
export const trace: Field = inSesam({
  name: 'trace',
  type: {
    is: 'either',
    of: [
      { is: 'boolean' },
      {
        is: 'object',
        fields: [
          flagField('log_request_headers', 'Log the headers of requests.', true),
          integerField('log_request_body_maxsize', 'How many bytes of a request to log.', { default: 100 }),
          flagField('log_response_headers', 'Log the headers of answers.', true),
          integerField('log_response_body_maxsize', 'How many bytes of an answer to log.', { default: 100 }),
          integerField('log_secret_redacted_bytes', 'How many bytes of each secret to hide; -1 hides all.', {
            default: 600,
          }),
        ],
      },
    ],
  },
  default: false,
  says: 'Log requests and answers in the execution log; an object chooses what exactly.',
  advanced: true,
})

/** What to do when a server asks to slow down. */
export const rateLimiting: readonly Field[] = [
  integerField('rate_limiting_retries', 'How often to try again when the server answers 429.', advanced),
  { ...secondsField('rate_limiting_delay', 'How long to wait before trying again.', advanced), default: 1 },
]

/** Where the answer of a REST operation goes. */
export const responseFields: readonly Field[] = [
  textField('response_property', 'The property that receives the answer.'),
  textField('response_headers_property', 'The property that receives the headers of the answer.', advanced),
  textField('payload_property', 'The part of the answer that holds the entities, with dots between names.'),
  templateField('id_expression', 'A template that makes the _id of an entity that has none, such as {{ id }}.'),
  templateField('updated_expression', 'A template that makes the position (_updated) of an entity.', advanced),
]

/** User name, password and method of servers that ask for them. */
export const loginFields: readonly Field[] = [
  textField('username', 'The user to log in as.'),
  { name: 'password', type: { is: 'secret' }, says: 'The password of the user; best given as $SECRET(name).' },
]

/** Time limits of connections. */
export const timeouts: readonly Field[] = [
  { ...secondsField('connect_timeout', 'How long to wait for a connection.', advanced), default: 60 },
  { ...secondsField('read_timeout', 'How long to wait for an answer.', advanced), default: 1800 },
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
        integerField('max_read_retries', 'How often to try again when reading fails.'),
        secondsField('read_retry_delay', 'How long to wait before reading again.'),
        secondsField('write_retry_delay', 'How long to wait before writing again.'),
        integerField('max_retries_per_entity', 'How often an entity that could not be written is tried again.'),
        integerField('max_consecutive_write_errors', 'After how many write errors in a row the run ends.'),
        integerField('max_write_errors_in_retry_dataset', 'How many failed entities may wait for another try.'),
        integerField('batch_retries', 'How often a batch is tried again.'),
      ],
    },
  },
  says: 'How to try again, by the status of the answer (such as 429 or 500-599); default stands for all others.',
  advanced: true,
}

/** Properties of every system. */
export const systemFields: readonly Field[] = [
  textField('_id', 'The name of the system, by which pipes refer to it.', { required: true }),
  textField('name', 'A name for people.', advanced),
  {
    name: 'description',
    type: {
      is: 'either',
      of: [
        { is: 'text', multiline: true },
        { is: 'list', of: { is: 'text' } },
      ],
    },
    says: 'What the system is, for people.',
    advanced: true,
  },
  comment,
  { name: 'metadata', type: { is: 'json' }, says: 'Anything else worth knowing of the system.', advanced: true },
  inSesam(
    integerField('worker_threads', 'How many pipes may use the system at the same time.', {
      default: 10,
      advanced: true,
    }),
  ),
  inSesam({
    name: 'permissions',
    type: { is: 'json' },
    says: 'Who may do what: a list of access rules.',
    advanced: true,
  }),
  {
    name: '$conditional_properties',
    type: { is: 'json' },
    says: 'Properties that depend on a condition.',
    advanced: true,
  },
]

/** Properties of all SQL systems besides the ones of their database. */
export const sqlSystemFields: readonly Field[] = [
  textField('timezone', 'The time zone of times that come without one.', { default: 'UTC', advanced: true }),
  integerField('pool_size', 'How many connections to keep.', { default: 10, advanced: true }),
  integerField('pool_timeout', 'How many seconds to wait for a connection of the pool.', {
    default: 30,
    advanced: true,
  }),
  integerField('pool_max_overflow', 'How many connections above the pool size are allowed.', {
    default: 10,
    advanced: true,
  }),
  integerField('pool_recycle', 'After how many seconds a connection is replaced.', { default: 1800, advanced: true }),
]

/** Host, port, database and login of a database. */
export function databaseFields(port: number): readonly Field[] {
  return [
    textField('host', 'The server of the database: a name or an address.', { required: true }),
    integerField('port', 'The port of the server.', { default: port }),
    textField('database', 'The name of the database.', { required: true }),
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

/** One operation of a REST system; configuration-systems-rest.rst. */
export const operationFields: readonly Field[] = [
  templateField('url', 'The address, relative to the system; may hold template variables.', { required: true }),
  choiceField('method', ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'], 'The HTTP method.', undefined, {
    required: true,
  }),
  textMap('headers', 'Headers of the request; names and values may be templates.', { template: true }),
  jsonMap('params', 'Parameters of the URL; names and values may be templates.', { template: true }),
  choiceField(
    'payload-type',
    ['json', 'json-transit', 'text', 'form', 'multipart-form'],
    'How the payload is written into the request.',
    'json',
  ),
  { name: 'properties', type: { is: 'json' }, says: 'Values for templates that the entity does not give.' },
  jsonField('payload', 'The body of the request when the entity gives none.', { template: true }),
  ...responseFields,
  textField('response_status_property', 'The property that receives the status code.', advanced),
  templateField('next_page_link', 'A template that gives the address of the next page, or nothing at the end.'),
  {
    name: 'next_page_termination_strategy',
    type: {
      is: 'either',
      of: [
        {
          is: 'choice',
          of: [
            'empty-result',
            'same-next-page-link',
            'next-page-link-empty',
            'same-next-page-request',
            'same-response',
            'not-full-page',
          ],
        },
        { is: 'list', of: { is: 'text' } },
      ],
    },
    default: ['next-page-link-empty', 'same-next-page-request', 'same-response'],
    says: 'How the last page is recognised.',
    advanced: true,
  },
  integerField('page_size', 'Entities in a full page; needed by the strategy not-full-page.', advanced),
  statusCodesField('allowed_status_codes', 'Status codes that count as success, such as 200-299,404.', {
    default: '200-299',
    advanced: true,
  }),
  statusCodesField('ignored_status_codes', 'Status codes whose answers are left out.', advanced),
  templateField('error_expression', 'A template that gives a message when the answer means an error.', advanced),
  textField('since_property_name', 'The parameter that carries the position.', { default: 'since', advanced: true }),
  choiceField('since_property_location', ['query', 'header', 'manual'], 'Where the position goes.', 'query', advanced),
  ...rateLimiting,
]

/** What every kind of a role has, besides the properties of its own. */
export const commonFields: Readonly<Partial<Record<KindRole, readonly Field[]>>> = {
  source: [textField('name', 'A name for people; made of the name of the pipe when absent.', advanced), comment],
  sink: [textField('name', 'A name for people; made of the name of the pipe when absent.', advanced), comment],
  pump: [textField('name', 'A name for people; made of the name of the pipe when absent.', advanced), comment],
  transform: [sideEffects(false), comment],
}
