import { advanced, choiceField, flagField, jsonMap, required, textField } from '../../config/model/field.ts'
import { positionToReadFrom, sinceStrategy } from '../../config/model/setting.ts'
import {
  comment,
  continuation,
  ifSourceEmpty,
  operationFields,
  rateLimiting,
  responseFields,
  system,
  trace,
} from '../../config/model/shared-fields.ts'
import type { Part } from '../../config/project/effective.ts'
import type { Entity } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { type OpenContext, systemOf } from '../open-context.ts'
import { operationOf } from '../operation.ts'
import { pagesOf } from '../pagination.ts'
import { bodyOf, entitiesIn, entityValues, type ResponseSettings, renderedId } from '../response.ts'
import type { RunContext } from '../runtime.ts'
import { templateOptions } from '../template.ts'
import { inBatches, openOutside } from './supply.ts'

/** configuration-sources-rest.rst */
export const restSource = kind({
  role: 'source',
  type: 'rest',
  label: 'REST',
  icon: 'globe',
  says: 'Reads entities from the answers of an operation of a REST system, page by page.',
  group: 'web',
  runs: 'fetch',
  fields: [
    system(['system:rest']),
    textField('operation', 'The operation to use.', required),
    {
      name: 'operations',
      type: { is: 'map', of: { is: 'object', fields: operationFields } },
      says: 'Operations of this source; they take precedence over those of the system.',
      advanced: true,
    },
    jsonMap('properties', 'Values for the templates of the operation, as properties.name.'),
    { name: 'payload', type: { is: 'json' }, says: 'The body of the request; may be a template.', template: true },
    ...responseFields,
    flagField('response_include_content_type', 'Add the content type of the answer as content-type.', false, {
      ...advanced,
      aim: 'format',
    }),
    textField('since_property_name', 'The parameter that holds the position.', { ...advanced, aim: 'increments' }),
    choiceField('since_property_location', ['query', 'header', 'manual'], 'Where the position is put.', undefined, {
      ...advanced,
      aim: 'increments',
    }),
    ...rateLimiting,
    trace,
    ifSourceEmpty,
    ...continuation(false, true, false),
    comment,
  ],
  template: { type: 'rest', system: '', operation: 'get' },
  example: {
    config: { type: 'rest', system: 'crm', operation: 'customers' },
    system: {
      _id: 'crm',
      type: 'system:rest',
      url_pattern: 'https://crm.example.org/api/%s',
      operations: {
        customers: { url: 'customers', method: 'GET', payload_property: 'items', id_expression: '{{ id }}' },
      },
    },
    reads: ['{"items": [{"id": 7, "name": "Ada Lovelace"}, {"id": 8, "name": "Grace Hopper"}], "total": 2}'],
    gives: [
      { _id: '7', id: 7, name: 'Ada Lovelace' },
      { _id: '8', id: 8, name: 'Grace Hopper' },
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-rest.rst',
  /** Supplied entities (or a recorded body), or the pages of the operation. */
  open: (part, context) => {
    return openOutside(part, context, {
      parse: (source) => parseBody(source, part, context),
      since: [false, true, false],
      fetch: entityPages,
      identify: (entity) => renderedId(settingsOf(part, context), entityValues(entity)),
    })
  },
})

function settingsOf(part: Part, context: OpenContext): ResponseSettings {
  return { part, operation: operationOf(part, context), system: systemOf(part, context)?.config ?? {} }
}

function parseBody(source: string, part: Part, context: OpenContext): Entity[] {
  const settings = settingsOf(part, context)
  const answer = { status: 200, text: source, headers: {}, url: '' }
  return entitiesIn(bodyOf(answer, settings), answer, settings, {})
}

async function* entityPages(
  part: Part,
  context: OpenContext,
  running: RunContext,
  since: unknown,
): AsyncIterable<readonly Entity[]> {
  const settings = settingsOf(part, context)
  const position = positionToReadFrom(part.config, sinceStrategy(part.config, false, true, false) !== null, since)
  const { operation } = settings
  const request = { part, operation, system: systemOf(part, context), context, running }
  const rendering = { ...settings, options: templateOptions(running.environment) }
  for await (const { answer, body, values } of pagesOf(settings, request, { since: position })) {
    yield* inBatches(entitiesIn(body, answer, rendering, values))
  }
}
