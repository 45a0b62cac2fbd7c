/**
 * Configuration and data without the secrets that are written in them. What is certainly secret (entity/secrets.ts says
 * what is) gives way to `$SECRET(name)`; what only may be is reported, and gives way where that is asked for.
 */

import type { Catalogue } from '../config/model/catalogue.ts'
import type { FieldType } from '../config/model/define.ts'
import { fieldsInside } from '../config/model/field-type.ts'
import { decodeBase64 } from '../entity/base64.ts'
import { get, put } from '../entity/dict.ts'
import { keysOf } from '../entity/json.ts'
import {
  isAccounts,
  isCredentials,
  isSecretValueOf,
  type SecretCertainty,
  type SecretPlace,
  secretName,
  secretNameInside,
} from '../entity/secret-names.ts'
import { isLiteralSecret, secretsInText } from '../entity/secrets.ts'
import { Float, isObject, type Json, type JsonObject } from '../entity/value.ts'

/** A secret, or what may be one, and where it is written. */
export interface SecretFinding {
  /** The `_id` of the component, or the file. */
  readonly of: string
  /** The property, the parameter, the function whose argument it is, or the format of the key. */
  readonly name: string
}

/** What the declared functions and kinds say of secrets. */
interface SecretPlaces {
  /** Names of properties that hold one. */
  readonly declared: ReadonlySet<string>
  /** The place of the argument that is one, by function; 0 for none. */
  readonly functions: ReadonlyMap<string, number>
  /** Functions that hash, by an algorithm that they are given, and those that put texts together. */
  readonly hashes: ReadonlySet<string>
  readonly joins: ReadonlySet<string>
}

/** How to redact. */
export interface RedactContext extends SecretPlaces {
  /** The values are data, where names say little: all that is found is only possibly secret. */
  readonly data: boolean
  readonly withoutPossible: boolean
  /** Called with everything that is found, and whether it is replaced. */
  readonly report: (name: string, replaced: boolean) => void
}

/** What the declarations say of secrets. */
export function secretPlaces({ functions, kinds }: Catalogue): SecretPlaces {
  return {
    declared: new Set(kinds.flatMap(({ fields }) => fields.flatMap(({ name, type }) => secretFields(name, type)))),
    functions: new Map(
      functions.map(({ name, takes }) => [name, takes.findIndex(({ names }) => names === 'secret') + 1]),
    ),
    hashes: new Set(
      functions.filter(({ takes }) => takes.some((one) => one.name === 'algorithm')).map(({ name }) => name),
    ),
    joins: new Set(
      functions
        .filter(({ takes: [first], gives }) => gives === 'string' && first?.quantifier === 'many' && !first.names)
        .map(({ name }) => name),
    ),
  }
}

function secretFields(name: string, type: FieldType): string[] {
  switch (type.is) {
    case 'secret':
      return [name]
    case 'object':
    case 'variants':
      return fieldsInside(type).flatMap((field) => secretFields(field.name, field.type))
    case 'list':
    case 'map':
      return secretFields(name, type.of)
    case 'either':
      return type.of.flatMap((each) => secretFields(name, each))
    default:
      return []
  }
}

/** The value without secrets; the same value where nothing in it is replaced. */
export function redact(value: Json, context: RedactContext): Json {
  return redactInside(
    value,
    { name: '', certainty: null, place: 'other', data: context.data, hashed: false, target: '' },
    context,
  )
}

/** Where a value stands. */
interface ValuePlace {
  /** The key above it. */
  readonly name: string
  /** How surely that name makes it a secret. */
  readonly certainty: SecretCertainty | null
  /** What the members of an object here are. */
  readonly place: SecretPlace
  readonly data: boolean
  /** It is an argument of a call that hashes. */
  readonly hashed: boolean
  /** The property that the call around it is put in, where its name is that of a secret or of credentials. */
  readonly target: string
}

function redactInside(value: Json, at: ValuePlace, context: RedactContext): Json {
  if (typeof value === 'string') return redactText(value, at, context)
  if (Array.isArray(value)) return redactList(value, at, context)
  if (isObject(value)) return redactObject(value, at, context)
  const numeric = typeof value === 'number' || typeof value === 'bigint' || value instanceof Float
  return numeric && at.certainty !== null ? redactValue(value, at.name, at.certainty, at, context) : value
}

function redactValue(
  value: Json,
  name: string,
  certainty: SecretCertainty,
  at: ValuePlace,
  context: RedactContext,
): Json {
  const out = (certainty === 'certain' && !at.data) || context.withoutPossible
  context.report(name, out)
  return out ? `$SECRET(${name.replace(/\s+/g, '-')})` : value
}

