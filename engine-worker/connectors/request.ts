/** Requests to systems: the URL by the system's pattern, headers and authentication, over an injected `fetch`. */

import { numberSetting, objectSetting, textSetting } from '../config/model/setting.ts'
import type { EffectiveSystem, Part } from '../config/project/effective.ts'
import { decodeFile } from '../config/project/read.ts'
import { revealSecrets, variableText } from '../config/project/variables.ts'
import { encodeBase64 } from '../entity/base64.ts'
import { isObject, type JsonObject } from '../entity/value.ts'
import { Fault, problem, reasonOf } from '../problem.ts'
import { authorizationHeaders, loginHeaders, unavailableLogin } from './auth/kinds.ts'
import { memoryTokens, type TokenStore } from './auth/tokens.ts'
import type { BodyFormat, HttpRequest, HttpResponse } from './http-exchange.ts'
import { hideValue, type Mask, maskOf } from './mask.ts'
import { type OpenContext, systemOf } from './open-context.ts'
import { formEncoded } from './request-body.ts'
import type { RunContext } from './runtime.ts'

const noNetwork = problem<{ url: string }>({
  code: 'no-network',
  severity: 'error',
  says: ({ url }) => `No request went to ${url}: there is no network here, or this is only a preview.`,
  fix: () => 'Run the pipe, record its answers, or choose another alternative with an environment variable.',
})
const notAbsolute = problem<{ url: string }>({
  code: 'url-not-absolute',
  severity: 'error',
  says: ({ url }) => `“${url}” is not a complete address: the system does not name a server.`,
  fix: () => 'Give the system a url_pattern such as https://example.org/%s, or supply the data by hand.',
})
const fileNotSupplied = problem<{ file: string }>({
  code: 'file-not-supplied',
  severity: 'error',
  says: ({ file }) => `The file “${file}” has not been supplied.`,
  fix: () => 'Supply it where the pipe reads it.',
})
const requestFailed = problem<{ url: string; reason: string }>({
  code: 'request-failed',
  severity: 'error',
  says: ({ url, reason }) => `The request to ${url} failed: ${reason}.`,
  fix: () => 'Check the URL. A browser may only read servers that allow it (CORS); otherwise supply the data by hand.',
})
export const badAnswer = problem<{ url: string; status: number; body: string }>({
  code: 'bad-answer',
  severity: 'error',
  says: ({ url, status, body }) => `${url} answered with status ${status}${body === '' ? '' : `: ${body}`}.`,
})

const noAnswer = problem<{ url: string; seconds: number }>({
  code: 'request-timeout',
  severity: 'error',
  says: ({ url, seconds }) => `${url} did not answer within ${seconds} seconds.`,
  fix: () => 'Try again later, or raise read_timeout of the system.',
})

const noSecret = problem<{ name: string; url: string }>({
  code: 'secret-without-value',
  severity: 'error',
  says: ({ name, url }) => `No request went to ${url}: the secret ${name} has no value here.`,
  fix: () => 'Supply the data by hand, or choose another alternative with an environment variable.',
})

const loginNotHere = problem<{ url: string; login: string }>({
  code: 'login-not-here',
  severity: 'error',
  says: ({ url, login }) =>
    `No request went to ${url}: its system logs in by ${login}, which neither a browser nor this command can do.`,
  fix: () => 'Supply the data by hand, or choose another alternative with an environment variable.',
})
const absoluteUrl = /^[a-z][a-z0-9+.-]*:\/\//i

const fileUrl = /^file:\/*/i

/** Whether an address says of itself where it is. */
export function isAbsoluteUrl(url: string): boolean {
  return absoluteUrl.test(url)
}

/** Whether a request can go to an address: it names a server, and no file. */
export function isServerUrl(url: string): boolean {
  return absoluteUrl.test(url) && !fileUrl.test(url)
}

/** The URL of a part: its `url` put into the pattern of its system. */
export function urlOf(part: Part, context: OpenContext): string {
  return joinUrl(systemOf(part, context)?.config ?? {}, textSetting(part.config, 'url', ''))
}

