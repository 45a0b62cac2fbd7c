/**
 * Signing in to a service by OAuth 2.0: authorization code with PKCE (RFC 6749 4.1, 7636, 9207, 9700). The steps are
 * functions over plain data: where the person is sent, what comes back and where tokens are kept is up to the page, the
 * command line or the server.
 */
import type { AuthorizationServer, Client, TokenEndpointResponse } from 'oauth4webapi'
import { encodeBase64 } from '../../entity/base64.ts'
import type { Environment } from '../../environment.ts'
import { Fault, problem, reasonOf } from '../../problem.ts'
import { lifetime } from './oauth2.ts'
import type { KeptTokens, OAuthClient } from './tokens.ts'

const insecure = problem<{ url: string }>({
  code: 'sign-in-insecure',
  severity: 'error',
  says: ({ url }) => `${url} is not an address to sign in at: it must begin with https://, or be on this machine.`,
})
const noState = problem<{ reason: string }>({
  code: 'sign-in-not-ours',
  severity: 'error',
  says: ({ reason }) => `The answer does not belong to the sign-in that was begun here: ${reason}.`,
  fix: () => 'Sign in again. If it happens again, the link that you followed was not made here.',
})
const refused = problem<{ error: string; reason: string }>({
  code: 'sign-in-refused',
  severity: 'error',
  says: ({ error, reason }) => `The sign-in was refused: ${error}${reason === '' ? '' : `, ${reason}`}.`,
})
const noTokens = problem<{ url: string; reason: string }>({
  code: 'sign-in-no-token',
  severity: 'error',
  says: ({ url, reason }) => `${url} gave no access token: ${reason}.`,
  fix: () => 'Sign in again; check the client_id, its redirect address and whether it needs a client_secret.',
})
const unreachable = problem<{ host: string; reason: string }>({
  code: 'sign-in-unreachable',
  severity: 'error',
  says: ({ host, reason }) =>
    `${host} gave no answer that can be read here: ${reason}. It may not accept requests from web pages (CORS).`,
  fix: () => 'Sign in on the command line: pipewright login DIR SYSTEM.',
})
const noMetadata = problem<{ issuer: string; reason: string }>({
  code: 'sign-in-no-metadata',
  severity: 'error',
  says: ({ issuer, reason }) => `${issuer} does not publish its addresses: ${reason}.`,
  fix: () => 'Look up the authorization and token addresses in the documentation of the service.',
})

/** What signing in needs to know of a service and of the client that is registered there. */
export interface SignInSettings {
  readonly client: OAuthClient
  readonly authorizationUrl: string
  /** The name of the authorization server, where it is known: each answer must carry it then, if it carries one. */
  readonly issuer?: string
  /** Whether each answer carries the name (RFC 9207). */
  readonly sendsIssuer?: boolean
  readonly revocationUrl?: string
  /** More parameters of the authorization request: `prompt`, `access_type`, `optional_scopes`. */
  readonly parameters?: Readonly<Record<string, string>>
}

/** A sign-in that has begun. It must be kept secret and used once. */
export interface PendingSignIn {
  readonly state: string
  readonly verifier: string
  readonly redirectUri: string
}

/** Clock, randomness and network of a sign-in. */
export interface SignInContext {
  readonly environment: Pick<Environment, 'now' | 'randomBytes'>
  readonly fetch: typeof globalThis.fetch
}

/** Tokens of a person, and whose they are where the server says so. */
interface SignInResult {
  readonly tokens: KeptTokens
  readonly account: string | null
}

/**
 * Where the person has to go, and what is needed when they come back to `redirectUri`.
 * @throws Fault where an address is not safe to sign in at
 */
export async function startSignIn(
  settings: SignInSettings,
  redirectUri: string,
  { environment }: Pick<SignInContext, 'environment'>,
): Promise<{ readonly address: string; readonly pending: PendingSignIn }> {
  const { client, parameters = {} } = settings
  requireSafeUrl(client.tokenUrl)
  const url = requireSafeUrl(settings.authorizationUrl)
  const oauth = await import('oauth4webapi')
  const pending = { state: randomText(environment), verifier: randomText(environment), redirectUri }
  const challenge = await oauth.calculatePKCECodeChallenge(pending.verifier)
  const requestParameters = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    state: pending.state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(client.scope === undefined ? {} : { scope: client.scope }),
  }
  // The address may have a query of its own (RFC 6749 3.1); what matters to safety is always ours.
  for (const [name, value] of Object.entries({ ...parameters, ...requestParameters })) url.searchParams.set(name, value)
  return { address: url.href, pending }
}

