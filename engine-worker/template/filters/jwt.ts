/** `decode_jwt`: the claims of a JSON Web Token, checked as documentation/jinja_filters.rst says (RFC 7519). */
import { decodeBase64 } from '../../entity/base64.ts'
import { toNanos } from '../../entity/datetime.ts'
import { get } from '../../entity/dict.ts'
import { readJson } from '../../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { truth } from '../compare.ts'
import { type TemplateError, valueError } from '../error.ts'
import { itemsOf } from '../iterate.ts'
import { TemplateNeeds } from '../needs.ts'
import { asFloat, isReal } from '../numbers.ts'
import { type Routine, routine } from '../routine.ts'
import { type HashName, type RsaNumbers, signatures } from '../signatures.ts'
import type { RenderState } from '../state.ts'
import { fromValue, type JinjaValue, PyList, stringOf, Undefined } from '../values.ts'
import { bytesOf, revealedText } from './sesam.ts'

const jwtParameters = {
  key: null,
  jwks_url: null,
  algorithms: new PyList(['RS256']),
  verify: true,
  require: null,
  detached_payload: null,
  verify_aud: null,
  verify_iss: null,
  verify_exp: null,
  verify_iat: null,
  verify_nbf: null,
  strict_aud: false,
  audience: null,
  issuer: null,
  leeway: 0,
}

type Settings = Readonly<Record<keyof typeof jwtParameters, JinjaValue>>

const hashes: Readonly<Record<string, HashName>> = { '256': 'sha256', '384': 'sha384', '512': 'sha512' }

export const jwtFilters: readonly Routine[] = [
  routine({
    name: 'decode_jwt',
    takes: jwtParameters,
    run: (state, value, ...args) => {
      const names = Object.keys(jwtParameters)
      const settings = Object.fromEntries(names.map((name, index) => [name, args[index] ?? null])) as Settings
      if (value instanceof Undefined) value.fail()
      return fromValue(decodeToken(revealedText(value, state) ?? '', settings, state))
    },
  }),
]

function decodeToken(token: string, settings: Settings, state: RenderState): JsonObject {
  const [head = '', body = '', signature = '', ...more] = token.trim().split('.')
  if (more.length > 0 || signature === undefined) throw invalidToken('it has not three parts')
  const header = objectIn(decodeBase64Url(head), 'header')
  const detached = settings.detached_payload === null ? undefined : bytesOf(settings.detached_payload, state)
  const payload = detached ?? decodeBase64Url(body)
  const claims = objectIn(payload, 'payload')
  const verify = truth(settings.verify)
  if (verify) checkSignature(header, `${head}.`, body, detached, decodeBase64Url(signature), settings, state)
  checkClaims(claims, settings, verify, state)
  return claims
}

function invalidToken(reason: string): TemplateError {
  return valueError(`the token is not valid: ${reason}`)
}

function decodeBase64Url(text: string): Uint8Array {
  const data = decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
  if (data === null) throw invalidToken('a part is no base64')
  return data
}

function objectIn(data: Uint8Array, part: string): JsonObject {
  const json = jsonIn(new TextDecoder().decode(data))
  if (!isObject(json)) throw invalidToken(`its ${part} is no JSON object`)
  return json
}

