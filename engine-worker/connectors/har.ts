/**
 * HAR (HTTP Archive 1.2), which browsers and proxies write: its answers as recorded answers (recorded.ts), and what servers
 * have answered here as HAR. Secrets are in neither: in addresses and bodies their names take their place, and headers
 * that hold some are left out.
 */
import { decodeBase64 } from '../entity/base64.ts'
import { charsetIn, charsetOf, decodeAs } from '../entity/charset.ts'
import { get } from '../entity/dict.ts'
import { printJson, readJson } from '../entity/json.ts'
import { equal } from '../entity/order.ts'
import { secretName } from '../entity/secret-names.ts'
import { replaceSecrets } from '../entity/secrets.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { usedRecords } from './har-records.ts'
import type { HttpRequest, HttpResponse } from './http-exchange.ts'
import type { Mask } from './mask.ts'

const notHar = problem<{ reason: string }>({
  code: 'har-not-read',
  severity: 'error',
  says: ({ reason }) => `This is not a HAR file: ${reason}.`,
  fix: () => 'Save the requests of the network tools of a browser as HAR, with content.',
})

/** A request and its response. */
export interface HttpExchange {
  readonly request: HttpRequest
  readonly response: HttpResponse
}

/** The answers of a HAR file as records, and how many had nothing to record: no status, or a body that was not saved. */
interface HarAnswers {
  readonly records: readonly JsonObject[]
  readonly left: number
}

/** Headers of responses that say how the bytes came, which are text by now. */
const TRANSPORT_HEADER = /^(?:content-(?:encoding|length)|transfer-encoding|connection|keep-alive|alt-svc|:.*)$/i

/**
 * The answers in the text of a HAR file, without secrets.
 * @throws Fault where the text is no HAR
 */
export function answersOfHar(text: string): HarAnswers {
  const json = readJson(text.replace(/^\uFEFF/, ''))
  const log = isObject(json) ? get(json, 'log') : undefined
  const entries = isObject(log) ? get(log, 'entries') : undefined
  if (!Array.isArray(entries)) throw new Fault(notHar({ reason: 'it has no list log.entries' }))
  const records = entries.map((entry) => (isObject(entry) ? recordOf(entry) : null)).filter((record) => record !== null)
  return { records: usedRecords(records), left: entries.length - records.length }
}

function recordOf(entry: JsonObject): JsonObject | null {
  const [request, response] = [objectAt(entry, 'request'), objectAt(entry, 'response')]
  const content = objectAt(response, 'content')
  const [url, status] = [get(request, 'url'), get(response, 'status')]
  if (typeof url !== 'string' || !/^https?:/i.test(url) || typeof status !== 'number' || status < 200) return null
  const type = textAt(content, 'mimeType') ?? ''
  const body = bodyOf(content, type)
  if (body === null) return null
  const headers = headersOf(response)
  const posted = postText(objectAt(request, 'postData'))
  return {
    url: addressWithoutSecrets(url),
    method: (textAt(request, 'method') ?? 'GET').toUpperCase(),
    ...(posted === '' ? {} : { body: replaceSecrets(posted, secretText) }),
    ...(status === 200 ? {} : { status }),
    headers: { ...(type === '' ? {} : { 'content-type': type }), ...redirectOf(response), ...headers },
    answer: withoutTokens(answerOf(replaceSecrets(body, secretText))),
  }
}

/** What was posted; forms are saved by their parameters in some files. */
function postText(data: JsonObject): string {
  const text = textAt(data, 'text')
  const params = get(data, 'params')
  if ((text !== undefined && text !== '') || !Array.isArray(params)) return text ?? ''
  const pairs = params.filter(isObject).map((each) => {
    const [name, value] = [textAt(each, 'name') ?? '', textAt(each, 'value') ?? '']
    const isSecret = secretName(name, 'parameter') !== null && !value.startsWith('$SECRET(')
    return isSecret ? `${name}=${secretText(name)}` : new URLSearchParams([[name, value]]).toString()
  })
  return pairs.join('&')
}

/** Where a redirect leads, which some files say beside the headers alone. */
function redirectOf(response: JsonObject): Record<string, string> {
  const target = textAt(response, 'redirectURL') ?? ''
  return target === '' ? {} : { location: addressWithoutSecrets(target) }
}

/** JSON as it is, so that a person can read and change it; anything else, a text of JSON too, as text. */
function answerOf(body: string): Json {
  try {
    const json = readJson(body)
    return typeof json === 'string' ? body : json
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return body
  }
}

