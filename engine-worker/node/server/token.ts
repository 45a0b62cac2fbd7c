/**
 * JSON Web Tokens of a server: signed with a key of its own (HMAC-SHA-256, RFC 7519). The payload names roles under
 * `roles`, not under `principals`: Sesam's client reports to Sesam's portal for tokens with those.
 */
import { randomUUID, timingSafeEqual } from 'node:crypto'
import { get } from '../../entity/dict.ts'
import { isObject } from '../../entity/value.ts'
import { decodedTokenPart, encodedTokenPart, tokenAlgorithm, tokenSignature } from './token-text.ts'

/** The caller that a token names. */
export interface Caller {
  /** Identifies the token; limits and the audit log go by it. */
  readonly token: string
  readonly user: string
  /** `group:Admin`, `group:User`, …; without a token only `group:Anonymous`. */
  readonly roles: readonly string[]
  /** When the token was issued, in seconds since 1970. */
  readonly issued: number
  /** How often the tokens of the user had been revoked by then; null in tokens of older versions. */
  readonly revocations: number | null
}

/** A caller without a token. */
export const anonymous: Caller = {
  token: 'none',
  user: 'anonymous',
  roles: ['group:Anonymous'],
  issued: 0,
  revocations: null,
}

export function isAnonymous(caller: Caller): boolean {
  return caller === anonymous
}

interface TokenRequest {
  readonly user: string
  readonly roles: readonly string[]
  /** The configuration that the token is for; null for all of the server. */
  readonly configuration: string | null
  /** Days that it is valid; null for ever. */
  readonly days: number | null
  /** How often the tokens of the user have been revoked so far. */
  readonly revocations?: number
}

/** Issues a token. `now`: milliseconds since 1970. */
export function issueToken(key: Uint8Array, request: TokenRequest, now: number): string {
  const issued = Math.floor(now / 1000)
  const payload = {
    api_token_id: randomUUID(),
    user_id: request.user,
    user_principal: 'group:Everyone',
    roles: request.roles,
    ...(request.configuration === null ? {} : { configuration: request.configuration }),
    iat: issued,
    ...(request.revocations === undefined ? {} : { revocations: request.revocations }),
    ...(request.days === null ? {} : { exp: issued + Math.round(request.days * 86_400) }),
  }
  const text = `${encodedTokenPart({ alg: 'HS256', typ: 'JWT' })}.${encodedTokenPart(payload)}`
  return `${text}.${tokenSignature(text, key)}`
}

/** The caller of a token, or null where the token is not valid here. `now`: milliseconds since 1970. */
export function callerOf(token: string, key: Uint8Array, configuration: string, now: number): Caller | null {
  const parts = token.split('.')
  const [head = '', payload = '', signed = ''] = parts
  if (parts.length !== 3) return null
  const expectedSignature = Buffer.from(tokenSignature(`${head}.${payload}`, key))
  const givenSignature = Buffer.from(signed)
  if (givenSignature.length !== expectedSignature.length || !timingSafeEqual(givenSignature, expectedSignature))
    return null
  const claims = decodedTokenPart(payload)
  if (!isObject(claims) || tokenAlgorithm(head) !== 'HS256') return null
  const expires = get(claims, 'exp')
  if (typeof expires === 'number' && expires * 1000 <= now) return null
  const only = get(claims, 'configuration')
  if (only !== undefined && only !== configuration) return null
  const roles = get(claims, 'roles')
  const revocations = get(claims, 'revocations')
  return {
    token: String(get(claims, 'api_token_id') ?? ''),
    user: String(get(claims, 'user_id') ?? ''),
    roles: Array.isArray(roles) ? roles.map(String) : [],
    issued: Number(get(claims, 'iat') ?? 0),
    revocations: typeof revocations === 'number' ? revocations : null,
  }
}

/** The identifier of a token of a store, which its revocation names; null for any other text. */
export function tokenId(token: string): string | null {
  const claims = decodedTokenPart(token.split('.')[1] ?? '')
  const id = isObject(claims) ? get(claims, 'api_token_id') : undefined
  return typeof id === 'string' ? id : null
}

/** The token of an `Authorization` header, or null. */
export function bearerToken(header: string | undefined): string | null {
  return /^bearer +(\S+)$/i.exec(header?.trim() ?? '')?.[1] ?? null
}
