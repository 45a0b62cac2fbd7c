/** Access tokens by OAuth 2, grants "client credentials" and "refresh token"; configuration-systems-url.rst. */

import {
  advanced,
  integerField,
  jsonMap,
  objectField,
  secretField,
  textField,
  textOrList,
} from '../../config/model/field.ts'
import { amount, object, text, texts } from '../../config/model/setting.ts'
import { variableText } from '../../config/project/variables.ts'
import { get } from '../../entity/dict.ts'
import { readJson } from '../../entity/json.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import type { RunContext } from '../runtime.ts'
import { type AuthenticationContext, authentication } from './define.ts'

const noToken = problem<{ url: string; reason: string }>({
  code: 'oauth2-no-token',
  severity: 'error',
  says: ({ url, reason }) => `${url} gave no access token: ${reason}.`,
  fix: () => 'Check client_id, client_secret and token_url of the system.',
})

interface Token {
  readonly value: string
  /** Nanoseconds since 1970 after which a new one is needed. */
  readonly until: bigint
  readonly refresh: string | undefined
  /** Milliseconds since 1970. */
  readonly expires: number
}

/** Tokens live as long as the run that got them. */
const tokens = new WeakMap<RunContext, Map<string, Promise<Token>>>()

/** configuration-systems-url.rst: grants "client credentials" and "refresh token". */
export const oauth2Authentication = authentication({
  name: 'oauth2',
  fields: [
    objectField(
      'oauth2',
      'How to get access tokens by OAuth 2.',
      [
        textField('token_url', 'The address that gives tokens.', { required: true }),
        textField('client_id', 'The name of this client.', { required: true }),
        secretField('client_secret', 'The secret of this client.', { required: true }),
        textOrList('scope', 'What the token is to allow.'),
        secretField('refresh_token', 'A token to get others with, for that grant.'),
        secretField('access_token', 'The token to begin with.'),
        integerField('refresh_window', 'How many seconds before its end a token is replaced.', { default: 30 }),
        jsonMap('extra', 'More parameters for the request of a token.'),
      ],
      advanced,
    ),
  ],
  applies: (system) => isObject(get(system, 'oauth2')),
  authorize: async (context) => ({ Authorization: `Bearer ${await accessToken(context)}` }),
})

/** The access token for a system, got once and again shortly before it expires. */
async function accessToken({ system, running, sendForm }: AuthenticationContext): Promise<string> {
  const oauth2 = object(system.config, 'oauth2')
  const known = tokens.get(running) ?? new Map<string, Promise<Token>>()
  tokens.set(running, known)
  const key = `${text(oauth2, 'token_url', '')} ${text(oauth2, 'client_id', '')} ${scopeOf(oauth2)}`
  const before = await known.get(key)
  if (before && running.environment.now() < before.until) return before.value
  const token = fetchToken(oauth2, before?.refresh ?? text(oauth2, 'refresh_token'), running, sendForm)
  known.set(key, token)
  try {
    const { value, expires } = await token
    running.tokens?.set(system.id, new Date(expires).toISOString())
    return value
  } catch (error) {
    known.delete(key)
    throw error
  }
}

async function fetchToken(
  oauth2: JsonObject,
  refresh: string | undefined,
  running: RunContext,
  sendForm: AuthenticationContext['sendForm'],
): Promise<Token> {
  const url = text(oauth2, 'token_url', '')
  const form = new URLSearchParams({ grant_type: refresh === undefined ? 'client_credentials' : 'refresh_token' })
  form.set('client_id', text(oauth2, 'client_id', ''))
  form.set('client_secret', text(oauth2, 'client_secret', ''))
  if (refresh !== undefined) form.set('refresh_token', refresh)
  if (scopeOf(oauth2) !== '') form.set('scope', scopeOf(oauth2))
  for (const [name, value] of Object.entries(object(oauth2, 'extra'))) form.set(name, variableText(value))
  const answer = readJson(await sendForm(url, form.toString()))
  const value = isObject(answer) ? get(answer, 'access_token') : undefined
  if (!isObject(answer) || typeof value !== 'string') throw new Fault(noToken({ url, reason: 'the answer has none' }))
  const lifetime = amount(answer, 'expires_in', 3600)
  const seconds = Math.max(0, lifetime - amount(oauth2, 'refresh_window', 30))
  const now = running.environment.now()
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