/** The answer with names in the place of what its properties call a token, a password and the like. */
function withoutTokens(answer: Json): Json {
  if (Array.isArray(answer)) return answer.map(withoutTokens)
  if (!isObject(answer)) return answer
  const shown = Object.entries(answer).map(([name, value]): [string, Json] => {
    const isSecret = typeof value === 'string' && value !== '' && secretName(name) === 'certain'
    return [name, isSecret && !value.startsWith('$SECRET(') ? secretText(name) : withoutTokens(value)]
  })
  return Object.fromEntries(shown)
}

/** A body as it is saved. One that names no token keeps its text. */
function savedBody(body: string, mask: Mask): string {
  const text = replaceSecrets(mask(body), secretText)
  const json = answerOf(text)
  if (typeof json === 'string') return text
  const shown = withoutTokens(json)
  return equal(json, shown) ? text : printJson(shown)
}

/** The body as text; null where it was not saved as one. */
function bodyOf(content: JsonObject, type: string): string | null {
  const text = textAt(content, 'text')
  if (text === undefined) {
    const size = get(content, 'size')
    return typeof size === 'number' && size > 0 ? null : ''
  }
  if (get(content, 'encoding') !== 'base64') return text
  const bytes = decodeBase64(text.replace(/\s/g, ''))
  // Packed bytes (gzip, as a proxy may save them) are no text.
  return bytes === null || (bytes[0] === 0x1f && bytes[1] === 0x8b)
    ? null
    : decodeAs(bytes, charsetOf(charsetIn(type)) ?? 'utf-8', false)
}

function headersOf(response: JsonObject): Record<string, string> {
  const found: Record<string, string> = {}
  const given = get(response, 'headers')
  for (const header of Array.isArray(given) ? given : []) {
    if (!isObject(header)) continue
    const [name, value] = [textAt(header, 'name') ?? '', textAt(header, 'value') ?? '']
    if (isOpenHeader(name)) found[name.toLowerCase()] = addressWithoutSecrets(value)
  }
  return found
}

function isOpenHeader(name: string): boolean {
  return name !== '' && !TRANSPORT_HEADER.test(name) && !/cookie/i.test(name) && secretName(name, 'header') === null
}

function secretText(name: string): string {
  return `$SECRET(${name.replace(/[()\s]+/g, '_')})`
}

/** An address without the secrets in its parameters and before its host; other texts without those they name. */
export function addressWithoutSecrets(url: string): string {
  const named = url.replace(/([?&;])([^=&;#?]+)=([^&;#]+)/g, (whole, before: string, name: string, value: string) =>
    value.startsWith('$SECRET(') || secretName(decodeIfPossible(name), 'parameter') === null
      ? whole
      : `${before}${name}=${secretText(decodeIfPossible(name))}`,
  )
  return replaceSecrets(named.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/@?#]*@/i, '$1'), secretText)
}

function decodeIfPossible(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // not percent-encoded; it stands for itself
  }
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = get(object, key)
  return isObject(value) ? value : {}
}

function textAt(object: JsonObject, key: string): string | undefined {
  const value = get(object, key)
  return typeof value === 'string' ? value : undefined
}

/** Exchanges as the text of a HAR file. `mask` knows the values of the project's secrets. */
export function harOf(exchanges: readonly HttpExchange[], mask: Mask, startedAt: string): string {
  const entries = exchanges.map(({ request, response }): JsonObject => {
    const { method = 'GET', url, headers = {}, body } = request
    const type = response.headers['content-type'] ?? ''
    return {
      startedDateTime: startedAt,
      time: 0,
      request: {
        method,
        url: addressWithoutSecrets(mask(url)),
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: headerList(headers, mask),
        queryString: [],
        ...(body === undefined
          ? {}
          : { postData: { mimeType: 'application/json', text: replaceSecrets(mask(body), secretText) } }),
        headersSize: -1,
        bodySize: -1,
      },
      response: {
        status: response.status,
        statusText: '',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: headerList(response.headers, mask),
        content: { size: response.text.length, mimeType: type, text: savedBody(response.text, mask) },
        redirectURL: '',
        headersSize: -1,
        bodySize: -1,
      },
      cache: {},
      timings: { send: 0, wait: 0, receive: 0 },
    }
  })
  return printJson({ log: { version: '1.2', creator: { name: 'Pipewright', version: '1' }, entries } })
}

function headerList(headers: Readonly<Record<string, string>>, mask: Mask): Json[] {
  return Object.entries(headers)
    .filter(([name]) => isOpenHeader(name))
    .map(([name, value]) => ({ name, value: addressWithoutSecrets(mask(value)) }))
}
