/** Checks of what stands in properties: how many of some may be set, and texts with a form of their own. */

import type { FieldRule } from '../config/model/define.ts'
import { unknownEncoding } from '../config/project/read.ts'
import { charsetOf, isPythonCharset } from '../entity/charset.ts'
import { get } from '../entity/dict.ts'
import type { JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { type Problem, problem } from '../problem.ts'

const oneMissing = problem<{ keys: string; kind: string }>({
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

/** What the rules of a kind find in one object. */
export function ruleProblems(json: JsonObject, rules: readonly FieldRule[], path: JsonPath, kind: string): Problem[] {
  return rules.flatMap(({ of, need }) => {
    const set = of.filter((key) => (get(json, key) ?? null) !== null && get(json, key) !== '')
    if (set.length === 0 && need !== 'at-most-one') return [oneMissing({ keys: of.join(', '), kind }, { path })]
    if (set.length < 2 || need === 'at-least-one') return []
    return [notTogether({ keys: set.join(' and '), second: set[1] ?? '' }, { path: [...path, set[1] ?? ''] })]
  })
}

/** What is wrong with a text of a form; nothing for names that only Sesam can handle. */
export function formatProblem(format: 'charset' | 'status-codes', value: string, path: JsonPath): Problem | null {
  if (format === 'charset') {
    const known = charsetOf(value) !== null || isPythonCharset(value)
    return known ? null : unknownEncoding({ encoding: value }, { path })
  }
  return isStatusCodes(value) ? null : brokenStatusCodes({ key: String(path.at(-1) ?? ''), value }, { path })
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
