/**
 * Access tokens by OAuth 2: grants "client credentials" and "refresh token" as the configuration says
 * (configuration-systems-url.rst), and the refresh token of the account that a person signed in to.
 */

import {
  advanced,
  integerField,
  jsonMap,
  objectField,
  secretField,
  textField,
  textOrList,
} from '../../config/model/field.ts'
import { numberSetting, objectSetting, textListSetting, textSetting } from '../../config/model/setting.ts'
import { variableText } from '../../config/project/variables.ts'
import { get } from '../../entity/dict.ts'
import { readJson } from '../../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { Fault, problem, reasonOf } from '../../problem.ts'
import { type AuthenticationContext, authentication } from './define.ts'
import { type KeptTokens, type OAuthClient, withTokensOf } from './tokens.ts'

const noToken = problem<{ url: string; reason: string }>({
  code: 'oauth2-no-token',
  severity: 'error',
  says: ({ url, reason }) => `${url} gave no access token: ${reason}.`,
  fix: () => 'Check client_id, client_secret and token_url of the system.',
})

const signInNotSaved = problem<{ system: string; reason: string }>({
  code: 'sign-in-not-kept',
  severity: 'error',
  says: ({ system, reason }) => `New tokens of ${system} could not be saved, so they were not used: ${reason}.`,
  fix: () => 'Free space, then sign in again.',
})

const signInEnded = problem<{ system: string; reason: string }>({
  code: 'sign-in-ended',
  severity: 'error',
  says: ({ system, reason }) => `The sign-in of ${system} has ended: ${reason}.`,
  fix: () => 'Sign in again, in the system or with pipewright login.',
})

/** configuration-systems-url.rst: grants "client credentials" and "refresh token". */
export const oauth2Authentication = authentication({
  name: 'oauth2',
  doc: 'documentation/service-configuration/systems/configuration-systems-url.rst#url-system-oauth2',
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
  authorize: async (context) => ({ Authorization: bearer(await tokensFor(context)) }),
})

function bearer({ accessToken }: KeptTokens): string {
  return `Bearer ${accessToken}`
}

/** The tokens for a system, got once and again shortly before they expire, or when they were refused. */
function tokensFor(context: AuthenticationContext): Promise<KeptTokens> {
  const { system, running, tokens: store, hide, refused } = context
  const oauth2 = objectSetting(system.config, 'oauth2')
  return withTokensOf(store, system.id, async () => {
    const kept = await store.read(system.id)
    const configured = configuredClient(oauth2)
    const basis = settingsKey(configured, oauth2)
    const known = kept?.client || kept?.basis === basis ? kept : null
    const now = Number(running.environment.now() / 1_000_000n)
    const isRefused = known !== null && bearer(known) === refused?.Authorization
    let tokens = known
    if (!tokens || isRefused || now >= tokens.renewAt || tokens.ended) {
      hide('oauth_refresh_token', known?.refreshToken ?? '')
      tokens = await renewTokens(
        context,
        known,
        known?.client ?? configured,
        isRefused || now >= (known?.expiresAt ?? 0),
      )
    }
    hide('oauth_access_token', tokens.accessToken)
    hide('oauth_refresh_token', tokens.refreshToken ?? '')
    running.tokens?.set(system.id, new Date(tokens.expiresAt).toISOString())
    if (tokens !== known) await saveTokens(context, known?.client ? tokens : { ...tokens, basis })
    return tokens
  })
}

/** Writes tokens before they are used: once a server has rotated them, the former ones are worth nothing. */
async function saveTokens({ tokens: store, system }: AuthenticationContext, tokens: KeptTokens): Promise<void> {
  try {
    await store.write(system.id, tokens)
  } catch (error) {
    throw new Fault(signInNotSaved({ system: system.id, reason: reasonOf(error) }, { system: system.id }))
  }
}

/** What the configuration says of who asks for tokens, and what it begins with. */
function settingsKey(client: OAuthClient, oauth2: JsonObject): string {
  return JSON.stringify([client, textSetting(oauth2, 'refresh_token') ?? null])
}

/** The client that the configuration names, with its secrets put in. */
export function configuredClient(oauth2: JsonObject): OAuthClient {
  const [secret, scope] = [textSetting(oauth2, 'client_secret'), (textListSetting(oauth2, 'scope') ?? []).join(' ')]
  const extra = Object.entries(objectSetting(oauth2, 'extra')).map(([name, value]) => [name, variableText(value)])
  return {
    tokenUrl: textSetting(oauth2, 'token_url', ''),
    clientId: textSetting(oauth2, 'client_id', ''),
    ...(secret ? { clientSecret: secret } : {}),
    ...(scope === '' ? {} : { scope }),
    extra: Object.fromEntries(extra),
  }
}

