import { jsonMap, textField } from '../../config/model/field.ts'
import { comment, operationFields, rateLimiting, system, trace } from '../../config/model/shared-fields.ts'
import { get } from '../../entity/dict.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { operationOf, restRequest } from '../operation.ts'
import { templateOptions } from '../template.ts'
import { payloadSink } from './payload-sink.ts'

/** configuration-sinks-rest.rst */
export const restSink = kind({
  role: 'sink',
  type: 'rest',
  label: 'REST',
  icon: 'globe',
  says: 'Calls an operation of a REST system for each entity.',
  more: 'The entity may give operation, properties and payload; what it lacks comes from here or from the system.',
  group: 'web',
  runs: 'captured',
  namespaced: true,
  fields: [
    system(['system:rest']),
    textField('operation', 'The operation for entities that name none.'),
    {
      name: 'operations',
      type: { is: 'map', of: { is: 'object', fields: operationFields } },
      says: 'Operations of this sink; they take precedence over those of the system.',
      advanced: true,
    },
    jsonMap('properties', 'Values for templates of entities without properties.'),
    { name: 'payload', type: { is: 'json' }, says: 'The body for entities without payload.', template: true },
    ...rateLimiting,
    trace,
    {
      name: 'batch_size',
      type: { is: 'integer', min: 1 },
      default: 1,
      aim: 'speed',
      says: 'How many entities to take at a time.',
      advanced: true,
    },
    comment,
  ],
  template: { type: 'rest', system: '', operation: '' },
  example: {
    config: { type: 'rest', system: 'crm', operation: 'update' },
    system: {
      _id: 'crm',
      type: 'system:rest',
      url_pattern: 'https://crm.example.org/api/%s',
      operations: { update: { url: 'customers/{{ properties.number }}', method: 'PUT', 'payload-type': 'json' } },
    },
    takes: [{ _id: '7', properties: { number: 7 }, payload: { name: 'Ada Lovelace' } }],
    sends: ['PUT https://crm.example.org/api/customers/7\nContent-Type: application/json\n\n{"name":"Ada Lovelace"}'],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-rest.rst',
  /** One request an entity. */
  open: (part, context) =>
    here(
      payloadSink(part, context, 1, (batch, running) =>
        batch.map((entity) => {
          const operation = operationOf(part, context, get(entity, 'operation'))
          const request = restRequest(operation, part, context, {
            entity,
            options: templateOptions(running.environment),
          })
          return {
            kind: 'request',
            method: request.method,
            url: request.url,
            headers: request.headers,
            contentType: request.headers['Content-Type'] ?? 'text/plain',
            text: request.body ?? '',
          }
        }),
      ),
    ),
})
