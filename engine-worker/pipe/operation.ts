/**
 * Operations of REST systems: which one applies, and the request it makes of properties, payload and entity.
 * See configuration-systems-rest.rst.
 */

import { nearest } from '../dtl/nearest.ts'
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { encodeTransit } from '../entity/transit.ts'
import { type Entity, isDict, isObject, type Json, type JsonObject, type Value } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import type { Part } from './effective.ts'
import { type Making, systemOf } from './making.ts'
import { plainValue } from './plain.ts'
import { joinUrl, systemHeaders } from './request.ts'
import { object, text } from './setting.ts'
import { template } from './template.ts'
import { asText } from './variables.ts'

export const unknownOperation = problem<{ operation: string; suggestion: string }>({
  code: 'unknown-operation',
  severity: 'error',
  says: ({ operation }) => (operation === '' ? 'No operation is named.' : `There is no operation ${operation}.`),
  fix: ({ suggestion }) =>
    suggestion === '' ? 'Define it in operations of the system.' : `Did you mean ${suggestion}?`,
})

/** A request as it goes out. */
export interface RestRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** The parameters of the URL, for templates of later pages. */
  readonly params: Readonly<Record<string, string>>
}

/** The operation for an entity or a source: its own name first, then the one of the part. */
export function operationOf(part: Part, making: Making, named?: Value): JsonObject {
  const name = typeof named === 'string' ? named : text(part.config, 'operation', '')
  const own = get(object(part.config, 'operations'), name)
  if (isObject(own)) return own
  const known = object(systemOf(part, making)?.config ?? {}, 'operations')
  const found = get(known, name)
  if (isObject(found)) return found
  const names = [...Object.keys(known), ...Object.keys(object(part.config, 'operations'))]
  const where = { pipe: making.pipe.id, path: [...part.path, 'operation'], function: part.type }
  throw new Fault(unknownOperation({ operation: name, suggestion: nearest(name, names) ?? '' }, where))
}

/** What a request is made of besides the operation. */
export interface Filling {
  readonly entity?: Entity
  /** More variables for templates: since, page, previous_body … */
  readonly values?: Readonly<Record<string, unknown>>
  /** An address that replaces the operation's own (the next page). */
  readonly url?: string
}

/** Fills the operation in. */
export function restRequest(operation: JsonObject, part: Part, making: Making, filling: Filling): RestRequest {
  const system = systemOf(part, making)?.config ?? {}
  const entity = filling.entity ?? {}
  const properties = propertiesOf(operation, part, entity)
  const plain = plainValue(entity) as Record<string, unknown>
  const values: Record<string, unknown> = { ...plain, entity: plain, properties, ...filling.values }
  // What is only captured has no token: its place stays empty.
  if (get(system, 'custom_auth') !== undefined) values.token ??= {}
  const pageSize = get(operation, 'page_size')
  if (pageSize !== undefined) values.page_size = pageSize
  const params: Record<string, string> = {}
  for (const [name, value] of Object.entries(object(operation, 'params'))) {
    const filled = fill(value, values)
    if (filled !== '') params[name] = filled
  }
  const path = filling.url ?? fill(text(operation, 'url', ''), values)
  const url = withParams(joinUrl(system, path), filling.url === undefined ? params : {})
  const headers: Record<string, string> = systemHeaders(system)
  for (const [name, value] of Object.entries(object(operation, 'headers'))) headers[name] = fill(value, values)
  const payload = payloadOf(operation, part, entity, { ...values, url, request_params: params, headers })
  const body = payload === undefined ? undefined : bodyOf(payload, text(operation, 'payload-type', 'json'), headers)
  return { method: text(operation, 'method', 'GET'), url, headers, body, params }
}

function propertiesOf(operation: JsonObject, part: Part, entity: Entity): unknown {
  const own = get(entity, 'properties')
  if (isDict(own)) return plainValue(own)
  const set = get(part.config, 'properties') ?? get(operation, 'properties')
  return isObject(set) ? plainValue(set) : {}
}

/** The payload of the entity, the part or the operation, in this order; texts of the latter two are templates. */
function payloadOf(
  operation: JsonObject,
  part: Part,
  entity: Entity,
  values: Record<string, unknown>,
): Value | undefined {
  const own = get(entity, 'payload')
  if (own !== undefined) return own
  const set = get(part.config, 'payload') ?? get(operation, 'payload')
  return set === undefined ? undefined : filledIn(set, values)
}

function filledIn(json: Json, values: Record<string, unknown>): Json {
  if (typeof json === 'string') return template(json)(values)
  if (Array.isArray(json)) return json.map((item) => filledIn(item, values))
  if (!isObject(json)) return json
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, filledIn(value, values)]))
}

function bodyOf(payload: Value, type: string, headers: Record<string, string>): string {
  const named = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  const typed = (contentType: string, body: string) => {
    if (!named) headers['Content-Type'] = contentType
    return body
  }
  if (type === 'form' || type === 'multipart-form') {
    const fields = isDict(payload) ? Object.entries(plainValue(payload) as object) : []
    return typed(
      'application/x-www-form-urlencoded',
      new URLSearchParams(fields.map(([key, value]) => [key, String(value)])).toString(),
    )
  }
  if (typeof payload === 'string' || type === 'text') {
    return typed('text/plain', typeof payload === 'string' ? payload : printJson(encodeTransit(payload)))
  }
  if (type === 'json-transit') return typed('application/json', printJson(encodeTransit(payload)))
  return typed('application/json', JSON.stringify(plainValue(payload)))
}

function fill(value: Json, values: Record<string, unknown>): string {
  return typeof value === 'string' ? template(value)(values) : asText(value)
}

/** The address with parameters added. */
export function withParams(url: string, params: Readonly<Record<string, string>>): string {
  const list = Object.entries(params).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  return list.length === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${list.join('&')}`
}
