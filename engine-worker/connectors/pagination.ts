/**
 * The responses of an operation, page by page: `next_page_link` says where the next one is, and
 * `next_page_termination_strategy` which was the last. See configuration-systems-rest.rst and pagination-pattern.rst.
 */

import { numberSetting, textListSetting, textSetting } from '../config/model/setting.ts'
import { contentHash } from '../entity/hash.ts'
import { printJson } from '../entity/json.ts'
import { secretName } from '../entity/secret-names.ts'
import { readValue } from '../entity/transit.ts'
import type { Entity, JsonObject, Value } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { HeaderValues } from '../template/header-values.ts'
import { withNeeds } from '../template/needs.ts'
import { absent } from '../template/objects.ts'
import type { RenderOptions } from '../template/state.ts'
import { hasTokens, tokenValues } from './auth/kinds.ts'
import type { HttpResponse } from './http-exchange.ts'
import { hideValue } from './mask.ts'
import { type RestRequest, restRequest, systemOperation, type TemplateValues, templateProperties } from './operation.ts'
import { hasParam, withParams } from './query.ts'
import { requestText } from './request.ts'
import { bodyOf, failOnError, payloadIn, type ResponseSettings, renderSetting, responseSetting } from './response.ts'
import { type RequestContext, sendRequest } from './send.ts'
import { lacksAttribute, templateOptions } from './template.ts'
import { plainText } from './to-text.ts'

const pageRepeats = problem<{ url: string }>({
  code: 'paging-repeats',
  severity: 'error',
  says: ({ url }) => `${url} gave a page that it had given before; paging would never end.`,
  fix: () => 'Correct next_page_link or params, or add "same-response" to next_page_termination_strategy.',
})

const endlessPaging = problem<{ pages: number }>({
  code: 'paging-too-long',
  severity: 'error',
  says: ({ pages }) => `Paging did not end within ${pages} pages.`,
  fix: () => 'Correct next_page_link, or choose a next_page_termination_strategy that recognises the last page.',
})

/** What the pages are read for, besides the operation. */
interface PageInput {
  /** The entity that the request is about; sources have none. */
  readonly entity?: Entity
  /** The position to go on from, or null. */
  readonly since?: unknown
  /** More variables for templates. */
  readonly values?: TemplateValues
  readonly allowed?: (status: number) => boolean
}

/** One page of a response. */
export interface ResponsePage {
  readonly answer: HttpResponse
  readonly body: Value
  /** What templates may use of it. */
  readonly values: TemplateValues
}

/** One page as the next one may refer to it. */
interface PreviousPage {
  readonly request: RestRequest
  readonly text: string
  readonly link: string
  readonly values: TemplateValues
}

const MAX_PAGES = 100_000
const isSuccess = (status: number) => status >= 200 && status < 300

/** On the first page these are not defined, and neither is anything of them. */
const noPrevious: TemplateValues = Object.fromEntries(
  ['previous_body', 'previous_request_headers', 'previous_params', 'previous_headers'].map((name) => [
    name,
    absent(name),
  ]),
)

/** Requests page after page until one of the termination strategies says that it was the last. */
export async function* pagesOf(
  settings: ResponseSettings,
  requestContext: RequestContext,
  input: PageInput,
): AsyncGenerator<ResponsePage> {
  const { operation, part, context, running } = requestContext
  const { entity, since = null, values: more = {}, allowed = isSuccess } = input
  const ids = entity ? [plainText(entity._id ?? null)] : []
  const options = renderOptions(requestContext)
  const pageSettings = { ...settings, options }
  const render = <T>(work: () => T): Promise<T> => withNeeds(work, (url) => textAt(url, requestContext))
  const seenRequests = new Set<string>()
  let previous: PreviousPage | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const values: TemplateValues = {
      ...(await tokensFor(requestContext)),
      ...(previous?.values ?? noPrevious),
      page,
      is_first_page: page === 0,
      since: since === null ? absent('since') : plainSince(since),
      ...more,
    }
    const before: PreviousPage | null = previous
    const built = await render(() =>
      restRequest(operation, part, context, {
        values,
        options,
        ...(entity ? { entity } : {}),
        ...(before === null ? {} : { previousParams: before.request.params }),
        ...(before === null || before.link === '' ? {} : { url: before.link }),
      }),
    )
    const request: RestRequest = withSince(built, settings, since, page)
    if (before && endsBy(settings, 'same-next-page-request') && sameRequest(before.request, request)) return
    const answer = await sendRequest(request, ids, requestContext, allowed)
    const headers = new HeaderValues(answer.headers, request.url)
    const body = bodyOf(answer, settings)
    const known: TemplateValues = {
      ...values,
      body,
      url: request.url,
      request_params: request.params,
      request_headers: request.headers,
      headers,
      response_headers: headers,
      properties: templateProperties(operation.config, part, entity ?? {}),
      ...(entity ? { entity } : {}),
    }
    await render(() => failOnError(pageSettings, answer, known))
    if (before && endsBy(settings, 'same-response') && before.text === answer.text) return
    const isRepeated = repeatsPage(seenRequests, request, answer)
    if (!isRepeated) yield { answer, body, values: known }
    if (responseSetting(settings, 'next_page_link') === undefined || !isSuccess(answer.status)) return
    const next = resolvedLink(await render(() => nextLink(pageSettings, known)), request.url)
    if (isLast(settings, next, countOf(body, settings), before)) return
    if (isRepeated) throw new Fault(pageRepeats({ url: request.url }))
    previous = {
      request,
      text: answer.text,
      link: next,
      values: {
        previous_body: body,
        previous_request_headers: request.headers,
        previous_params: request.params,
        previous_headers: headers,
      },
    }
    await running.pause()
  }
  throw new Fault(endlessPaging({ pages: MAX_PAGES }))
}