function redactText(text: string, at: ValuePlace, context: RedactContext): Json {
  if (at.certainty !== null && isLiteralSecret(text)) return redactValue(text, at.name, at.certainty, at, context)
  const credentials = isCredentials(at.name) || isCredentials(at.target)
  const password = credentials ? /^[^\s:/]+:(?=[^\s/])/.exec(text) : null
  if (password && isLiteralSecret(text.slice(password[0].length))) {
    return password[0] + String(redactValue(text.slice(password[0].length), at.name, 'certain', at, context))
  }
  if (isCredentials(at.name) && isPackedPair(text)) return redactValue(text, at.name, 'certain', at, context)
  if (at.target !== '' && isKeyLike(text)) return redactValue(text, at.target, 'possible', at, context)
  let result = text
  for (const { from, to, name, named, certainty } of secretsInText(text).toReversed()) {
    if (CHECKSUM.test(at.name) && name === 'random characters') continue
    const by = redactValue(text.slice(from, to), named || at.name === '' ? name : at.name, certainty, at, context)
    result = result.slice(0, from) + String(by) + result.slice(to)
  }
  return result
}

/** Names of what is drawn from other texts, and looks random without being secret. */
const CHECKSUM = /(?:^|[_-])(?:commit|sha\d*|rev|revision|checksum|digest|etag|fingerprint|md5)$/i

/** Whether a text is `user:password` in base64. */
function isPackedPair(text: string): boolean {
  const bytes = /^[A-Za-z0-9+/]{8,}={0,2}$/.test(text) ? decodeBase64(text) : null
  return bytes !== null && /^[!-9;-~]+:[!-~]+$/.test(String.fromCharCode(...bytes.subarray(0, 1000)))
}

/** Whether a constant may be a key: one word of letters and digits, no path. */
function isKeyLike(text: string): boolean {
  return !isPath(text) && /^(?=.*\d)(?=.*\p{L})[^\s/%]{6,}$/u.test(text)
}

/** The lines of a private key that is written as a list of lines: from its first line to its last. */
function keyLines(list: readonly Json[]): readonly [number, number] | null {
  const from = list.findIndex((line) => isText(line) && /^-+BEGIN [A-Z ]*PRIVATE KEY/.test(line))
  const to = list.findIndex((line) => isText(line) && /^-+END [A-Z ]*PRIVATE KEY/.test(line))
  return from < 0 ? null : [from, to < 0 ? list.length : to]
}

/** A list of values, or a call: one of its arguments may be declared as secret, or stand behind a name that says so. */
function redactList(list: Json[], at: ValuePlace, context: RedactContext): Json {
  const head = typeof list[0] === 'string' ? list[0] : null
  const pair = credentialPair(list, at, context) ?? namedValue(list)
  if (pair) return [list[0] ?? null, redactValue(pair.value, pair.name, pair.certainty, at, context)]
  const secret = head === null ? undefined : context.functions.get(head)
  const key = keyLines(list)
  const items = list.map((item, index) => {
    if (key && index > key[0] && index < key[1]) return redactValue(item, 'private key', 'certain', at, context)
    if (secret === undefined) {
      const option = optionValue(list, index)
      if (option) return redactValue(item, option.name, option.certainty, at, context)
      return redactInside(item, { ...at, place: isObject(item) ? at.place : 'other' }, context)
    }
    if (index === 0) return item
    const literal = typeof item === 'string' && isLiteralSecret(item)
    if (index === secret && literal) return redactValue(item, head ?? '', 'certain', at, context)
    if (at.hashed && context.joins.has(head ?? '') && literal && isSalt(item)) {
      return redactValue(item, 'salt', 'possible', at, context)
    }
    const before = list[index - 1]
    const named = index > 1 && literal && typeof before === 'string' && !isPath(before) && secretName(before) !== null
    // `["add", "password", "x"]` sets one; `["rename", "password", "pwd"]` and `["add", "token", "_S.token"]` do not.
    if (named && secretName(item) === null && !isPath(item)) {
      return redactValue(item, before, 'possible', at, context)
    }
    const hashed = at.hashed || context.hashes.has(head ?? '')
    const isTarget = index === 2 && isText(before) && (secretName(before) !== null || isCredentials(before))
    const target = isTarget && Array.isArray(item) ? before : at.target
    return redactInside(item, { ...at, name: '', certainty: null, place: 'other', hashed, target }, context)
  })
  return items.some((item, index) => item !== list[index]) ? items : list
}

/** Whether a constant that is hashed with data may be the salt of it; those that only separate are too short. */
function isSalt(text: string): boolean {
  return !isPath(text) && /[\p{L}\p{N}]{4,}/u.test(text)
}

/** What stands behind an option in a list of words: `["-u", "admin", "-p", "x"]`, `["--password", "x"]`. */
function optionValue(list: readonly Json[], index: number): SecretPair | null {
  const [option, value] = [list[index - 1], list[index]]
  if (typeof option !== 'string' || typeof value !== 'string' || !isLiteralSecret(value)) return null
  if (value.startsWith('-')) return null
  const name = /^--?([a-z][\w-]+)$/i.exec(option)?.[1]
  if (name !== undefined && secretName(name) === 'certain') return { name, value, certainty: 'certain' }
  const isPassword = option === '-p' && !/^\d{1,5}(?::\d{1,5})?$|[/\\]/.test(value)
  return isPassword ? { name: 'password', value, certainty: 'possible' } : null
}

