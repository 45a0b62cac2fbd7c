/**
 * TokenValues that a REST service hands out by operations of its own (`custom_auth`): got before the first request of a run,
 * again shortly before they expire, and given to the templates of all other operations as `token`. See "Custom
 * authentication" in configuration-systems-rest.rst.
 */

import { advanced, integerField, jsonMap, required, templateField, textField } from '../../config/model/field.ts'
import { numberSetting, objectSetting, textSetting } from '../../config/model/setting.ts'
import type { EffectiveSystem } from '../../config/project/effective.ts'
import { get } from '../../entity/dict.ts'
import { isDict, isObject, type JsonObject } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import type { RunContext } from '../runtime.ts'
import { template, templateOptions } from '../template.ts'
import { authentication, type RunOperation, type TokenValues } from './define.ts'

const noToken = problem<{ operation: string; reason: string }>({
  code: 'custom-auth-no-token',
  severity: 'error',
  says: ({ operation, reason }) => `The operation ${operation} of custom_auth gave no token: ${reason}.`,
  fix: () => 'Check custom_auth and the operation in the system, and the values of its secrets.',
})

interface TokenSession {
  readonly token: TokenValues
  /** Milliseconds since 1970 after which new ones are needed. */
  readonly until: number
  readonly refreshUntil: number
}

/** TokenValues live as long as the run that got them. */
const sessions = new WeakMap<RunContext, Map<string, Promise<TokenSession>>>()

const fields = [
  textField('get_token_operation', 'The operation that gives the access token.', required),
  templateField('expires_at_expression', 'A template that gives the date when the token expires.'),
  templateField('expires_in_expression', 'A template that gives the seconds until the token expires.'),
  integerField('refresh_window', 'How many seconds before it expires a new token is fetched.', {
    default: 30,
    ...advanced,
  }),
  jsonMap('initial_refresh_token', 'Refresh tokens to begin with, by the name of their property.'),
  textField('get_refresh_token_operation', 'An operation to carry out before, for services that need two.', advanced),
  templateField('refresh_token_expires_at_expression', 'When the answer of that operation expires.', advanced),
  templateField('refresh_token_expires_in_expression', 'Seconds until the answer of that operation expires.', advanced),
  textField('access_token_property', 'The property known to templates as access_token.', {
    ...advanced,
    deprecated: 'Use token.<property> in the templates.',
  }),
  textField('refresh_token_property', 'The property known to templates as refresh_token.', {
    ...advanced,
    deprecated: 'Use token.<property> in the templates.',
  }),
]

/** configuration-systems-rest.rst, "Custom authentication" */
export const customAuthentication = authentication({
  name: 'custom_auth',
  doc: 'documentation/service-configuration/systems/configuration-systems-rest.rst#rest-custom-auth',
  fields: [
    {
      name: 'custom_auth',
      type: { is: 'object', fields },
      says: 'How to get tokens by operations of the service itself; templates know them as token. Experimental in Sesam.',
      advanced: true,
    },
  ],
  applies: (system) => isObject(get(system, 'custom_auth')),
  tokens: tokenValues,
})

/** What templates know of the tokens: `token`, and by their deprecated names `access_token` and `refresh_token`. */
async function tokenValues(system: EffectiveSystem, running: RunContext, run: RunOperation): Promise<TokenValues> {
  const auth = objectSetting(system.config, 'custom_auth')
  const known = sessions.get(running) ?? new Map<string, Promise<TokenSession>>()
  sessions.set(running, known)
  const before = await known.get(system.id)
  const now = Number(running.environment.now() / 1_000_000n)
  const window = 1000 * numberSetting(auth, 'refresh_window', 30)
  if (before && now < before.until - window) return namedTokenValues(auth, before.token)
  const next = authenticate({ auth, system, running, run, now, window }, before ?? null)
  known.set(system.id, next)
  try {
    const { token, until } = await next
    if (Number.isFinite(until)) running.tokens?.set(system.id, new Date(until).toISOString())
    return namedTokenValues(auth, token)
  } catch (error) {
    known.delete(system.id)
    throw error
  }
}

/** What one authentication needs; times in milliseconds since 1970. */
interface TokenRequest {
  readonly auth: JsonObject
  readonly system: EffectiveSystem
  readonly running: RunContext
  readonly run: RunOperation
  readonly now: number
  readonly window: number
}

async function authenticate(request: TokenRequest, before: TokenSession | null): Promise<TokenSession> {
  const { auth, now, window } = request
  let token: TokenValues = before?.token ?? objectSetting(auth, 'initial_refresh_token')
  let refreshUntil = before?.refreshUntil ?? 0
  const refresh = textSetting(auth, 'get_refresh_token_operation')
  if (refresh !== undefined && now >= refreshUntil - window) {
    token = { ...token, ...(await answerOf(refresh, token, request)) }
    refreshUntil = expiryTime('refresh_token_', token, request)
    token = { ...token, ...expiryProperties('refresh_token_', refreshUntil) }
  }
  token = { ...token, ...(await answerOf(textSetting(auth, 'get_token_operation', ''), token, request)) }
  const until = expiryTime('', token, request)
  return { token: { ...token, ...expiryProperties('', until) }, until, refreshUntil }
}

/** The response of an operation of the system as an object. */
async function answerOf(name: string, token: TokenValues, { auth, run }: TokenRequest): Promise<TokenValues> {
  const body = await run(name, namedTokenValues(auth, token))
  if (!isDict(body)) throw new Fault(noToken({ operation: name, reason: 'the answer is no JSON object' }))
  return body
}

function namedTokenValues(auth: JsonObject, token: TokenValues): TokenValues {
  const tokenValueAt = (property: string) => {
    const name = textSetting(auth, property)
    return name === undefined ? undefined : token[name]
  }
  return {
    token,
    access_token: tokenValueAt('access_token_property'),
    refresh_token: tokenValueAt('refresh_token_property'),
  }
}

/** When a token expires; one that says nothing of it is good for the run. */
function expiryTime(prefix: string, token: TokenValues, { auth, system, running, now }: TokenRequest): number {
  const renderedSetting = (property: string) => {
    const expression = textSetting(auth, prefix + property)
    if (expression === undefined) return ''
    const name = `${system.id}/custom_auth/${prefix}${property}`
    return template(expression, { name })({ token }, templateOptions(running.environment)).trim()
  }
  const at = readMoment(renderedSetting('expires_at_expression'))
  if (!Number.isNaN(at)) return at
  const seconds = renderedSetting('expires_in_expression')
  return seconds === '' || Number.isNaN(Number(seconds)) ? Number.POSITIVE_INFINITY : now + 1000 * Number(seconds)
}

/** Milliseconds since 1970 of a date; one that names no time zone is in UTC. NaN where it is none. */
function readMoment(text: string): number {
  const withTime = text.replace(/^(\d{4}-\d\d-\d\d) /, '$1T')
  return Date.parse(/T[\d:.]+$/.test(withTime) ? `${withTime}Z` : withTime)
}

function expiryProperties(prefix: string, until: number): TokenValues {
  if (!Number.isFinite(until)) return {}
  const date = new Date(until).toISOString().replace(/\.\d+Z$/, 'Z')
  return { [`${prefix}expires_at`]: Math.floor(until / 1000), [`${prefix}expiry_date`]: date }
}
