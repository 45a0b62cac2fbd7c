/**
 * The answers of an operation, page by page: `next_page_link` says where the next one is, and
 * `next_page_termination_strategy` which was the last. See configuration-systems-rest.rst.
 */
import { printJson } from '../entity/json.ts'
import type { Entity, JsonObject, Value } from '../entity/value.ts'
import { tokenValues } from './custom-auth.ts'
import { type Filling, propertiesOf, type RestRequest, restRequest, withParams } from './operation.ts'
import type { Answer } from './request.ts'
import { type AnswerSettings, answerSetting, bodyOf, failOnError, payloadIn } from './response.ts'
import { type Asking, ask } from './send.ts'
import { amount, texts } from './setting.ts'
import { template } from './template.ts'
import { plainText, plainValue } from './to-text.ts'

/** What is asked for, besides the operation. */
export interface Wanted {
  /** The entity that asks; sources have none. */
  readonly entity?: Entity
  /** The position to go on from, or null. */
  readonly since?: unknown
  /** More variables for templates. */
  readonly values?: Readonly<Record<string, unknown>>
  readonly allowed?: (status: number) => boolean
}

/** One page of an answer. */
export interface Page {
  readonly answer: Answer
  readonly body: Value
  /** What templates may use of it. */
  readonly values: Readonly<Record<string, unknown>>
}

/** One page as the next one may refer to it. */
interface Earlier {
  readonly request: RestRequest
  readonly text: string
  readonly link: string
  readonly values: Readonly<Record<string, unknown>>
}

const MAX_PAGES = 100_000
const ok = (status: number) => status >= 200 && status < 300

/** Asks page after page until one of the termination strategies says that it was the last. */
export async function* pagesOf(settings: AnswerSettings, asking: Asking, wanted: Wanted): AsyncGenerator<Page> {
  const { operation, part, making, running } = asking
  const { entity, since = null, values: more = {}, allowed = ok } = wanted
  const ids = entity ? [plainText(entity._id ?? null)] : []
  let previous: Earlier | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const values: Readonly<Record<string, unknown>> = {
      ...(await tokenValues(asking)),
      ...previous?.values,
      page,
      is_first_page: page === 0,
      since: since === null ? undefined : String(since),
      ...more,
    }
    const filling: Filling = {
      values,
      ...(entity ? { entity } : {}),
      ...(previous && previous.link !== '' ? { url: previous.link } : {}),
    }
    const request = withSince(restRequest(operation, part, making, filling), settings, since, page)
    if (previous && ends(settings, 'same-next-page-request') && sameRequest(previous.request, request)) return
    const answer = await ask(request, ids, asking, allowed)
    const body = bodyOf(answer, settings)
    const known: Readonly<Record<string, unknown>> = {
      ...values,
      body: plainValue(body),
      url: request.url,
      request_params: request.params,
      request_headers: request.headers,
      headers: answer.headers,
      response_headers: answer.headers,
      properties: propertiesOf(operation, part, entity ?? {}),
    }
    failOnError(settings, known)
    if (previous && ends(settings, 'same-response') && previous.text === answer.text) return
    yield { answer, body, values: known }
    const link = answerSetting(settings, 'next_page_link')
    if (link === undefined || !ok(answer.status)) return
    const next = linkText(template(link)(known))
    if (isLast(settings, next, countOf(body, settings), previous)) return
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

function countOf(body: Value, settings: AnswerSettings): number {
  const payload = payloadIn(body, answerSetting(settings, 'payload_property'))
  return Array.isArray(payload) ? payload.length : payload === null ? 0 : 1
}

function linkText(link: string): string {
  const trimmed = link.trim()
  return trimmed === 'None' || trimmed === 'null' || trimmed === 'undefined' ? '' : trimmed
}

const defaultEnds = ['next-page-link-empty', 'same-next-page-request', 'same-response']

function ends({ operation }: AnswerSettings, strategy: string): boolean {
  return (texts(operation, 'next_page_termination_strategy') ?? defaultEnds).includes(strategy)
}

function isLast(settings: AnswerSettings, link: string, count: number, previous: Earlier | null): boolean {
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
  const value = typeof position === 'object' ? plainText(position as Value) : String(position)
  if (location === 'header') return { ...request, headers: { ...request.headers, [name]: value } }
  return location === 'query' ? { ...request, url: withParams(request.url, { [name]: value }) } : request
}

function usesSince(operation: JsonObject): boolean {
  return typeof operation.url === 'string' && /\{[{%][^}]*\bsince\b/.test(operation.url)
}