/** Tokens in the place of others; those of a sign-in that cannot be renewed are used until they really end. */
async function renewTokens(
  context: AuthenticationContext,
  known: KeptTokens | null,
  client: OAuthClient,
  isOver: boolean,
): Promise<KeptTokens> {
  const { system, running, sendForm } = context
  const oauth2 = objectSetting(system.config, 'oauth2')
  const signInEndedFault = (reason: string) =>
    new Fault(signInEnded({ system: system.id, reason }, { system: system.id }))
  if (known?.ended) throw signInEndedFault('the access was taken back')
  const refresh = known?.refreshToken ?? (known?.client ? undefined : textSetting(oauth2, 'refresh_token'))
  if (known?.client && refresh === undefined) {
    if (!isOver) return known
    throw signInEndedFault('its access token has expired and there is no refresh token')
  }
  const { status, text: body } = await sendForm(
    client.tokenUrl,
    tokenForm(client, refresh, known?.client !== undefined),
  )
  const read = tokensIn(body, {
    now: Number(running.environment.now() / 1_000_000n),
    window: numberSetting(oauth2, 'refresh_window', 30),
  })
  if (status >= 200 && status < 300 && typeof read !== 'string')
    return {
      ...(refresh === undefined ? {} : { refreshToken: refresh }),
      ...(known?.client ? { client } : {}),
      ...read,
    }
  const reason = typeof read === 'string' && read !== '' ? read : `it answered with status ${status}`
  if (!known?.client) throw new Fault(noToken({ url: client.tokenUrl, reason }))
  // The other errors of RFC 6749 5.2 are about the request or the client, and may pass.
  if (!reason.startsWith('invalid_grant')) throw new Fault(noToken({ url: client.tokenUrl, reason }))
  await saveTokens(context, { ...known, ended: true })
  throw signInEndedFault(`${client.tokenUrl} says ${reason}`)
}

/** The form of a token request (RFC 6749 4.4.2 and 6). */
function tokenForm(client: OAuthClient, refresh: string | undefined, isSignedIn: boolean): string {
  const form = new URLSearchParams({ grant_type: refresh === undefined ? 'client_credentials' : 'refresh_token' })
  form.set('client_id', client.clientId)
  if (client.clientSecret !== undefined) form.set('client_secret', client.clientSecret)
  if (refresh !== undefined) form.set('refresh_token', refresh)
  // A renewed sign-in keeps what the person has agreed to (RFC 6749 6), which may be less than what was asked for.
  if (client.scope !== undefined && !isSignedIn) form.set('scope', client.scope)
  for (const [name, value] of Object.entries(client.extra ?? {})) form.set(name, value)
  return form.toString()
}

/** The tokens of an answer (RFC 6749 5.1), or why there are none: its error (5.2). */
function tokensIn(
  body: string,
  { now, window }: { readonly now: number; readonly window: number },
): KeptTokens | string {
  const answer = objectIn(body)
  if (answer === null) return 'the answer is no JSON object'
  const value = get(answer, 'access_token')
  const error = textSetting(answer, 'error')
  if (error !== undefined) {
    const details = textSetting(answer, 'error_description')
    return (details === undefined ? error : `${error}, ${details}`).slice(0, 300)
  }
  if (typeof value !== 'string' || value === '') return 'the answer has none'
  const refresh = textSetting(answer, 'refresh_token')
  return { accessToken: value, ...(refresh ? { refreshToken: refresh } : {}), ...lifetime(answer, now, window) }
}

/** Seconds: ten years. */
const MAX_LIFETIME_SECONDS = 315_360_000

/** When tokens end, and when they are renewed: so many seconds before, but not in the first half of their time. */
export function lifetime(answer: JsonObject, now: number, window = 30): Pick<KeptTokens, 'expiresAt' | 'renewAt'> {
  const seconds = Math.min(MAX_LIFETIME_SECONDS, Math.max(0, numberSetting(answer, 'expires_in', 3600)))
  return { expiresAt: now + 1000 * seconds, renewAt: now + 1000 * Math.max(seconds / 2, seconds - window) }
}

function objectIn(body: string): JsonObject | null {
  let json: Json
  try {
    json = readJson(body)
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
  return isObject(json) ? json : null
}
