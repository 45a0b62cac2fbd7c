import { printJson } from '../../entity/json.ts'
import type { Entity, JsonObject, Value } from '../../entity/value.ts'
import { type AnswerSettings, answerSetting, bodyOf, entitiesIn, failOnError } from '../answers.ts'
import { ask } from '../ask.ts'
import { tokenValues } from '../custom-auth.ts'
import { kind } from '../define.ts'
import type { Part } from '../effective.ts'
import { advanced, choiceField, flagField, jsonMap, required, textField } from '../field.ts'
import { type Making, type OpenSource, systemOf } from '../making.ts'
import { operationOf, type RestRequest, restRequest, withParams } from '../operation.ts'
import { plainText, plainValue } from '../plain.ts'
import { hasRecorded } from '../recorded.ts'
import type { Running } from '../runtime.ts'
import { amount, sinceStrategy, texts } from '../setting.ts'
import {
  comment,
  continuation,
  ifSourceEmpty,
  operationFields,
  rateLimiting,
  responseFields,
  system,
  trace,
} from '../shared-fields.ts'
import { template } from '../template.ts'
import { inBatches, openOutside } from './supply.ts'

/** configuration-sources-rest.rst */
export const rest = kind({
  role: 'source',
  type: 'rest',
  label: 'REST',
  says: 'Reads entities from the answers of an operation of a REST system, page by page.',
  group: 'web',
  runs: 'fetch',
  fields: [
    system(['system:rest']),
    textField('operation', 'The operation to use.', required),
    {
      name: 'operations',
      type: { is: 'map', of: { is: 'object', fields: operationFields } },
      says: 'Operations of this source; they win over those of the system.',
      advanced: true,
    },
    jsonMap('properties', 'Values for the templates of the operation, as properties.name.'),
    { name: 'payload', type: { is: 'json' }, says: 'The body of the request; may be a template.' },
    ...responseFields,
    flagField('response_include_content_type', 'Add the content type of the answer as content-type.', false, advanced),
    textField('since_property_name', 'The parameter that carries the position.', advanced),
    choiceField(
      'since_property_location',
      ['query', 'header', 'manual'],
      'Where the position goes.',
      undefined,
      advanced,
    ),
    ...rateLimiting,
    trace,
    ifSourceEmpty,
    ...continuation(false, true, false),
    comment,
  ],
  template: { type: 'rest', system: '', operation: 'get' },
  doc: 'documentation/service-configuration/pipes/configuration-sources-rest.rst',
})

/** Supplied entities (or a recorded body), or the pages of the operation. */
export const openRest: OpenSource = (part, making) => {
  const opened = openOutside(part, making, {
    parse: (source) => parseBody(source, part, making),
    since: [false, true, false],
    fetch: pages,
  })
  if (opened.needs === null || !hasRecorded(making)) return opened
  const { since, whole } = opened.runtime
  const read = (request: { since: Value }, running: Running) => pages(part, making, running, request.since)
  return { runtime: { reads: 'outside', config: part.config, since, whole, read }, needs: null }
}

function settingsOf(part: Part, making: Making): AnswerSettings {
  return { part: part.config, operation: operationOf(part, making), system: systemOf(part, making)?.config ?? {} }
}

function parseBody(source: string, part: Part, making: Making): Entity[] {
  const settings = settingsOf(part, making)
  const answer = { status: 200, text: source, headers: {}, url: '' }
  return entitiesIn(bodyOf(answer, settings), answer, settings, {})
}

/** One page as the next one may refer to it. */
interface Page {
  readonly request: RestRequest
  readonly text: string
  readonly link: string
  readonly values: Readonly<Record<string, unknown>>
}

const MAX_PAGES = 100_000