interface SecretPair {
  readonly name: string
  readonly value: string
  readonly certainty: SecretCertainty
}

/** A user and a password, or a certificate and its key, as a list of two texts under a name that says so. */
function credentialPair(
  [user, value, ...rest]: Json[],
  { name }: ValuePlace,
  context: RedactContext,
): SecretPair | null {
  if (rest.length > 0 || typeof user !== 'string' || typeof value !== 'string') return null
  const certainty = isCredentials(name) ? 'certain' : isAccounts(name) ? 'possible' : null
  const isCall = context.functions.has(user) || isPath(value)
  return certainty === null || isCall || !isLiteralSecret(value) ? null : { name, value, certainty }
}

/** A name as properties, headers and parameters have it; texts that hold a value, and datasets with an alias, are none. */
const SECRET_NAME = /^[\p{L}\p{N}_.$-]{2,60}$|^\p{L}+ (?:key|token|secret)$/iu

/** A list of a secret's name and a value that can be one, as pairs are written. */
function namedValue([name, value, ...rest]: Json[]): SecretPair | null {
  if (rest.length > 0 || typeof name !== 'string' || typeof value !== 'string') return null
  const isNamed =
    SECRET_NAME.test(name) && secretName(name) === 'certain' && secretName(value) === null && !isPath(value)
  return isNamed && isLiteralSecret(value) ? { name, value, certainty: 'possible' } : null
}

/** `_S.name` or `alias.name`. */
function isPath(text: string): boolean {
  return /^_?[A-Za-z]\w*\.\S/.test(text)
}

function redactObject(object: JsonObject, at: ValuePlace, context: RedactContext): Json {
  let changed = object
  const entry = entryName(object, at.place)
  for (const key of keysOf(object)) {
    const value = get(object, key) ?? null
    const place = /headers?$/i.test(key) ? 'header' : /param|query/i.test(key) ? 'parameter' : 'other'
    const data = at.data || key === 'entities'
    const isEntry = entry !== null && VALUE_KEY.test(key)
    const certainty = isEntry ? 'certain' : certaintyOf(key, value, object, at, context)
    const without = redactInside(
      value,
      { name: isEntry ? entry : key, certainty, place, data, hashed: at.hashed, target: '' },
      context,
    )
    for (const { name } of key.length > 20 ? secretsInText(key) : []) context.report(name, false)
    if (without === value) continue
    changed = { ...changed }
    put(changed, key, without)
  }
  return changed
}

const NAME_KEY = /^(?:name|key|header|param|parameter|property|field|id)$/i
const VALUE_KEY = /^(?:value|values|val|content|text|default|defaultvalue|default_value)$/i

/** The name of the secret that an object such as `{"name": "Authorization", "value": "…"}` holds; null for other objects. */
function entryName(object: JsonObject, place: SecretPlace): string | null {
  const keys = keysOf(object)
  if (!keys.some((key) => VALUE_KEY.test(key))) return null
  const names = keys.filter((key) => NAME_KEY.test(key)).map((key) => get(object, key))
  return names.filter(isText).find((name) => secretName(name, place) === 'certain') ?? null
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string'
}

/** Members of a JSON Web Key that are private (RFC 7518, 6.2.2, 6.3.2 and 6.4.1). */
const PRIVATE_JWK = /^(?:d|p|q|dp|dq|qi|k|oth)$/

/** What a key says of its value; inside an object whose own name is that of a secret, every value may be one. */
function certaintyOf(
  key: string,
  value: Json,
  object: JsonObject,
  at: ValuePlace,
  context: RedactContext,
): SecretCertainty | null {
  const named = secretName(key, at.place)
  if (context.declared.has(key) || named === 'certain') return 'certain'
  if (PRIVATE_JWK.test(key) && typeof get(object, 'kty') === 'string') return 'certain'
  const isLiteral = typeof value === 'string' ? !isPath(value) : typeof value === 'number' && key !== 'seed'
  if (typeof value === 'string' && isSecretValueOf(key, value)) return 'possible'
  if (isLiteral && at.place === 'other') {
    const certainty = secretNameInside(key, at.name) ?? (named === 'possible' ? named : null)
    if (certainty !== null) return certainty
  }
  if (isAccounts(at.name) && typeof value === 'string' && !value.includes('/')) return 'possible'
  if (isSchema(object) && !/^(?:default|const|examples?|enum)$/.test(key)) return null
  return at.certainty === null || /^(?:type|is|_id)$/.test(key) ? null : 'possible'
}

/** Whether an object is a JSON Schema, which describes a secret and does not hold it. */
function isSchema(object: JsonObject): boolean {
  const type = get(object, 'type')
  return isText(type) && /^(?:string|number|integer|boolean|object|array|null)$/.test(type)
}
