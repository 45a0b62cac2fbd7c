/**
 * Operations of REST systems: which one applies, and the request it makes of properties, payload and entity.
 * See configuration-systems-rest.rst.
 */

import { nearest } from '../dtl/nearest.ts'
import { get } from '../entity/dict.ts'
import { printJson, readJson } from '../entity/json.ts'
import { encodeTransit } from '../entity/transit.ts'
import { type Entity, isDict, isObject, type Json, type JsonObject, type Value } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import type { Part } from './effective.ts'
import { type OpenContext, systemOf } from './open-context.ts'
import { joinUrl, systemHeaders } from './request.ts'
import { object, text } from './setting.ts'
import { template } from './template.ts'
import { plainJson, plainValue } from './to-text.ts'
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
export function operationOf(part: Part, making: OpenContext, named?: Value): JsonObject {
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
export function restRequest(operation: JsonObject, part: Part, making: OpenContext, filling: Filling): RestRequest {
  const system = systemOf(part, making)?.config ?? {}
  const entity = filling.entity ?? {}
  const properties = propertiesOf(operation, part, entity)
  const plain = plainValue(entity) as Record<string, unknown>
  // A secret stays a name until the request leaves.
  const secret = (name: unknown) => `$SECRET(${name})`
  const values: Record<string, unknown> = { ...plain, entity: plain, properties, secret, ...filling.values }
  // What is only captured has no token: its place stays empty.
  if (get(system, 'custom_auth') !== undefined) values.token ??= {}
  const pageSize = get(operation, 'page_size')
  if (pageSize !== undefined) values.page_size = pageSize
  const params = filledTexts(object(operation, 'params'), values)
  for (const [name, value] of Object.entries(params)) if (value === '') delete params[name]
  const path = filling.url ?? fill(text(operation, 'url', ''), values)
  const url = withParams(joinUrl(system, path), filling.url === undefined ? params : {})
  const known = { ...values, url, params, request_params: params }
  const headers = {
    ...filledTexts(systemHeaders(system), known),
    ...filledTexts(object(operation, 'headers'), known),
  }
  const payload = payloadOf(operation, part, entity, { ...known, headers })
  const body = payload === undefined ? undefined : bodyOf(payload, text(operation, 'payload-type', 'json'), headers)
  return { method: text(operation, 'method', 'GET'), url, headers, body, params }
}

/** Values for templates: of the entity, or else of the part or the operation. */
export function propertiesOf(operation: JsonObject, part: Part, entity: Entity): unknown {
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

/** Leaves out the key or the item whose template gives it. */
const SKIP = 'sesam:markskip'
/** Reads what the template gives as JSON. */
const AS_JSON = 'sesam:markjson'

/** JSON with its templates filled in, keys too; undefined where one says that it is to be left out. */
function filledIn(json: Json, values: Record<string, unknown>): Json | undefined {
  if (typeof json === 'string') {
    const filled = template(json)(values)
    if (filled.includes(SKIP)) return undefined
    return filled.includes(AS_JSON) ? readJson(filled.replace(AS_JSON, '')) : filled
  }
  if (Array.isArray(json)) return json.map((item) => filledIn(item, values)).filter((item) => item !== undefined)
  if (!isObject(json)) return json
  const filled: [string, Json][] = []
  for (const [key, value] of Object.entries(json)) {
    const name = template(key)(values)
    const item = name.includes(SKIP) ? undefined : filledIn(value, values)
    if (item !== undefined) filled.push([name, item])
  }
  return Object.fromEntries(filled)
}

/** Headers or parameters with their templates filled in. */
function filledTexts(object: JsonObject, values: Record<string, unknown>): Record<string, string> {
  const filled = filledIn(object, values)
  if (!isObject(filled)) return {}
  return Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, asText(value)]))
}

function bodyOf(payload: Value, type: string, headers: Record<string, string>): string {
  const named = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  const typed = (contentType: string, body: string) => {
    if (!named) headers['Content-Type'] = contentType
    return body
  }
  if (type === 'form' || type === 'multipart-form') {
    const fields = (isDict(payload) ? Object.entries(payload) : []).map(([name, value]) => [name, formText(value)])
    if (type === 'form') return typed('application/x-www-form-urlencoded', new URLSearchParams(fields).toString())
    const form = multipart(fields)
    return typed(form.type, form.text)
  }
  if (typeof payload === 'string' || type === 'text') {
    return typed('text/plain', typeof payload === 'string' ? payload : printJson(encodeTransit(payload)))
  }
  if (type === 'json-transit') return typed('application/json', printJson(encodeTransit(payload)))
  return typed('application/json', plainJson(payload))
}

/** Values of forms are encoded in transit form. */
function formText(value: Value): string {
  const encoded = encodeTransit(value)
  return typeof encoded === 'string' ? encoded : printJson(encoded)
}

/** A form in parts (RFC 7578). */
function multipart(fields: readonly (readonly string[])[]): { readonly type: string; readonly text: string } {
  let boundary = 'form-part'
  while (fields.flat().some((text) => text.includes(boundary))) boundary += '-'
  const parts = fields.map(([name = '', value = '']) => {
    const quoted = name.replaceAll('"', '%22').replace(/[\r\n]+/g, ' ')
    return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted}"\r\n\r\n${value}\r\n`
  })
  return { type: `multipart/form-data; boundary=${boundary}`, text: `${parts.join('')}--${boundary}--\r\n` }
}

function fill(value: Json, values: Record<string, unknown>): string {
  return typeof value === 'string' ? template(value)(values) : asText(value)
}

/** The address with parameters added. */
export function withParams(url: string, params: Readonly<Record<string, string>>): string {
  const list = Object.entries(params).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  return list.length === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${list.join('&')}`
}