function jsonIn(text: string): Json {
  try {
    return readJson(text)
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

function listOf(value: JinjaValue, state: RenderState): string[] {
  if (value === null) return []
  const text = stringOf(value)
  return text === undefined ? itemsOf(value, state).map((item) => stringOf(item) ?? '') : [text]
}

function checkSignature(
  header: JsonObject,
  head: string,
  body: string,
  detached: Uint8Array | undefined,
  signature: Uint8Array,
  settings: Settings,
  state: RenderState,
): void {
  const algorithm = typeof header.alg === 'string' ? header.alg : ''
  if (!listOf(settings.algorithms, state).includes(algorithm))
    throw invalidToken(`the algorithm ${algorithm} is not allowed`)
  const [, kind = '', size = ''] = /^(RS|PS|HS)(256|384|512)$/.exec(algorithm) ?? []
  const hash = hashes[size]
  if (hash === undefined) throw invalidToken(`the algorithm ${algorithm} is not known here`)
  const begin = new TextEncoder().encode(head)
  const rest = detached ?? new TextEncoder().encode(body)
  const message = new Uint8Array([...begin, ...rest])
  const fits = keysFor(header, settings, state).some((key) => {
    if (kind !== 'HS') return verifyOrFalse(() => signatures().verifyRsa(hash, key, message, signature, kind === 'PS'))
    if (typeof key !== 'string' || key.includes('BEGIN ')) return false
    const wanted = signatures().hmac(hash, new TextEncoder().encode(key), message)
    return wanted.length === signature.length && wanted.every((byte, index) => byte === signature[index])
  })
  if (!fits) throw invalidToken('the signature does not fit')
}

/** A key that cannot be read, or a signature of the wrong length, does not fit. */
function verifyOrFalse(verify: () => boolean): boolean {
  try {
    return verify()
  } catch (error) {
    if (error instanceof TemplateNeeds) throw error
    return false
  }
}

function keysFor(header: JsonObject, settings: Settings, state: RenderState): (string | RsaNumbers)[] {
  const key = settings.key === null ? undefined : revealedText(settings.key, state)
  if (key !== undefined) return [key]
  const url = stringOf(settings.jwks_url)
  if (url === undefined) throw invalidToken('neither key nor jwks_url is given')
  if (!url.startsWith('https://')) throw invalidToken('jwks_url must begin with https://')
  const set = jsonIn(documentAt(url, state))
  const keys = isObject(set) && Array.isArray(set.keys) ? set.keys.filter(isObject) : []
  const named = keys.filter(({ kid }) => header.kid === undefined || kid === header.kid)
  return named.flatMap(({ kty, n, e }) =>
    kty === 'RSA' && typeof n === 'string' && typeof e === 'string'
      ? [{ n: decodeBase64Url(n), e: decodeBase64Url(e) }]
      : [],
  )
}

/** Key sets that were read, by their addresses; few, and the same for all renderings of a process. `read`: seconds since 1970. */
const documentCache = new Map<string, { readonly text: string; readonly read: number }>()
/** Seconds after which a key set is read again, since services change their keys. */
const MAX_AGE_SECONDS = 300

function documentAt(url: string, state: RenderState): string {
  const given = state.options.document?.(url) ?? null
  if (given !== null) return given
  const [known, now] = [documentCache.get(url), secondsNow(state)]
  if (known !== undefined && now - known.read < MAX_AGE_SECONDS) return known.text
  throw new TemplateNeeds(async (fetchText) => {
    if (documentCache.size > 100) documentCache.clear()
    documentCache.set(url, { text: await fetchText(url), read: now })
  })
}

/** Seconds since 1970; 0 where there is no clock. */
function secondsNow({ options }: RenderState): number {
  const clock = options.now?.()
  return clock ? Number(toNanos(clock)) / 1e9 : 0
}

function checkClaims(claims: JsonObject, settings: Settings, verify: boolean, state: RenderState): void {
  for (const name of listOf(settings.require, state))
    if ((get(claims, name) ?? null) === null) throw invalidToken(`the claim ${name} is missing`)
  const isChecked = (setting: JinjaValue) => (setting === null ? verify : truth(setting))
  const now = secondsNow(state)
  const leeway = isReal(settings.leeway) ? asFloat(settings.leeway) : 0
  const timeClaim = (name: string) => {
    const value = claims[name]
    if (value === undefined) return undefined
    const seconds = Number(fromValue(value))
    if (!Number.isFinite(seconds)) throw invalidToken(`the claim ${name} is no number`)
    return Math.trunc(seconds)
  }
  if (isChecked(settings.verify_iat)) timeClaim('iat')
  const notBefore = isChecked(settings.verify_nbf) ? timeClaim('nbf') : undefined
  if (notBefore !== undefined && notBefore > now + leeway) throw invalidToken('it is not valid yet')
  const expires = isChecked(settings.verify_exp) ? timeClaim('exp') : undefined
  if (expires !== undefined && expires <= now - leeway) throw invalidToken('it has expired')
  if (
    isChecked(settings.verify_iss) &&
    settings.issuer !== null &&
    !listOf(settings.issuer, state).some((issuer) => issuer === claims.iss)
  )
    throw invalidToken('its issuer is another one')
  if (isChecked(settings.verify_aud)) checkAudience(claims.aud, settings, state)
}

function checkAudience(claimed: Json | undefined, settings: Settings, state: RenderState): void {
  if (settings.audience === null) {
    if (claimed === undefined) return
    throw invalidToken('it is for an audience, and none was given to check')
  }
  const wanted = listOf(settings.audience, state)
  if (truth(settings.strict_aud) && (typeof claimed !== 'string' || !wanted.includes(claimed)))
    throw invalidToken('its audience is another one')
  const given = Array.isArray(claimed) ? claimed : [claimed]
  if (!given.some((each) => typeof each === 'string' && wanted.includes(each)))
    throw invalidToken('its audience is another one')
}
