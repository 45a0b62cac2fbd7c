import { advanced, choiceField, flagField, jsonMap, statusCodesField, textField } from '../../config/model/field.ts'
import { flagSetting, textSetting } from '../../config/model/setting.ts'
import {
  comment,
  operationFields,
  rateLimiting,
  responseFields,
  sideEffects,
  system,
  trace,
  triggerOn,
} from '../../config/model/shared-fields.ts'
import type { Part } from '../../config/project/effective.ts'
import { get, put } from '../../entity/dict.ts'
import type { Entity, JsonObject } from '../../entity/value.ts'
import { Fault, type Problem } from '../../problem.ts'
import { kind } from '../kind.ts'
import { type OpenContext, systemOf } from '../open-context.ts'
import { operationOf } from '../operation.ts'
import { pagesOf, type ResponsePage } from '../pagination.ts'
import { addRest, entitiesIn, payloadIn, type ResponseSettings, responseSetting, statusIn } from '../response.ts'
import type { RunContext, StageOutcome } from '../runtime.ts'
import { templateOptions } from '../template.ts'
import { asEntityProblem, plainStage, trigger } from './each-entity.ts'
import { missingAnswers } from './response.ts'

/** configuration-transforms-rest.rst */
export const restTransform = kind({
  role: 'transform',
  type: 'rest',
  label: 'REST',
  icon: 'globe',
  says: 'Calls an operation of a REST system for each entity and adds the answer to it, or continues with the answer instead.',
  more: 'The entity may give operation, properties and payload; what it lacks comes from here or from the system.',
  group: 'web',
  runs: 'fetch',
  sendsRequests: true,
  fields: [
    system(['system:rest']),
    textField('operation', 'The operation for entities that name none.'),
    {
      name: 'operations',
      type: { is: 'map', of: { is: 'object', fields: operationFields } },
      says: 'Operations of this transform; they take precedence over those of the system.',
      advanced: true,
    },
    jsonMap('properties', 'Values for templates of entities without properties.'),
    { name: 'payload', type: { is: 'json' }, says: 'The body for entities without payload.', template: true },
    flagField(
      'replace_entity',
      'Continue with the entities of the answer instead of the entity that the call was for.',
      false,
    ),
    ...responseFields.map((field) => (field.name === 'response_property' ? { ...field, default: 'response' } : field)),
    textField('response_status_property', 'The property that receives the status code.', advanced),
    flagField('response_include_content_type', 'Add the content type of the answer as content-type.', false, {
      ...advanced,
      aim: 'format',
    }),
    statusCodesField('allowed_status_codes', 'Status codes that count as success, such as 200-299,404.', {
      aim: 'failures',
      default: '200-299',
      ...advanced,
    }),
    statusCodesField('ignored_status_codes', 'Status codes whose answers are left out.', {
      ...advanced,
      aim: 'failures',
    }),
    choiceField(
      'if_transform_empty',
      ['accept', 'fail'],
      'What to do when nothing comes out of the transform.',
      'accept',
      { ...advanced, aim: 'failures' },
    ),
    ...rateLimiting,
    sideEffects(true),
    triggerOn,
    trace,
    comment,
  ],
  template: { type: 'rest', system: '', operation: '' },
  example: {
    config: { type: 'rest', system: 'crm', operation: 'address' },
    system: {
      _id: 'crm',
      type: 'system:rest',
      url_pattern: 'https://crm.example.org/api/%s',
      operations: { address: { url: 'customers/{{ entity._id }}/address', method: 'GET' } },
    },
    takes: [{ _id: '7', name: 'Ada Lovelace' }],
    answers: ['{"city": "Oslo", "postcode": "0150"}'],
    gives: [{ _id: '7', name: 'Ada Lovelace', response: { city: 'Oslo', postcode: '0150' } }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-transforms-rest.rst',
  /** One request an entity, answered from the records or over the network. */
  open: (part, context, stage) => {
    const applies = trigger(part)
    const replaces = flagSetting(part.config, 'replace_entity', false)
    const server = systemOf(part, context)
    const one = async (entity: Entity, running: RunContext): Promise<StageOutcome> => {
      const operation = operationOf(part, context, get(entity, 'operation'))
      const options = templateOptions(running.environment)
      const settings: ResponseSettings = { part, operation, system: server?.config ?? {}, options }
      const list = responseSetting(settings, 'allowed_status_codes') ?? '200-299'
      const ignored = responseSetting(settings, 'ignored_status_codes')
      const isIgnored = (status: number) => ignored !== undefined && statusIn(ignored, status)
      const allowed = (status: number) => statusIn(list, status) || isIgnored(status)
      const request = { part, operation, system: server, context, running }
      const pages: ResponsePage[] = []
      for await (const page of pagesOf(settings, request, { entity, values: { source_entity: entity }, allowed })) {
        if (isIgnored(page.answer.status)) return { main: null }
        pages.push(page)
      }
      const [first] = pages
      if (!first) return { main: null }
      if (!replaces) return { main: added(entity, pages, first, settings) }
      if (typeof first.body === 'string') {
        const alone: Entity = entity._id === undefined ? {} : { _id: entity._id }
        return { main: added(alone, pages, first, settings) }
      }
      const plain = {
        ...settings,
        part: { ...part, config: asItIs(part.config) },
        operation: { ...operation, config: asItIs(operation.config) },
      }
      const [main, ...more] = pages.flatMap(({ body, answer, values }) => entitiesIn(body, answer, plain, values))
      return { main: main ?? null, ...(more.length > 0 ? { created: more } : {}) }
    }
    const transform = async (batch: readonly Entity[], running: RunContext): Promise<readonly StageOutcome[]> => {
      const results: StageOutcome[] = []
      for (const [index, entity] of batch.entries()) {
        running.at(index)
        results.push(applies(entity) ? await asEntityProblem(() => one(entity, running)) : { main: entity })
        await running.pause()
      }
      return results
    }
    const runtime = plainStage(part, stage, transform, {
      ...(replaces ? { ids: 'any', creates: true } : {}),
      failIfEmpty: textSetting(part.config, 'if_transform_empty') === 'fail',
    })
    return { runtime, needs: missingAnswers(part, context) ?? unknownOperation(part, context) }
  },
})

/** An operation that is named here for all entities but not defined anywhere is found before the run. */
function unknownOperation(part: Part, context: OpenContext): Problem | null {
  if (part.config.operation === undefined || part.config.trigger_on !== undefined) return null
  try {
    operationOf(part, context)
    return null
  } catch (error) {
    if (error instanceof Fault) return error.problem
    throw error
  }
}

/** The settings by which an answer is passed through as it is. */
function asItIs(config: JsonObject): JsonObject {
  const { payload_property } = config
  return payload_property === undefined ? {} : { payload_property }
}

/** The entity with the answer; the lists of several pages are one. */
function added(
  entity: Entity,
  pages: readonly ResponsePage[],
  first: ResponsePage,
  settings: ResponseSettings,
): Entity {
  const result = { ...entity }
  const payloads = pages.map(({ body }) => payloadIn(body, responseSetting(settings, 'payload_property')))
  const [only = null] = payloads
  put(
    result,
    responseSetting(settings, 'response_property') ?? 'response',
    payloads.length > 1 ? payloads.flat() : only,
  )
  addRest(result, first.answer, settings, { ...entity, ...first.values })
  return result
}