/** Asks page after page until one of the termination strategies says that it was the last. */
async function* pages(part: Part, making: Making, running: Running, since: unknown): AsyncIterable<readonly Entity[]> {
  const settings = settingsOf(part, making)
  const { operation } = settings
  const server = systemOf(part, making)
  const position = sinceStrategy(part.config, false, true, false)
    ? (since ?? part.config.initial_since_value ?? null)
    : null
  let previous: Page | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const tokens = await tokenValues({ part, system: server, making, running })
    const values: Readonly<Record<string, unknown>> = {
      ...tokens,
      ...previous?.values,
      page,
      is_first_page: page === 0,
      since: position === null ? undefined : String(position),
    }
    const filling = { values, ...(previous && previous.link !== '' ? { url: previous.link } : {}) }
    const request = withSince(restRequest(operation, part, making, filling), settings, position, page)
    if (previous && ends(settings, 'same-next-page-request') && sameRequest(previous.request, request)) return
    const asking = { part, operation, system: server, making, running }
    const answer = await ask(request, [], asking, (status) => status >= 200 && status < 300)
    const body = bodyOf(answer, settings)
    const known: Readonly<Record<string, unknown>> = {
      ...values,
      body: plainValue(body),
      url: request.url,
      request_params: request.params,
      request_headers: request.headers,
      headers: answer.headers,
      response_headers: answer.headers,
      properties: plainValue((part.config.properties ?? {}) as Value),
    }
    failOnError(settings, known)
    if (previous && ends(settings, 'same-response') && previous.text === answer.text) return
    const entities = entitiesIn(body, answer, settings, known)
    yield* inBatches(entities)
    const link = answerSetting(settings, 'next_page_link')
    if (link === undefined) return
    const next = linkText(template(link)(known))
    if (isLast(settings, next, entities.length, previous)) return
    const before: Readonly<Record<string, unknown>> = {
      previous_body: known.body,
      previous_request_headers: request.headers,
      previous_params: request.params,
      previous_headers: answer.headers,
    }
    previous = { request, text: answer.text, link: next, values: before }
    await running.pause()
  }
}

function linkText(link: string): string {
  const trimmed = link.trim()
  return trimmed === 'None' || trimmed === 'null' || trimmed === 'undefined' ? '' : trimmed
}

const defaultEnds = ['next-page-link-empty', 'same-next-page-request', 'same-response']

function ends({ operation }: AnswerSettings, strategy: string): boolean {
  return (texts(operation, 'next_page_termination_strategy') ?? defaultEnds).includes(strategy)
}

function isLast(settings: AnswerSettings, link: string, count: number, previous: Page | null): boolean {
  if (link === '' && (ends(settings, 'next-page-link-empty') || !/page|previous_/.test(printJson(settings.operation))))
    return true
  if (count === 0 && ends(settings, 'empty-result')) return true
  if (previous?.link === link && ends(settings, 'same-next-page-link')) return true
  const size = amount(settings.operation, 'page_size', 0)
  return ends(settings, 'not-full-page') && size > 0 && count < size
}

function sameRequest(a: RestRequest, b: RestRequest): boolean {
  return a.url === b.url && a.body === b.body && JSON.stringify(a.headers) === JSON.stringify(b.headers)
}

/** Puts the position where `since_property_location` says, unless the address uses it already. */
function withSince(request: RestRequest, settings: AnswerSettings, position: unknown, page: number): RestRequest {
  if (position === null || page > 0 || usesSince(settings.operation)) return request
  const name = answerSetting(settings, 'since_property_name') ?? 'since'
  const location = answerSetting(settings, 'since_property_location') ?? 'query'
  const value = positionText(position)
  if (location === 'header') return { ...request, headers: { ...request.headers, [name]: value } }
  return location === 'query' ? { ...request, url: withParams(request.url, { [name]: value }) } : request
}

function usesSince(operation: JsonObject): boolean {
  return typeof operation.url === 'string' && /\{[{%][^}]*\bsince\b/.test(operation.url)
}

function positionText(position: unknown): string {
  return typeof position === 'object' ? plainText(position as Value) : String(position)
}
