/** Entities out of the answers of REST operations: which part of the answer, and their `_id` and `_updated`. */

import { flagSetting, operationSetting, textListSetting } from '../config/model/setting.ts'
import type { Part } from '../config/project/effective.ts'
import { get, put } from '../entity/dict.ts'
import { readValue } from '../entity/transit.ts'
import { type Entity, isDict, type JsonObject, type Value } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import type { RenderOptions } from '../template/state.ts'
import type { HttpResponse } from './http-exchange.ts'
import { placeIn, type RestOperation, type TemplateValues } from './operation.ts'
import { type TemplatePlace, template } from './template.ts'

const serviceError = problem<{ message: string }>({
  code: 'service-error',
  severity: 'error',
  says: ({ message }) => `The service answered with an error: ${message}.`,
})

const emptyId = problem<{ template: string }>({
  code: 'rest-empty-id',
  severity: 'error',
  says: ({ template }) => `The template ${template} gives an empty _id, so that entities would replace each other.`,
  fix: () => 'Use a property that every entity has a value in, or several of them together.',
})

/** Settings of part and operation that say what to make of a response. */
export interface ResponseSettings {
  readonly part: Pick<Part, 'config' | 'path' | 'type'>
  readonly operation: RestOperation
  readonly system: JsonObject
  readonly options?: RenderOptions
}

/** The text setting of the part, or else of the operation. */
export function responseSetting({ part, operation }: ResponseSettings, key: string): string | undefined {
  const value = operationSetting(part.config, operation.config, key)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** What a template gives, set by the part or else by the operation; undefined where neither sets it. */
export function renderSetting(settings: ResponseSettings, key: string, values: TemplateValues): string | undefined {
  const source = responseSetting(settings, key)
  return source === undefined ? undefined : template(source, placeOf(settings, key))(values, settings.options)
}

/** Where a setting stands: in the part, or else in the operation. */
function placeOf({ part, operation }: ResponseSettings, key: string): TemplatePlace {
  return get(part.config, key) === undefined ? operation.place(key) : placeIn(part, [key])
}

/** Whether a response is JSON: by its content type, or by its look where it has none. */
function isJson(answer: HttpResponse, system: JsonObject): boolean {
  const type = answer.headers['content-type'] ?? ''
  if (type === '') return /^\s*[[{]/.test(answer.text)
  const known = ['application/json', ...(textListSetting(system, 'json_content_types') ?? [])]
  return known.some((each) => type.includes(each)) || /\+json\b/.test(type)
}

/** The answer's body as a value: JSON where the content type says so, otherwise the text. */
export function bodyOf(answer: HttpResponse, { system }: ResponseSettings): Value {
  if (answer.text.trim() === '') return null
  return isJson(answer, system) ? readValue(answer.text) : answer.text
}

/** The part of a body named by `payload_property`: the property of that very name, or else the path. */
export function payloadIn(body: Value, property: string | undefined): Value {
  if (property === undefined || !isDict(body)) return body
  const exact = get(body, property)
  if (exact !== undefined) return exact
  let at: Value = body
  for (const name of property.split('.')) at = isDict(at) ? (get(at, name) ?? null) : null
  return at
}

/**
 * Fails when `error_expression` renders to something. It only counts for JSON and together with `payload_property`, and
 * not where the response replaces the entity.
 */
export function failOnError(settings: ResponseSettings, answer: HttpResponse, values: TemplateValues): void {
  if (responseSetting(settings, 'payload_property') === undefined || !isJson(answer, settings.system)) return
  if (flagSetting(settings.part.config, 'replace_entity', false)) return
  const message = renderSetting(settings, 'error_expression', values)?.trim() ?? ''
  if (message !== '') throw new Fault(serviceError({ message }))
}

/** The entities of an answer. What is not an object needs `response_property` to stand in. */
export function entitiesIn(
  body: Value,
  answer: HttpResponse,
  settings: ResponseSettings,
  values: TemplateValues,
): Entity[] {
  const payload = payloadIn(body, responseSetting(settings, 'payload_property'))
  const property = responseSetting(settings, 'response_property')
  const items = Array.isArray(payload) ? payload : payload === null ? [] : [payload]
  return items.map((item) => {
    const entity: Entity = {}
    if (property !== undefined) put(entity, property, item)
    else if (isDict(item)) for (const key of Object.keys(item)) put(entity, key, get(item, key) ?? null)
    else put(entity, 'response', item)
    addRest(entity, answer, settings, { ...values, ...entityValues(item) })
    return entity
  })
}

/** Adds headers, content type, `_id` and `_updated` as far as they are asked for and missing. */
export function addRest(
  entity: Entity,
  answer: HttpResponse,
  settings: ResponseSettings,
  values: TemplateValues,
): void {
  const headers = responseSetting(settings, 'response_headers_property')
  if (headers !== undefined) put(entity, headers, { ...answer.headers })
  const status = responseSetting(settings, 'response_status_property')
  if (status !== undefined) put(entity, status, answer.status)
  if (flagSetting(settings.part.config, 'response_include_content_type', false)) {
    entity['content-type'] = answer.headers['content-type'] ?? null
  }
  const id = typeof entity._id === 'string' ? undefined : renderedId(settings, values)
  if (id !== undefined) entity._id = id
  const updated = entity._updated === undefined ? renderSetting(settings, 'updated_expression', values) : undefined
  if (updated !== undefined) entity._updated = updated
}

/** The `_id` that `id_expression` makes; undefined where there is none. */
export function renderedId(settings: ResponseSettings, values: TemplateValues): string | undefined {
  const id = renderSetting(settings, 'id_expression', values)
  if (id?.trim() !== '') return id
  const { name, where } = placeOf(settings, 'id_expression')
  throw new Fault(emptyId({ template: name }, where))
}

/** The values of an entity that templates read: its properties, and all of it as `entity`. */
export function entityValues(entity: Value): TemplateValues {
  const own = isDict(entity) ? entity : {}
  return { ...own, entity: own }
}

/** Whether a status is in a list such as `200-299,404`. */
export function statusIn(list: string, status: number): boolean {
  return list.split(',').some((range) => {
    const [from, to] = range.split('-').map(Number)
    return from !== undefined && status >= from && status <= (to ?? from)
  })
}