/** 32 random bytes, as RFC 7636 7.1 wants of a verifier: 43 characters. */
function randomText({ randomBytes }: Pick<Environment, 'randomBytes'>): string {
  return encodeBase64(randomBytes(32)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * The tokens for what came back: the query of the redirect address.
 * @throws Fault where the answer is not ours, is a refusal, or gives no token
 */
export async function completeSignIn(
  settings: SignInSettings,
  pending: PendingSignIn,
  query: string,
  { environment, fetch }: SignInContext,
): Promise<SignInResult> {
  const oauth = await import('oauth4webapi')
  const { client } = settings
  const oauthClient: Client = { client_id: client.clientId }
  const server = serverOf(settings)
  const answer = new URLSearchParams(query)
  const issuer = answer.get('iss')
  if (settings.issuer === undefined && issuer !== null) {
    if (!isOfServer(issuer, settings)) throw new Fault(noState({ reason: `it comes from ${issuer.slice(0, 200)}` }))
    answer.delete('iss')
  }
  let code: URLSearchParams
  try {
    code = oauth.validateAuthResponse(server, oauthClient, answer, pending.state)
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError)
      throw new Fault(refused({ error: error.error, reason: (error.error_description ?? '').slice(0, 300) }))
    throw new Fault(noState({ reason: reasonOf(error) }))
  }
  const url = client.tokenUrl
  const response = await fetchOrFault(url, () =>
    oauth.authorizationCodeGrantRequest(
      server,
      oauthClient,
      authOf(oauth, client),
      code,
      pending.redirectUri,
      pending.verifier,
      {
        ...optionsOf(oauth, url, settings, fetch),
        additionalParameters: { ...client.extra },
      },
    ),
  )
  try {
    const read = await oauth.processAuthorizationCodeResponse(server, oauthClient, response)
    const now = Number(environment.now() / 1_000_000n)
    return { tokens: keptTokens(read, client, now), account: accountOf(oauth.getValidatedIdTokenClaims(read)) }
  } catch (error) {
    throw new Fault(noTokens({ url, reason: tokenReason(oauth, error) }))
  }
}

function keptTokens(read: TokenEndpointResponse, client: OAuthClient, now: number): KeptTokens {
  const { access_token, refresh_token, expires_in } = read
  return {
    accessToken: access_token,
    ...(refresh_token === undefined ? {} : { refreshToken: refresh_token }),
    ...lifetime(expires_in === undefined ? {} : { expires_in }, now),
    client,
  }
}

type OAuthLibrary = typeof import('oauth4webapi')

function tokenReason(oauth: OAuthLibrary, error: unknown): string {
  if (!(error instanceof oauth.ResponseBodyError)) return reasonOf(error)
  return [error.error, error.error_description]
    .filter((text) => text !== undefined)
    .join(', ')
    .slice(0, 300)
}

/** What a person would know the account by. */
function accountOf(claims: Readonly<Record<string, unknown>> | undefined): string | null {
  const names = [claims?.email, claims?.preferred_username, claims?.name, claims?.sub]
  const name = names.find((each) => typeof each === 'string' && each !== '')
  return typeof name === 'string' ? name.slice(0, 200) : null
}

/**
 * Takes tokens back at the server (RFC 7009), where it says how; whether it was asked.
 * @throws Fault where it cannot be reached or refuses
 */
export async function revokeTokens(
  settings: SignInSettings,
  tokens: KeptTokens,
  { fetch }: Pick<SignInContext, 'fetch'>,
): Promise<boolean> {
  const { revocationUrl: url, client } = settings
  if (url === undefined) return false
  const oauth = await import('oauth4webapi')
  const server = serverOf(settings)
  // The refresh token ends the whole grant; the access token alone would leave it.
  for (const token of [tokens.refreshToken, tokens.accessToken]) {
    if (token === undefined) continue
    const response = await fetchOrFault(url, () =>
      oauth.revocationRequest(server, { client_id: client.clientId }, authOf(oauth, client), token, {
        ...optionsOf(oauth, url, settings, fetch),
      }),
    )
    try {
      await oauth.processRevocationResponse(response)
    } catch (error) {
      throw new Fault(noTokens({ url, reason: tokenReason(oauth, error) }))
    }
  }
  return true
}

/** Addresses that an authorization server tells of itself. */
export type ServerAddresses = Pick<SignInSettings, 'authorizationUrl' | 'issuer' | 'sendsIssuer' | 'revocationUrl'> & {
  readonly tokenUrl: string
}

/**
 * The addresses of an authorization server by its name (RFC 8414, OpenID Connect Discovery).
 * @throws Fault where it tells none
 */
export async function discoverServer(
  issuer: string,
  { fetch }: Pick<SignInContext, 'fetch'>,
): Promise<ServerAddresses> {
  const oauth = await import('oauth4webapi')
  const url = requireSafeUrl(issuer)
  let reason = ''
  for (const algorithm of ['oauth2', 'oidc'] as const) {
    try {
      const options = { algorithm, [oauth.customFetch]: fetch, [oauth.allowInsecureRequests]: isLoopback(url) }
      const found = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options))
      const { authorization_endpoint, token_endpoint, revocation_endpoint } = found
      if (authorization_endpoint === undefined || token_endpoint === undefined) continue
      return {
        authorizationUrl: authorization_endpoint,
        tokenUrl: token_endpoint,
        issuer: found.issuer,
        sendsIssuer: found.authorization_response_iss_parameter_supported === true,
        ...(revocation_endpoint === undefined ? {} : { revocationUrl: revocation_endpoint }),
      }
    } catch (error) {
      if (error instanceof Fault) throw error
      reason = reasonOf(error)
    }
  }
  throw new Fault(noMetadata({ issuer, reason }))
}

