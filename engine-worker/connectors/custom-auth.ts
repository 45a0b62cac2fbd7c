/**
 * Tokens that a REST service hands out by operations of its own (`custom_auth`): got before the first request of a run,
 * again shortly before they expire, and given to the templates of all other operations as `token`. See "Custom
 * authentication" in configuration-systems-rest.rst.
 */
import { get } from '../entity/dict.ts'
import { readJson } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { restRequest, unknownOperation } from './operation.ts'
import { type Asking, ask } from './send.ts'
import { amount, object, text } from './setting.ts'
import { template } from './template.ts'
import { plainValue } from './to-text.ts'

const noToken = problem<{ operation: string; reason: string }>({
  code: 'custom-auth-no-token',
  severity: 'error',
  says: ({ operation, reason }) => `The operation ${operation} of custom_auth gave no token: ${reason}.`,
  fix: () => 'Check custom_auth and the operation in the system, and the values of its secrets.',
})

type Plain = Readonly<Record<string, unknown>>

interface Session {
  readonly token: Plain
  /** Milliseconds since 1970 after which new ones are needed. */
  readonly until: number
  readonly refreshUntil: number
}

/** Tokens live as long as the run that got them. */
const sessions = new WeakMap<Asking['running'], Map<string, Promise<Session>>>()

/** What templates know of the tokens: `token`, and by their deprecated names `access_token` and `refresh_token`. */
export async function tokenValues(asking: Omit<Asking, 'operation'>): Promise<Plain> {
  const { system, running } = asking
  const auth = system && get(system.config, 'custom_auth')
  // Without a network answers come from records, which need no token.
  if (!system || !isObject(auth) || !running.fetch) return {}
  const known = sessions.get(running) ?? new Map<string, Promise<Session>>()
  sessions.set(running, known)
  const before = await known.get(system.id)
  const now = Number(running.surroundings.now() / 1_000_000n)
  const window = 1000 * amount(auth, 'refresh_window', 30)
  if (before && now < before.until - window) return named(auth, before.token)
  const next = authenticate(auth, asking, before ?? null, now, window)
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
  asking: Omit<Asking, 'operation'>,
  before: Session | null,
  now: number,
  window: number,
): Promise<Session> {
  let token: Plain = before?.token ?? (plainValue(object(auth, 'initial_refresh_token')) as Plain)
  let refreshUntil = before?.refreshUntil ?? 0
  const refresh = text(auth, 'get_refresh_token_operation')
  if (refresh !== undefined && now >= refreshUntil - window) {
    token = { ...token, ...(await answerOf(refresh, auth, token, asking)) }
    refreshUntil = expiry(auth, 'refresh_token_', token, now)
    token = { ...token, ...expiryProperties('refresh_token_', refreshUntil) }
  }
  token = { ...token, ...(await answerOf(text(auth, 'get_token_operation', ''), auth, token, asking)) }
  const until = expiry(auth, '', token, now)
  return { token: { ...token, ...expiryProperties('', until) }, until, refreshUntil }
}

/** The answer of an operation of the system as an object. */
async function answerOf(
  name: string,
  auth: JsonObject,
  token: Plain,
  asking: Omit<Asking, 'operation'>,
): Promise<Plain> {
  const operation = get(object(asking.system?.config ?? {}, 'operations'), name)
  if (!isObject(operation)) throw new Fault(unknownOperation({ operation: name, suggestion: '' }))
  const request = restRequest(operation, asking.part, asking.making, { values: named(auth, token) })
  const answer = await ask(request, [], { ...asking, operation }, (status) => status >= 200 && status < 300)
  const body = json(answer.text)
  if (!isObject(body)) throw new Fault(noToken({ operation: name, reason: 'the answer is no JSON object' }))
  return plainValue(body) as Plain
}

function json(source: string): Json {
  try {
    return readJson(source)
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

function named(auth: JsonObject, token: Plain): Plain {
  const at = (property: string) => {
    const name = text(auth, property)
    return name === undefined ? undefined : token[name]
  }
  return { token, access_token: at('access_token_property'), refresh_token: at('refresh_token_property') }
}

/** When a token expires; one that says nothing of it is good for the run. */
function expiry(auth: JsonObject, prefix: string, token: Plain, now: number): number {
  const rendered = (property: string) => {
    const expression = text(auth, prefix + property)
    return expression === undefined ? '' : template(expression)({ token }).trim()
  }
  const at = Date.parse(rendered('expires_at_expression'))
  if (!Number.isNaN(at)) return at
  const seconds = rendered('expires_in_expression')
  return seconds === '' || Number.isNaN(Number(seconds)) ? Number.POSITIVE_INFINITY : now + 1000 * Number(seconds)
}

function expiryProperties(prefix: string, until: number): Plain {
  if (!Number.isFinite(until)) return {}
  const date = new Date(until).toISOString().replace(/\.\d+Z$/, 'Z')
  return { [`${prefix}expires_at`]: Math.floor(until / 1000), [`${prefix}expiry_date`]: date }
}
