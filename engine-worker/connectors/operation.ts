/**
 * Operations of REST systems: which one applies, and the request it makes of properties, payload and entity.
 * See configuration-systems-rest.rst.
 */

import { objectSetting, textSetting } from '../config/model/setting.ts'
import type { Part } from '../config/project/effective.ts'
import { variableText } from '../config/project/variables.ts'
import { nearest } from '../dtl/nearest.ts'
import { get } from '../entity/dict.ts'
import { printJson, readJson } from '../entity/json.ts'
import { type Entity, isDict, isObject, type Json, type JsonObject, type Value } from '../entity/value.ts'
import { Fault, problem, renameTo } from '../problem.ts'
import { absent } from '../template/objects.ts'
import type { RenderOptions } from '../template/state.ts'
import { hasTokens } from './auth/kinds.ts'
import type { BodyFormat } from './http-exchange.ts'
import { type OpenContext, systemOf } from './open-context.ts'
import { nextUrl, type QueryUrl, withParams } from './query.ts'
import { joinUrl, systemHeaders } from './request.ts'
import { requestBody } from './request-body.ts'
import { type TemplatePlace, template } from './template.ts'

export const unknownOperation = problem<{ operation: string; suggestion: string }>({
  code: 'unknown-operation',
  severity: 'error',
  says: ({ operation }) => (operation === '' ? 'No operation is named.' : `There is no operation ${operation}.`),
  fix: ({ suggestion }) =>
    suggestion === '' ? 'Define it in operations of the system.' : `Did you mean ${suggestion}?`,
  repair: ({ operation, suggestion }) => renameTo(operation, suggestion),
})

/** A request as it goes out. */
export interface RestRequest extends QueryUrl {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly bodyFormat: BodyFormat | undefined
  /** The secrets that the configuration names, and those that its templates ask for. */
  readonly secrets: ReadonlySet<string>
  /** The parameters of the URL, for templates of later pages. */
  readonly params: Readonly<Record<string, string>>
}

/** An operation that was found, and what its templates are called in problems. */
export interface RestOperation {
  readonly name: string
  readonly config: JsonObject
  readonly place: (property: string) => TemplatePlace
}

/** The operation for an entity or a source: its own name first, then the one of the part. */
export function operationOf(part: Part, context: OpenContext, named?: Value): RestOperation {
  const name = typeof named === 'string' ? named : textSetting(part.config, 'operation', '')
  const own = get(objectSetting(part.config, 'operations'), name)
  const where = { pipe: context.pipe.id, path: [...part.path, 'operation'], function: part.type }
  if (isObject(own)) {
    const place = (property: string) => placeIn(part, ['operations', name, property])
    return { name, config: own, place }
  }
  const system = systemOf(part, context)
  const known = objectSetting(system?.config ?? {}, 'operations')
  const found = get(known, name)
  if (isObject(found)) {
    const place = (property: string) => ({ name: `${system?.id ?? ''}/operations/${name}/${property}`, where })
    return { name, config: found, place }
  }
  const names = [...Object.keys(known), ...Object.keys(objectSetting(part.config, 'operations'))]
  throw new Fault(unknownOperation({ operation: name, suggestion: nearest(name, names) ?? '' }, where))
}

/** An operation of the system alone, as `custom_auth` names it. */
export function systemOperation(name: string, part: Part, context: OpenContext): RestOperation {
  return operationOf({ ...part, config: { system: part.config.system ?? null } }, context, name)
}

const secretsOf = new WeakMap<JsonObject, readonly string[]>()

/** The names of the secrets in texts of the configuration. */
function secretNames(configs: readonly JsonObject[]): Set<string> {
  return new Set(
    configs.flatMap((config) => {
      const known = secretsOf.get(config)
      if (known) return known
      const names = [...printJson(config).matchAll(/\$SECRET\(([^()]*)\)/g)].map(([, name = '']) => name.trim())
      secretsOf.set(config, names)
      return names
    }),
  )
}

/** A template inside of a part's configuration. */
export function placeIn(part: Pick<Part, 'path' | 'type'>, inside: readonly string[]): TemplatePlace {
  const path = [...part.path, ...inside]
  return { name: path.join('/'), where: { path, function: part.type } }
}

/** What a request is made of besides the operation. */
interface RequestInput {
  readonly entity?: Entity
  /** More variables for templates: since, page, previous_body … */
  readonly values?: TemplateValues
  /** An address that replaces the operation's own (the next page). */
  readonly url?: string
  /** Parameters of the page before: what such an address holds already is only replaced where it changes. */
  readonly previousParams?: Readonly<Record<string, string>>
  readonly options?: RenderOptions
}

export type TemplateValues = Readonly<Record<string, unknown>>

