/** Entities out of the answers of REST operations: which part of the answer, and their `_id` and `_updated`. */
import { get, put } from '../entity/dict.ts'
import { readValue } from '../entity/transit.ts'
import { type Entity, isDict, type JsonObject, type Value } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import type { Answer } from './request.ts'
import { flag, setting, texts } from './setting.ts'
import { template } from './template.ts'
import { plainValue } from './to-text.ts'

const serviceError = problem<{ message: string }>({
  code: 'service-error',
  severity: 'error',
  says: ({ message }) => `The service answered with an error: ${message}.`,
})

/** Settings of part and operation that say what to make of an answer. */
export interface AnswerSettings {
  readonly part: JsonObject
  readonly operation: JsonObject
  readonly system: JsonObject
}

/** The text setting of the part, or else of the operation. */
export function answerSetting({ part, operation }: AnswerSettings, key: string): string | undefined {
  const value = setting(part, operation, key)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The answer's body as a value: JSON where the content type says so, otherwise the text. */
export function bodyOf(answer: Answer, { system }: AnswerSettings): Value {
  const type = answer.headers['content-type'] ?? ''
  const json = ['application/json', ...(texts(system, 'json_content_types') ?? [])].some((each) => type.includes(each))
  const looksJson = type === '' && /^\s*[[{]/.test(answer.text)
  if (answer.text.trim() === '') return null
  return json || looksJson || /\+json\b/.test(type) ? readValue(answer.text) : answer.text
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

/** Fails when `error_expression` renders to something. */
export function failOnError(settings: AnswerSettings, values: Readonly<Record<string, unknown>>): void {
  const expression = answerSetting(settings, 'error_expression')
  const message = expression === undefined ? '' : template(expression)(values).trim()
  if (message !== '') throw new Fault(serviceError({ message }))
}

/** The entities of an answer. What is not an object needs `response_property` to stand in. */
export function entitiesIn(
  body: Value,
  answer: Answer,
  settings: AnswerSettings,
  values: Readonly<Record<string, unknown>>,
): Entity[] {
  const payload = payloadIn(body, answerSetting(settings, 'payload_property'))
  const property = answerSetting(settings, 'response_property')
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
  answer: Answer,
  settings: AnswerSettings,
  values: Readonly<Record<string, unknown>>,
): void {
  const headers = answerSetting(settings, 'response_headers_property')
  if (headers !== undefined) put(entity, headers, { ...answer.headers })
  const status = answerSetting(settings, 'response_status_property')
  if (status !== undefined) put(entity, status, answer.status)
  if (flag(settings.part, 'response_include_content_type', false)) {
    entity['content-type'] = answer.headers['content-type'] ?? null
  }
  const id = typeof entity._id === 'string' ? undefined : entityId(settings, values)
  if (id !== undefined) entity._id = id
  const updated = answerSetting(settings, 'updated_expression')
  if (updated !== undefined && entity._updated === undefined) entity._updated = template(updated)(values)
}

/** The `_id` that `id_expression` makes; undefined where there is none. */
export function entityId(settings: AnswerSettings, values: Readonly<Record<string, unknown>>): string | undefined {
  const expression = answerSetting(settings, 'id_expression')
  return expression === undefined ? undefined : template(expression)(values)
}

/** The values of an entity that templates read: its properties, and all of it as `entity`. */
export function entityValues(entity: Value): Record<string, unknown> {
  const plain = isDict(entity) ? (plainValue(entity) as Record<string, unknown>) : {}
  return { ...plain, entity: plain }
}

/** Whether a status is in a list such as `200-299,404`. */
export function statusIn(list: string, status: number): boolean {
  return list.split(',').some((range) => {
    const [from, to] = range.split('-').map(Number)
    return from !== undefined && status >= from && status <= (to ?? from)
  })
}