/** A URL relative to a system: `url_pattern` with `%s`, or the old `base_url`; a whole URL stays as it is. */
export function joinUrl(system: JsonObject, url: string): string {
  if (absoluteUrl.test(url)) return url
  const pattern = textSetting(system, 'url_pattern')
  if (pattern?.includes('%s')) return pattern.replace('%s', () => url.replace(/^\//, ''))
  const base = pattern ?? textSetting(system, 'base_url') ?? ''
  if (base === '' || url === '') return base + url
  return `${base.replace(/\/$/, '')}/${url.replace(/^\//, '')}`
}

/** Headers and authentication that the system adds to each request; secrets are still names. */
export function systemHeaders(system: JsonObject): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(objectSetting(system, 'headers'))) headers[name] = variableText(value)
  Object.assign(headers, loginHeaders(system))
  return headers
}

/** A setting with its secrets; one without a value is a Fault, and its name never goes out in its place. */
function urlWithSecrets(setting: string, url: string, { secret }: Pick<OpenContext, 'secret'>): string {
  const text = revealSecrets(setting, secret)
  const name = /\$SECRET\(([^()]*)\)/.exec(text)?.[1]
  if (name !== undefined) throw new Fault(noSecret({ name: name.trim(), url }))
  return text
}

type SecretWriter = (secret: string) => string

/** How a secret is written into a body of each format. */
const bodyWriters: Readonly<Record<BodyFormat, SecretWriter>> = {
  text: (secret) => secret,
  json: (secret) => JSON.stringify(secret).slice(1, -1),
  form: formEncoded,
}

function encodedSecret(secret: string | null, write: SecretWriter): string | null {
  return secret === null ? null : write(secret)
}

/** What a request may use besides its system. */
export type RequestInputs = Pick<OpenContext, 'project' | 'secret' | 'tokens' | 'responses'>

/** Sends a request and gives the answer's text; a status outside 2xx (unless allowed) is a Fault. */
export async function requestText(
  request: HttpRequest,
  system: EffectiveSystem | null,
  context: RequestInputs,
  running: RunContext,
  allowed: (status: number) => boolean = (status) => status >= 200 && status < 300,
): Promise<HttpResponse> {
  const { url } = request
  if (fileUrl.test(url)) throw new Fault(fileNotSupplied({ file: url.replace(fileUrl, '') }))
  if (!running.fetch) {
    const known = context.responses?.to(request)
    if (known) return accepted(known, allowed)
    throw new Fault(noNetwork({ url }))
  }
  const impossible = unavailableLogin(system?.config ?? {})
  if (impossible !== undefined) throw new Fault(loginNotHere({ url, login: impossible }))
  const secret = (name: string) => (request.secrets?.has(name) === false ? null : context.secret(name))
  const partHeaders: Record<string, string> = {}
  for (const [name, value] of Object.entries({ ...systemHeaders(system?.config ?? {}), ...request.headers })) {
    partHeaders[name] = encodeBasic(urlWithSecrets(value, url, { secret }))
  }
  const { encodedFrom = url.length, bodyFormat = 'text' } = request
  const uriEncodedSecret = (name: string) => encodedSecret(secret(name), encodeURIComponent)
  const address =
    urlWithSecrets(url.slice(0, encodedFrom), url, { secret }) +
    urlWithSecrets(url.slice(encodedFrom), url, { secret: uriEncodedSecret })
  // Otherwise a browser would ask the server that the app itself comes from.
  if (!absoluteUrl.test(address)) throw new Fault(notAbsolute({ url }))
  const bodyWithSecrets = (body: string) =>
    request.secrets ? revealSecrets(body, (name) => encodedSecret(secret(name), bodyWriters[bodyFormat])) : body
  const seconds = numberSetting(system?.config ?? {}, 'read_timeout', 1800)
  const timeout = AbortSignal.timeout(Math.min(seconds * 1000, 2 ** 31 - 1))
  const { fetch } = running
  const sendWith = async (headers: Record<string, string>): Promise<Response> => {
    try {
      return await fetch(address, {
        method: request.method ?? 'GET',
        headers: { ...headers, ...partHeaders },
        ...(request.body === undefined ? {} : { body: bodyWithSecrets(request.body) }),
        signal: AbortSignal.any([running.signal, timeout]),
      })
    } catch (error) {
      if (running.signal.aborted || error instanceof Fault) throw error
      if (timeout.aborted) throw new Fault(noAnswer({ url, seconds }))
      throw new Fault(requestFailed({ url, reason: failureOf(error) }))
    }
  }
  const login = await authorization(system, context, running)
  let response = await sendWith(login)
  if (response.status === 401 && Object.keys(login).length > 0) {
    // A token may end before its time: one more is tried.
    await response.body?.cancel()
    response = await sendWith(await authorization(system, context, running, login))
  }
  const mask = maskOf(context.project.hidden)
  const answer = {
    status: response.status,
    text: await bodyText(response, request),
    headers: Object.fromEntries(response.headers),
    url: mask(response.url) || url,
  }
  const shown = { ...answer, text: mask(answer.text), headers: maskedTexts(answer.headers, mask) }
  if (!request.unrecorded) context.responses?.keep(request, shown)
  // The body is masked before it is cut: the beginning of a secret would not be recognised.
  if (!allowed(answer.status)) return accepted(shown, allowed)
  return answer
}