/** The request, or the problem of a server that cannot be read from here. */
async function fetchOrFault(url: string, send: () => Promise<Response>): Promise<Response> {
  const { host } = requireSafeUrl(url)
  try {
    return await send()
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault(unreachable({ host, reason: reasonOf(error) }))
  }
}

/** The authorization server as the library knows it; where its name is not known, the address stands for it. */
function serverOf({
  client,
  issuer,
  sendsIssuer,
  revocationUrl,
  authorizationUrl,
}: SignInSettings): AuthorizationServer {
  return {
    issuer: issuer ?? new URL(authorizationUrl).origin,
    token_endpoint: client.tokenUrl,
    ...(revocationUrl === undefined ? {} : { revocation_endpoint: revocationUrl }),
    ...(sendsIssuer && issuer !== undefined ? { authorization_response_iss_parameter_supported: true } : {}),
  }
}

/** Whether a name that came along is that of the server that the person was sent to, as far as addresses tell. */
function isOfServer(issuer: string, { authorizationUrl, client }: SignInSettings): boolean {
  if (!URL.canParse(issuer)) return false
  return [authorizationUrl, client.tokenUrl].some((url) => new URL(url).origin === new URL(issuer).origin)
}

function authOf(oauth: OAuthLibrary, { clientSecret }: OAuthClient) {
  return clientSecret === undefined ? oauth.None() : oauth.ClientSecretPost(clientSecret)
}

function optionsOf(oauth: OAuthLibrary, url: string, { issuer }: SignInSettings, fetch: typeof globalThis.fetch) {
  const own: typeof globalThis.fetch =
    issuer === undefined ? async (...asked) => withoutIdToken(await fetch(...asked)) : fetch
  return { [oauth.customFetch]: own, [oauth.allowInsecureRequests]: isLoopback(new URL(url)) }
}

/** Without a name of the server there is nothing to check an ID token by, so it counts for nothing. */
async function withoutIdToken(response: Response): Promise<Response> {
  const text = await response.text()
  const { status, headers } = response
  const type = headers.get('content-type') ?? ''
  const init = { status, headers: { 'content-type': type } }
  try {
    const { id_token: _, ...rest } = JSON.parse(text)
    return new Response(JSON.stringify(rest), init)
  } catch {
    return new Response(text === '' ? null : text, init) // the library says what is wrong with it
  }
}

/** Throws a Fault where one of the addresses is neither encrypted nor on this machine. */
export function mustHaveSafeAddresses({ client, authorizationUrl, revocationUrl }: SignInSettings): void {
  for (const url of [client.tokenUrl, authorizationUrl, revocationUrl]) if (url !== undefined) requireSafeUrl(url)
}

function requireSafeUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed && (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopback(parsed)))) return parsed
  throw new Fault(insecure({ url: url.slice(0, 200) }))
}

function isLoopback({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
