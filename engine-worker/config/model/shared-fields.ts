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

/** A text for people, of one or more paragraphs. */
export const proseType: Field['type'] = {
  is: 'either',
  of: [
    { is: 'text', multiline: true },
    { is: 'list', of: { is: 'text' } },
  ],
}

/** `comment`, which every part has. */
export const comment: Field = {
  name: 'comment',
  type: proseType,
  aim: 'about',
  says: 'A remark for people who read the configuration; it changes nothing.',
  advanced: true,
}

/** What happens when a source gives nothing at all. */
export const ifSourceEmpty: Field = {
  name: 'if_source_empty',
  type: { is: 'choice', of: ['accept', 'fail'] },
  default: 'accept',
  aim: 'failures',
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
      aim: 'increments',
      says: 'Whether the source can give only what changed since the last run.',
      advanced: true,
    },
    {
      name: 'is_since_comparable',
      type: { is: 'boolean' },
      default: comparable,
      aim: 'increments',
      says: 'Whether two positions of this source can be compared, so that the highest one seen is kept.',
      advanced: true,
    },
    {
      name: 'is_chronological',
      type: { is: 'boolean' },
      default: chronological,
      aim: 'increments',
      says: 'Whether entities come in the order of their changes, so that the position can be kept while reading.',
      advanced: true,
    },
    {
      name: 'initial_since_value',
      type: { is: 'either', of: [{ is: 'text' }, { is: 'integer' }] },
      aim: 'increments',
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
    says: 'The system to use.',
  }
}

/** Signalling between pipes. */
export const supportsSignalling: Field = {
  name: 'supports_signalling',
  type: { is: 'boolean' },
  aim: 'increments',
  says: 'Whether the pipe runs as soon as its input changes. Internal pipes follow the node metadata unless this is set.',
  advanced: true,
}

/** Which of a source's datasets must have been filled before the pipe may run. */
export const population: readonly Field[] = [
  {
    name: 'initial_datasets',
    type: { is: 'list', of: { is: 'reference', to: 'dataset' } },
    aim: 'failures',
    says: 'The datasets that must be populated before this source counts as populated; all of them when absent.',
    advanced: true,
  },
  flagField('ignore_non_existent_datasets', 'Do not wait for initial datasets that do not exist.', true, {
    ...advanced,
    aim: 'failures',
  }),
]

/** `require_populated_input`; its default comes from the node metadata. */
export const requirePopulated: Field = flagField(
  'require_populated_input',
  'Do not run before the datasets that are read have been populated.',
  false,
  { ...advanced, aim: 'failures' },
)

/** `trigger_on` of transforms. */
export const triggerOn: Field = objectField(
  'trigger_on',
  'Work only on entities with this property and value; others pass unchanged. Experimental in Sesam.',
  [
    { name: 'key', type: { is: 'property' }, default: '_trigger', says: 'The property to look at.' },
    { name: 'value', type: { is: 'json' }, required: true, says: 'What it must hold; * stands for anything.' },
  ],
  { ...advanced, aim: 'schedule' },
)

/** Whether a transform changes something outside. */
export function sideEffects(otherwise: boolean): Field {
  return inSesam(
    flagField(
      'side_effects',
      'Whether the transform changes the system that it calls. Previews never call it: they show what it answered the last time.',
      otherwise,
      { ...advanced, aim: 'again' },
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
  aim: 'failures',
  says: 'Log requests and answers in the execution log; an object chooses what exactly.',
  advanced: true,
})

/** What to do when a server asks to slow down. */
export const rateLimiting: readonly Field[] = [
  integerField('rate_limiting_retries', 'How many times to try again when the server answers 429.', {
    ...advanced,
    aim: 'failures',
  }),
  {
    ...secondsField('rate_limiting_delay', 'How long to wait before trying again.', { ...advanced, aim: 'failures' }),
    default: 1,
  },
]

/** Where the answer of a REST operation goes. */
export const responseFields: readonly Field[] = [
  textField('response_property', 'The property that receives the answer.'),
  textField('response_headers_property', 'The property that receives the headers of the answer.', advanced),
  textField('payload_property', 'The part of the answer that holds the entities, with dots between names.'),
  templateField('id_expression', 'A template that makes the _id of an entity that has none, such as {{ id }}.', {
    aim: 'identity',
  }),
  templateField('updated_expression', 'A template that makes the position (_updated) of an entity.', {
    ...advanced,
    aim: 'increments',
  }),
]

/** One operation of a REST system; configuration-systems-rest.rst. */
export const operationFields: readonly Field[] = [
  templateField('url', 'The address, relative to the system; may hold template variables.', { required: true }),
  choiceField('method', ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'], 'The HTTP method.', undefined, {
    required: true,
  }),
  textMap('headers', 'Headers of the request; names and values may be templates.', {
    aim: 'connection',
    template: true,
  }),
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
  integerField('page_size', 'Entities in a full page; needed by the strategy not-full-page.', {
    ...advanced,
    aim: 'speed',
  }),
  statusCodesField('allowed_status_codes', 'Status codes that count as success, such as 200-299,404.', {
    aim: 'failures',
    default: '200-299',
    advanced: true,
  }),
  statusCodesField('ignored_status_codes', 'Status codes whose answers are left out.', {
    ...advanced,
    aim: 'failures',
  }),
  templateField('error_expression', 'A template that gives a message when the answer means an error.', advanced),
  textField('since_property_name', 'The parameter that holds the position.', {
    aim: 'increments',
    default: 'since',
    advanced: true,
  }),
  choiceField('since_property_location', ['query', 'header', 'manual'], 'Where the position is put.', 'query', {
    ...advanced,
    aim: 'increments',
  }),
  ...rateLimiting,
]

/** What every kind of a role has, besides the properties of its own. */
export const commonFields: Readonly<Partial<Record<KindRole, readonly Field[]>>> = {
  source: [
    textField('name', 'A name for people; made of the name of the pipe when absent.', { ...advanced, aim: 'about' }),
    comment,
  ],
  sink: [
    textField('name', 'A name for people; made of the name of the pipe when absent.', { ...advanced, aim: 'about' }),
    comment,
  ],
  pump: [
    textField('name', 'A name for people; made of the name of the pipe when absent.', { ...advanced, aim: 'about' }),
    comment,
  ],
  transform: [sideEffects(false), comment],
}