/** Why a request failed; Node gives the reason that counts, such as a refused certificate, as the cause. */
function failureOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {}
  return cause instanceof Error && cause.message !== ''
    ? `${reasonOf(error)} (${cause.message.trim()})`
    : reasonOf(error)
}

function maskedTexts(texts: Readonly<Record<string, string>>, mask: Mask): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, mask(value)]))
}

/** The answer, when its status is allowed; a Fault otherwise. */
export function accepted(answer: HttpResponse, allowed: (status: number) => boolean): HttpResponse {
  const { status, text: body, url } = answer
  if (!allowed(status)) throw new Fault(badAnswer({ url, status, body: body.slice(0, 200) }))
  return answer
}

/** Tokens of runs whose project has no place for them. */
const runTokens = new WeakMap<RunContext, TokenStore>()

function tokensOf(context: RequestInputs, running: RunContext): TokenStore {
  const store = context.tokens ?? runTokens.get(running) ?? memoryTokens()
  if (!context.tokens) runTokens.set(running, store)
  return store
}

/** Headers by which a system is logged in to when a request leaves; other ones than those that were refused, if it can. */
async function authorization(
  system: EffectiveSystem | null,
  context: RequestInputs,
  running: RunContext,
  refused?: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  if (!system) return {}
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' }
  const sendForm = (url: string, body: string) =>
    requestText({ url, method: 'POST', headers, body, unrecorded: true }, null, context, running, () => true)
  const revealed = { ...system, config: secretsIn(system.config, context) }
  return authorizationHeaders({
    system: revealed,
    running,
    sendForm,
    tokens: tokensOf(context, running),
    hide: (name, value) => hideValue(context.project.hidden, name, value),
    ...(refused ? { refused } : {}),
  })
}

/** The settings with their secrets put in: a form is encoded, so that it is too late afterwards. */
function secretsIn(settings: JsonObject, context: RequestInputs): JsonObject {
  const filled = Object.entries(settings).map(([key, value]) => [
    key,
    typeof value === 'string'
      ? revealSecrets(value, context.secret)
      : isObject(value)
        ? secretsIn(value, context)
        : value,
  ])
  return Object.fromEntries(filled)
}

async function bodyText(response: Response, { url, encoding }: HttpRequest): Promise<string> {
  if (!encoding) return response.text()
  return decodeFile(new Uint8Array(await response.arrayBuffer()), url, encoding)
}

/** `Basic user:password` in its encoded form; other values stay. */
function encodeBasic(value: string): string {
  const credentials = /^Basic ([^:]*:.*)$/s.exec(value)?.[1]
  return credentials === undefined ? value : `Basic ${encodeBase64(new TextEncoder().encode(credentials))}`
}
