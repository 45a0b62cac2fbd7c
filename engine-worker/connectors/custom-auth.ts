/**
 * Tokens that a REST service hands out by operations of its own (`custom_auth`): got before the first request of a run,
 * again shortly before they expire, and given to the templates of all other operations as `token`. See "Custom
 * authentication" in configuration-systems-rest.rst.
 */
import { get } from '../entity/dict.ts'
import { readValue } from '../entity/transit.ts'
import { isDict, isObject, type JsonObject, type Value } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { type Operation, restRequest, unknownOperation } from './operation.ts'
import { payloadIn } from './response.ts'
import { type RequestContext, sendRequest } from './send.ts'
import { amount, object, text } from './setting.ts'
import { template, templateOptions } from './template.ts'

const noToken = problem<{ operation: string; reason: string }>({
  code: 'custom-auth-no-token',
  severity: 'error',
  says: ({ operation, reason }) => `The operation ${operation} of custom_auth gave no token: ${reason}.`,
  fix: () => 'Check custom_auth and the operation in the system, and the values of its secrets.',
})

type Tokens = Readonly<Record<string, unknown>>

interface Session {
  readonly token: Tokens
  /** Milliseconds since 1970 after which new ones are needed. */
  readonly until: number
  readonly refreshUntil: number
}

/** Tokens live as long as the run that got them. */
const sessions = new WeakMap<RequestContext['running'], Map<string, Promise<Session>>>()

/** What templates know of the tokens: `token`, and by their deprecated names `access_token` and `refresh_token`. */
export async function tokenValues(request: Omit<RequestContext, 'operation'>): Promise<Tokens> {
  const { system, running } = request
  const auth = system && get(system.config, 'custom_auth')
  // Without a network answers come from records, which need no token.
  if (!system || !isObject(auth) || !running.fetch) return {}
  const known = sessions.get(running) ?? new Map<string, Promise<Session>>()
  sessions.set(running, known)
  const before = await known.get(system.id)
  const now = Number(running.surroundings.now() / 1_000_000n)
  const window = 1000 * amount(auth, 'refresh_window', 30)
  if (before && now < before.until - window) return named(auth, before.token)
  const next = authenticate(auth, request, before ?? null, now, window)
  known.set(system.id, next)
  try {
    const { token, until } = await next
    if (Number.isFinite(until)) running.tokens?.set(system.id, new Date(until).toISOString())
    return named(auth, token)
  } catch (error) {
    known.delete(system.id)
    throw error
  }
}

async function authenticate(
  auth: JsonObject,
  request: Omit<RequestContext, 'operation'>,
  before: Session | null,
  now: number,
  window: number,
): Promise<Session> {
  let token: Tokens = before?.token ?? object(auth, 'initial_refresh_token')
  let refreshUntil = before?.refreshUntil ?? 0
  const refresh = text(auth, 'get_refresh_token_operation')
  if (refresh !== undefined && now >= refreshUntil - window) {
    token = { ...token, ...(await answerOf(refresh, auth, token, request)) }
    refreshUntil = expiry(auth, 'refresh_token_', token, now, request)
    token = { ...token, ...expiryProperties('refresh_token_', refreshUntil) }
  }
  token = { ...token, ...(await answerOf(text(auth, 'get_token_operation', ''), auth, token, request)) }
  const until = expiry(auth, '', token, now, request)
  return { token: { ...token, ...expiryProperties('', until) }, until, refreshUntil }
}

/** The answer of an operation of the system as an object. */
async function answerOf(
  name: string,
  auth: JsonObject,
  token: Tokens,
  request: Omit<RequestContext, 'operation'>,
): Promise<Tokens> {
  const config = get(object(request.system?.config ?? {}, 'operations'), name)
  if (!isObject(config)) throw new Fault(unknownOperation({ operation: name, suggestion: '' }))
  const place = (property: string) => ({ name: `${request.system?.id ?? ''}/operations/${name}/${property}` })
  const operation: Operation = { name, config, place }
  const options = templateOptions(request.running.surroundings)
  const sent = restRequest(operation, request.part, request.context, { values: named(auth, token), options })
  const answer = await sendRequest(sent, [], { ...request, operation }, (status) => status >= 200 && status < 300)
  const body = payloadIn(jsonIn(answer.text), text(config, 'payload_property'))
  if (!isDict(body)) throw new Fault(noToken({ operation: name, reason: 'the answer is no JSON object' }))
  return body
}

function jsonIn(source: string): Value {
  try {
    return readValue(source)
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

function named(auth: JsonObject, token: Tokens): Tokens {
  const at = (property: string) => {
    const name = text(auth, property)
    return name === undefined ? undefined : token[name]
  }
  return { token, access_token: at('access_token_property'), refresh_token: at('refresh_token_property') }
}

/** When a token expires; one that says nothing of it is good for the run. */
function expiry(
  auth: JsonObject,
  prefix: string,
  token: Tokens,
  now: number,
  request: Omit<RequestContext, 'operation'>,
): number {
  const rendered = (property: string) => {
    const expression = text(auth, prefix + property)
    if (expression === undefined) return ''
    const name = `${request.system?.id ?? ''}/custom_auth/${prefix}${property}`
    return template(expression, { name })({ token }, templateOptions(request.running.surroundings)).trim()
  }
  const at = readMoment(rendered('expires_at_expression'))
  if (!Number.isNaN(at)) return at
  const seconds = rendered('expires_in_expression')
  return seconds === '' || Number.isNaN(Number(seconds)) ? Number.POSITIVE_INFINITY : now + 1000 * Number(seconds)
}

/** Milliseconds since 1970 of a date; one that names no time zone is in UTC. NaN where it is none. */
function readMoment(text: string): number {
  const withTime = text.replace(/^(\d{4}-\d\d-\d\d) /, '$1T')
  return Date.parse(/T[\d:.]+$/.test(withTime) ? `${withTime}Z` : withTime)
}

function expiryProperties(prefix: string, until: number): Tokens {
  if (!Number.isFinite(until)) return {}
  const date = new Date(until).toISOString().replace(/\.\d+Z$/, 'Z')
  return { [`${prefix}expires_at`]: Math.floor(until / 1000), [`${prefix}expiry_date`]: date }
}
