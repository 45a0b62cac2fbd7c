/** Access tokens by OAuth 2, grants "client credentials" and "refresh token"; configuration-systems-url.rst. */
import { get } from '../entity/dict.ts'
import { readJson } from '../entity/json.ts'
import { isObject, type JsonObject } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import type { Running } from './runtime.ts'
import { amount, object, text, texts } from './setting.ts'
import { asText } from './variables.ts'

const noToken = problem<{ url: string; reason: string }>({
  code: 'oauth2-no-token',
  severity: 'error',
  says: ({ url, reason }) => `${url} gave no access token: ${reason}.`,
  fix: () => 'Check client_id, client_secret and token_url of the system.',
})

/** Sends a form and gives the answer's text. */
export type SendForm = (url: string, form: string) => Promise<string>

interface Token {
  readonly value: string
  /** Nanoseconds since 1970 after which a new one is needed. */
  readonly until: bigint
  readonly refresh: string | undefined
  /** Milliseconds since 1970. */
  readonly expires: number
}

/** Tokens live as long as the run that got them. */
const tokens = new WeakMap<Running, Map<string, Promise<Token>>>()

/** The access token for a system, got once and again shortly before it expires. */
export async function accessToken(
  system: string,
  oauth2: JsonObject,
  running: Running,
  send: SendForm,
): Promise<string> {
  const known = tokens.get(running) ?? new Map<string, Promise<Token>>()
  tokens.set(running, known)
  const key = `${text(oauth2, 'token_url', '')} ${text(oauth2, 'client_id', '')} ${scopeOf(oauth2)}`
  const before = await known.get(key)
  if (before && running.surroundings.now() < before.until) return before.value
  const token = fetchToken(oauth2, before?.refresh ?? text(oauth2, 'refresh_token'), running, send)
  known.set(key, token)
  try {
    const { value, expires } = await token
    running.tokens?.set(system, new Date(expires).toISOString())
    return value
  } catch (error) {
    known.delete(key)
    throw error
  }
}

async function fetchToken(
  oauth2: JsonObject,
  refresh: string | undefined,
  running: Running,
  send: SendForm,
): Promise<Token> {
  const url = text(oauth2, 'token_url', '')
  const form = new URLSearchParams({ grant_type: refresh === undefined ? 'client_credentials' : 'refresh_token' })
  form.set('client_id', text(oauth2, 'client_id', ''))
  form.set('client_secret', text(oauth2, 'client_secret', ''))
  if (refresh !== undefined) form.set('refresh_token', refresh)
  if (scopeOf(oauth2) !== '') form.set('scope', scopeOf(oauth2))
  for (const [name, value] of Object.entries(object(oauth2, 'extra'))) form.set(name, asText(value))
  const answer = readJson(await send(url, form.toString()))
  const value = isObject(answer) ? get(answer, 'access_token') : undefined
  if (!isObject(answer) || typeof value !== 'string') throw new Fault(noToken({ url, reason: 'the answer has none' }))
  const lifetime = amount(answer, 'expires_in', 3600)
  const seconds = Math.max(0, lifetime - amount(oauth2, 'refresh_window', 30))
  const now = running.surroundings.now()
  return {
    value,
    until: now + BigInt(Math.floor(seconds)) * 1_000_000_000n,
    expires: Number(now / 1_000_000n) + 1000 * lifetime,
    refresh: text(answer, 'refresh_token') ?? refresh,
  }
}

function scopeOf(oauth2: JsonObject): string {
  return (texts(oauth2, 'scope') ?? []).join(' ')
}
