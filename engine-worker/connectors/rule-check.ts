/** Checks of what stands in properties: how many of some may be set, and texts with a form of their own. */

import { imagePattern } from '../config/microservices/image.ts'
import type { FieldRule, FieldType } from '../config/model/define.ts'
import { unknownEncoding } from '../config/project/read.ts'
import { decodeBase64 } from '../entity/base64.ts'
import { charsetOf, isPythonCharset } from '../entity/charset.ts'
import { get } from '../entity/dict.ts'
import { isLiteralSecret } from '../entity/secrets.ts'
import type { Json, JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { type Problem, problem } from '../problem.ts'

const noneOfRequired = problem<{ keys: string; kind: string }>({
  code: 'missing-one-of',
  severity: 'warning',
  says: ({ keys, kind }) => `${kind} needs one of the properties ${keys}.`,
})
const notTogether = problem<{ keys: string; second: string }>({
  code: 'exclusive-properties',
  severity: 'warning',
  says: ({ keys }) => `${keys} are set together, but they exclude each other.`,
  fix: () => 'Keep the one that is meant and remove the others.',
  repair: ({ second }) => ({ change: 'remove', key: second }),
})
const brokenStatusCodes = problem<{ key: string; value: string }>({
  code: 'broken-status-codes',
  severity: 'warning',
  says: ({ key, value }) => `${key}: “${value}” is not a list of status codes.`,
  fix: () => 'Write codes and ranges of codes with commas between them, such as 200-299,404.',
})

const outOfRange = problem<{ key: string; value: string; least: string; most: string }>({
  code: 'number-out-of-range',
  severity: 'warning',
  says: ({ key, value, least, most }) =>
    `${key} is ${value}; it must be ${most === '' ? `${least} or more` : least === '' ? `${most} or less` : `from ${least} to ${most}`}.`,
})
const brokenImage = problem<{ key: string; value: string }>({
  code: 'broken-image-name',
  severity: 'warning',
  says: ({ key, value }) => `${key}: “${value}” is not the name of a Docker image.`,
  fix: () => 'Write it as acme/weather:1.2 or registry.example.org/acme/weather:1.2.',
})
const brokenHost = problem<{ key: string; value: string }>({
  code: 'broken-host-name',
  severity: 'warning',
  says: ({ key, value }) => `${key}: “${value}” cannot be the name of a host, which it is for a microservice.`,
  fix: () => 'Use 2 to 63 lower-case letters, digits, - and _, beginning with a letter or a digit.',
})
const brokenBase64 = problem<{ key: string }>({
  code: 'broken-base64',
  severity: 'warning',
  says: ({ key }) => `${key} is not base64.`,
})
const clearSecret = problem<{ key: string }>({
  code: 'secret-in-clear-text',
  severity: 'warning',
  says: ({ key }) => `${key} is a secret, but its value is written in the configuration.`,
  fix: () => 'Write $SECRET(name), and give the value to the node under that name.',
})

/** A secret that is written out, or nothing. */
export function secretProblem(value: Json, path: JsonPath): Problem | null {
  if (typeof value !== 'string' || !isLiteralSecret(value)) return null
  return clearSecret({ key: String(path.at(-1) ?? '') }, { path })
}

/** A number that is smaller or greater than its field allows, or nothing. */
export function rangeProblem(type: FieldType, value: Json, path: JsonPath): Problem | null {
  if ((type.is !== 'integer' && type.is !== 'number') || typeof value === 'object') return null
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = type
  const number = Number(value)
  if (number >= min && number <= max) return null
  const [least, most] = [String(type.min ?? ''), String(type.max ?? '')]
  return outOfRange({ key: String(path.at(-1) ?? ''), value: String(value), least, most }, { path })
}

type TextFormat = NonNullable<Extract<FieldType, { is: 'text' }>['format']>

/** What the rules of a kind find in one object. */
export function ruleProblems(json: JsonObject, rules: readonly FieldRule[], path: JsonPath, kind: string): Problem[] {
  return rules.flatMap(({ of, need }) => {
    const set = of.filter((key) => (get(json, key) ?? null) !== null && get(json, key) !== '')
    if (set.length === 0 && need !== 'at-most-one') return [noneOfRequired({ keys: of.join(', '), kind }, { path })]
    if (set.length < 2 || need === 'at-least-one') return []
    return [notTogether({ keys: set.join(' and '), second: set[1] ?? '' }, { path: [...path, set[1] ?? ''] })]
  })
}

/** What is wrong with a text of a form; nothing for names that only Sesam can handle. */
export function formatProblem(format: TextFormat, value: string, path: JsonPath): Problem | null {
  const key = String(path.at(-1) ?? '')
  if (format === 'javascript') return null
  if (format === 'base64')
    return decodeBase64(value.replace(/\s+/g, '')) === null ? brokenBase64({ key }, { path }) : null
  if (format === 'image') return value === '' || imagePattern.test(value) ? null : brokenImage({ key, value }, { path })
  if (format === 'host') return /^[a-z0-9][a-z0-9_-]{1,62}$/.test(value) ? null : brokenHost({ key, value }, { path })
  if (format === 'charset') {
    const known = charsetOf(value) !== null || isPythonCharset(value)
    return known ? null : unknownEncoding({ encoding: value }, { path })
  }
  return isStatusCodes(value) ? null : brokenStatusCodes({ key, value }, { path })
}

/** What is wrong with a key that has to be status codes or `default`. */
export function statusKeyProblem(key: string, path: JsonPath): Problem | null {
  return key === 'default' || isStatusCodes(key)
    ? null
    : brokenStatusCodes({ key: String(path.at(-1) ?? ''), value: key }, { path: [...path, key] })
}

function isStatusCodes(text: string): boolean {
  return text.split(',').every((range) => {
    const [, from, to] = /^\s*(\d{3})\s*(?:-\s*(\d{3})\s*)?$/.exec(range) ?? []
    return from !== undefined && Number(from) >= 100 && Number(to ?? from) >= Number(from) && Number(to ?? from) <= 599
  })
}