/** Where templates of a request are filled in: their variables, clock, and what they are called. */
interface Rendering {
  readonly values: TemplateValues
  readonly options: RenderOptions | undefined
  readonly place: TemplatePlace
}

/** Fills the operation in. */
export function restRequest(
  operation: RestOperation,
  part: Part,
  context: OpenContext,
  input: RequestInput,
): RestRequest {
  const system = systemOf(part, context)
  const settings = system?.config ?? {}
  const { config } = operation
  const entity = input.entity ?? {}
  const secrets = secretNames([config, settings, part.config])
  // Filters that calculate with a secret get its value, where the configuration names it.
  const reveal = (name: string) => (secrets.has(name) ? (input.options?.reveal?.(name) ?? null) : null)
  const options = { ...input.options, reveal }
  const rendering = (property: string, values: TemplateValues): Rendering => ({
    values,
    options,
    place: operation.place(property),
  })
  const values: TemplateValues = {
    ...entity,
    entity,
    properties: templateProperties(config, part, entity),
    // A secret stays a name until the request leaves.
    secret: (name: string) => {
      secrets.add(name)
      return `$SECRET(${name})`
    },
    page_size: get(config, 'page_size'),
    // What is only captured has no token: its place stays empty.
    ...(hasTokens(settings) ? { token: absent('token') } : {}),
    ...input.values,
  }
  const address = joinUrl(settings, input.url ?? fillTemplate(textSetting(config, 'url', ''), rendering('url', values)))
  const params = filledTexts(objectSetting(config, 'params'), rendering('params', { ...values, url: address }))
  for (const [name, value] of Object.entries(params)) if (value === '') delete params[name]
  const target = input.url === undefined ? withParams(address, params) : nextUrl(address, params, input.previousParams)
  const { url } = target
  const known: TemplateValues = { ...values, url, params, request_params: params }
  const systemPlace = { name: `${system?.id ?? ''}/headers` }
  const headers: Record<string, string> = {
    ...filledTexts(systemHeaders(settings), { ...rendering('headers', known), place: systemPlace }),
    ...filledTexts(objectSetting(config, 'headers'), rendering('headers', known)),
  }
  const payload = payloadOf(config, part, entity, rendering('payload', { ...known, headers }))
  const body = payload === undefined ? undefined : requestBody(payload, textSetting(config, 'payload-type', 'json'))
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  if (body && !isTyped) headers['Content-Type'] = body.contentType
  return {
    ...target,
    method: textSetting(config, 'method', 'GET'),
    headers,
    params,
    body: body?.text,
    bodyFormat: body?.format,
    secrets,
  }
}

/** Values for templates: of the entity, or else of the part or the operation. */
export function templateProperties(operation: JsonObject, part: Part, entity: Entity): unknown {
  const own = get(entity, 'properties')
  if (isDict(own)) return own
  const set = get(part.config, 'properties') ?? get(operation, 'properties')
  return isObject(set) ? set : {}
}

/** The payload of the entity, the part or the operation, in this order; texts of the latter two are templates. */
function payloadOf(operation: JsonObject, part: Part, entity: Entity, rendering: Rendering): Value | undefined {
  const own = get(entity, 'payload')
  if (own !== undefined) return own
  const ofPart = get(part.config, 'payload')
  if (ofPart !== undefined) {
    return filledJson(ofPart, { ...rendering, place: placeIn(part, ['payload']) })
  }
  const set = get(operation, 'payload')
  return set === undefined ? undefined : filledJson(set, rendering)
}

/** Leaves out the key or the item whose template gives it. */
const SKIP = 'sesam:markskip'
/** Reads what the template gives as JSON. */
const AS_JSON = 'sesam:markjson'

/** JSON with its templates filled in, keys too; undefined where one says that it is to be left out. */
function filledJson(json: Json, rendering: Rendering): Json | undefined {
  if (typeof json === 'string') {
    const filled = fillTemplate(json, rendering)
    if (filled.includes(SKIP)) return undefined
    return filled.includes(AS_JSON) ? readJson(filled.replace(AS_JSON, '')) : filled
  }
  if (Array.isArray(json)) return json.map((item) => filledJson(item, rendering)).filter((item) => item !== undefined)
  if (!isObject(json)) return json
  const filled: [string, Json][] = []
  for (const [key, value] of Object.entries(json)) {
    const name = fillTemplate(key, rendering)
    const item = name.includes(SKIP) ? undefined : filledJson(value, rendering)
    if (item !== undefined) filled.push([name, item])
  }
  return Object.fromEntries(filled)
}

/** Headers or parameters with their templates filled in. */
function filledTexts(object: JsonObject, rendering: Rendering): Record<string, string> {
  const filled = filledJson(object, rendering)
  if (!isObject(filled)) return {}
  return Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, variableText(value)]))
}

function fillTemplate(source: string, { values, options, place }: Rendering): string {
  return template(source, place)(values, options)
}
