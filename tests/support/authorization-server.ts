/**
 * A real authorization server (oidc-provider) on this machine, with a service that accepts its tokens, for tests of
 * signing in. `consentAt` does what a person does in the windows of the server.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'

/** A server that runs. */
export interface AuthorizationServer {
  readonly issuer: string
  readonly tokenUrl: string
  readonly authorizationUrl: string
  readonly revocationUrl: string
  /** Answers requests with an access token with orders. */
  readonly apiUrl: string
  /** Requests to the service, by status and account. */
  readonly served: { readonly status: number; readonly account: string | undefined }[]
  /** Forms that the token endpoint has got, by their grant. */
  readonly grants: string[]
  /** Tokens that the token endpoint has given out, of every kind. */
  readonly given: string[]
  /** The access token of the next request to the service ends with its answer, before its time. */
  readonly endAfterNextRequest: () => void
  /** Revokes all grants of an account. */
  readonly revokeAll: () => Promise<void>
  readonly close: () => Promise<void>
}

interface ServerOptions {
  readonly redirectUris: readonly string[]
  /** Seconds that an access token is valid. */
  readonly accessSeconds?: number
  /** Whether pages of browsers may read the answers of the token endpoint. */
  readonly cors?: boolean
}

const LASTING = 3600

/** Starts the server on a free port. Clients: `page` (public) and `machine` (with the secret `machine-secret`). */
export async function startAuthorizationServer(options: ServerOptions): Promise<AuthorizationServer> {
  const { redirectUris, accessSeconds = LASTING, cors = true } = options
  let handle = (_: IncomingMessage, response: ServerResponse): void => void response.end()
  const server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, configuration(redirectUris, accessSeconds, cors))
  provider.on('server_error', (_context, error) => console.error(error))
  const served: { status: number; account: string | undefined }[] = []
  const grants: string[] = []
  const grantIds = new Set<string>()
  const given: string[] = []
  let endsAfterRequest = false
  provider.on('grant.success', (context) => {
    grants.push(String(context.oidc.params?.grant_type))
    const tokens = Object.entries(Object(context.body)).filter(([name]) => /^(?:access|refresh|id)_token$/.test(name))
    given.push(...tokens.map(([, token]) => String(token)))
    const id = context.oidc.entities.Grant?.jti
    if (id !== undefined) grantIds.add(id)
  })
  const callback = provider.callback()
  handle = (request, response) => {
    if (request.url?.startsWith('/api/') !== true) return void callback(request, response)
    const isEnding = endsAfterRequest && request.method !== 'OPTIONS'
    if (isEnding) endsAfterRequest = false
    void serve(provider, request, response, isEnding).then((one) => request.method !== 'OPTIONS' && served.push(one))
  }
  return {
    issuer,
    tokenUrl: `${issuer}/token`,
    authorizationUrl: `${issuer}/auth`,
    revocationUrl: `${issuer}/token/revocation`,
    apiUrl: `${issuer}/api/`,
    served,
    grants,
    given,
    endAfterNextRequest: () => {
      endsAfterRequest = true
    },
    revokeAll: async () => {
      for (const id of grantIds) {
        await provider.AccessToken.adapter.revokeByGrantId(id)
        await provider.RefreshToken.adapter.revokeByGrantId(id)
        await provider.Grant.adapter.destroy(id)
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function configuration(redirectUris: readonly string[], accessSeconds: number, cors: boolean): Configuration {
  return {
    clients: [
      {
        client_id: 'page',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [...redirectUris],
      },
      {
        client_id: 'machine',
        client_secret: 'machine-secret',
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      },
    ],
    scopes: ['openid', 'offline_access', 'orders'],
    features: {
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      devInteractions: { enabled: true },
    },
    cookies: { keys: ['a key of the test'] },
    claims: { openid: ['sub', 'email'] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, email: `${id}@example.org` }) }),
    issueRefreshToken: async () => true,
    // Another account in the same browser ends nothing of the first one.
    expiresWithSession: async () => false,
    rotateRefreshToken: true,
    clientBasedCORS: () => cors,
    ttl: {
      AccessToken: accessSeconds,
      AuthorizationCode: 60,
      ClientCredentials: accessSeconds,
      Grant: LASTING,
      IdToken: LASTING,
      Interaction: LASTING,
      RefreshToken: LASTING,
      Session: LASTING,
    },
  }
}

/** The service: `GET /api/orders` with a token, which ends with the answer where that is wanted. */
async function serve(provider: Provider, request: IncomingMessage, response: ServerResponse, isEnding: boolean) {
  const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'authorization' }
  if (request.method === 'OPTIONS') {
    response.writeHead(204, headers).end()
    return { status: 204, account: undefined }
  }
  const value = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const token = (await provider.AccessToken.find(value)) ?? (await provider.ClientCredentials.find(value))
  const account = token && 'accountId' in token ? String(token.accountId) : undefined
  const status = token ? 200 : 401
  if (isEnding) await token?.destroy()
  response.writeHead(status, { ...headers, 'Content-Type': 'application/json' })
  response.end(JSON.stringify(token ? [{ _id: '1', owner: account ?? 'machine' }] : { error: 'no such token', value }))
  return { status, account }
}

/**
 * Does in the windows of the server what a person does: signs in as `account` and agrees, or refuses. Gives the address
 * that the server leads back to.
 */
export async function consentAt(
  address: string,
  account: string,
  answer: 'agree' | 'refuse' = 'agree',
): Promise<string> {
  const cookies = new Map<string, string>()
  const issuer = new URL(address).origin
  let next: string = address
  let form: string | null = null
  for (let step = 0; step < 20; step++) {
    const response: Response = await fetch(next, {
      redirect: 'manual',
      method: form === null ? 'GET' : 'POST',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'content-type': 'application/x-www-form-urlencoded',
      },
      ...(form === null ? {} : { body: form }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location !== null) {
      next = new URL(location, next).href
      form = null
      if (new URL(next).origin !== issuer) return next
      continue
    }
    const page = await response.text()
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1]
    if (action === undefined)
      throw new Error(`no form at ${next}: ${page.replace(/<style[\s\S]*?<\/style>/g, '').slice(0, 500)}`)
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? ''
    if (answer === 'refuse' && prompt === 'consent') {
      const abort = /href="([^"]+\/abort)"/.exec(page)?.[1]
      next = new URL(abort ?? '', next).href
      form = null
      continue
    }
    form = new URLSearchParams({ prompt, login: account, password: 'any' }).toString()
    next = new URL(action, next).href
  }
  throw new Error('the server does not come to an end')
}