/** Tokens that the system's own operations give. Without a network answers come from records, which need none. */
async function tokensFor(requestContext: RequestContext): Promise<TemplateValues> {
  const { system, running } = requestContext
  if (!system || !running.fetch || !hasTokens(system.config)) return {}
  const values = await tokenValues(system, running, (name, values) => runOperation(name, values, requestContext))
  hideTokens(values, requestContext.context.project.hidden)
  return values
}

/** Has what is called a token in these values never be shown. */
function hideTokens(values: unknown, secrets: ReadonlyMap<string, string>): void {
  if (typeof values !== 'object' || values === null) return
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string') hideTokens(value, secrets)
    else if (secretName(name) !== null) hideValue(secrets, name, value)
  }
}

/** The response of an operation of the system, by its name; null where it is no JSON. */
async function runOperation(name: string, values: TemplateValues, requestContext: RequestContext): Promise<Value> {
  const { part, context } = requestContext
  const operation = systemOperation(name, part, context)
  const request = restRequest(operation, part, context, { values, options: renderOptions(requestContext) })
  const { text } = await sendRequest(request, [], { ...requestContext, operation }, isSuccess)
  return payloadIn(valueIn(text), textSetting(operation.config, 'payload_property'))
}

function valueIn(source: string): Value {
  try {
    return readValue(source)
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

/** Clock, chance and secrets of a run. Secrets are only known where a request really leaves. */
function renderOptions({ context, running }: RequestContext): RenderOptions {
  return { ...templateOptions(running.environment), reveal: (name) => (running.fetch ? context.secret(name) : null) }
}

async function textAt(url: string, { context, running }: RequestContext): Promise<string> {
  return (await requestText({ url }, null, context, running)).text
}

function plainSince(since: unknown): string {
  return typeof since === 'object' ? plainText(since as Value) : String(since)
}

function countOf(body: Value, settings: ResponseSettings): number {
  const payload = payloadIn(body, responseSetting(settings, 'payload_property'))
  return Array.isArray(payload) ? payload.length : payload === null ? 0 : 1
}

/** The link to the next page. A page that has nothing of what the link is made of is the last one. */
function nextLink(settings: ResponseSettings, values: TemplateValues): string {
  try {
    const link = (renderSetting(settings, 'next_page_link', values) ?? '').trim()
    return link === 'None' || link === 'null' ? '' : link
  } catch (error) {
    if (lacksAttribute(error)) return ''
    throw error
  }
}

/** A link that only says the query goes to the address of the page it came with. */
function resolvedLink(link: string, url: string): string {
  return link.startsWith('?') ? url.replace(/[?#].*$/s, '') + link : link
}

/** Whether the same request has been answered with the same page before; remembers this one. */
function repeatsPage(seen: Set<string>, request: RestRequest, answer: HttpResponse): boolean {
  const { method, url, headers, body = '' } = request
  const key = contentHash({ method, url, headers: JSON.stringify(headers), body, text: answer.text })
  if (seen.has(key)) return true
  seen.add(key)
  return false
}

const defaultEnds = ['next-page-link-empty', 'same-next-page-request', 'same-response']

function endsBy({ operation }: ResponseSettings, strategy: string): boolean {
  return (textListSetting(operation.config, 'next_page_termination_strategy') ?? defaultEnds).includes(strategy)
}

function isLast(settings: ResponseSettings, link: string, count: number, previous: PreviousPage | null): boolean {
  const { config } = settings.operation
  if (link === '' && (endsBy(settings, 'next-page-link-empty') || !usesPage(config))) return true
  if (count === 0 && endsBy(settings, 'empty-result')) return true
  if (previous?.link === link && endsBy(settings, 'same-next-page-link')) return true
  const size = numberSetting(config, 'page_size', 0)
  return endsBy(settings, 'not-full-page') && size > 0 && count < size
}

/** Whether a request differs from page to page by itself. */
function usesPage(operation: JsonObject): boolean {
  return /\bpage\b|is_first_page|previous_/.test(printJson(operation))
}

function sameRequest(a: RestRequest, b: RestRequest): boolean {
  return a.url === b.url && a.body === b.body && JSON.stringify(a.headers) === JSON.stringify(b.headers)
}

/** Puts the position where `since_property_location` says, unless the address uses it already. */
function withSince(request: RestRequest, settings: ResponseSettings, position: unknown, page: number): RestRequest {
  if (position === null || usesSince(settings)) return request
  const name = responseSetting(settings, 'since_property_name') ?? 'since'
  const location = responseSetting(settings, 'since_property_location') ?? 'query'
  const value = plainSince(position)
  if (location === 'header') return { ...request, headers: { ...request.headers, [name]: value } }
  // A link to the next page may have it already.
  if (location !== 'query' || (page > 0 && hasParam(request.url, name))) return request
  return { ...request, url: withParams(request.url, { [name]: value }).url }
}

/** Whether the address uses `since`, or a variable of the name that carries it. */
function usesSince(settings: ResponseSettings): boolean {
  const { url } = settings.operation.config
  const name = responseSetting(settings, 'since_property_name') ?? 'since'
  return (
    typeof url === 'string' &&
    [...url.matchAll(/\{[{%](.*?)[%}]\}/gs)].some(([, code = '']) => {
      const words: readonly string[] = code.match(/[\p{L}\p{N}_]+/gu) ?? []
      return words.includes('since') || words.includes(name)
    })
  )
}
