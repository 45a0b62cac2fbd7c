/** Documented examples as cases, and how a result is compared with what a case expects. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decimalValue } from '../../../engine-worker/entity/bigdecimal.ts'
import { readJson } from '../../../engine-worker/entity/json.ts'
import { equal } from '../../../engine-worker/entity/order.ts'
import { decodeTransit, printValue } from '../../../engine-worker/entity/transit.ts'
import {
  Decimal,
  type Dict,
  Float,
  isDict,
  type Json,
  type JsonObject,
  kindOf,
  type Value,
} from '../../../engine-worker/entity/value.ts'
import type { Environment } from '../../../engine-worker/environment.ts'
import type { CaseResult } from '../../../engine-worker/testing/cases/result.ts'
import { conformance, noShared } from '../../shared.ts'

/** Cases of a shared file; none where the shared folder is not beside the clone. */
export function cases(file: string): JsonObject[] {
  return noShared ? [] : (readJson(readFileSync(join(conformance, file), 'utf8')) as JsonObject[])
}

/** A clock and randomness that repeat. */
export function environment(): Environment {
  let state = 1
  const random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  return {
    now: () => 1_700_000_000_000_000_000n,
    random,
    randomBytes: (length) => Uint8Array.from({ length }, () => Math.floor(random() * 256)),
  }
}

type Compare = 'exact' | 'numeric' | 'approx' | 'unordered' | 'ignore-reserved'

/** How a result differs from what the case expects, or null. */
export function difference(json: JsonObject, result: CaseResult): string | null {
  if (json.expect_error !== undefined)
    return 'problem' in result ? null : `expected an error (${json.expect_error}), got ${resultText(result)}`
  if ('problem' in result)
    return `${result.problem.code}: ${result.problem.message} at ${result.problem.where.path?.join('/')}`
  const got: Value = 'value' in result ? result.value : [...result.entities]
  const compare = (json.compare ?? 'exact') as Compare
  const decode = (expected: Json) => (json.expect_encoding === 'json' ? (expected as Value) : decodeTransit(expected))
  if (same(got, decode(json.expect ?? null), compare)) return null
  if (json.alt !== undefined && same(got, decode(json.alt), compare)) return null
  return `expected ${printValue(decode(json.expect ?? null))}, got ${resultText(result)}`
}

function resultText(result: CaseResult): string {
  return 'value' in result ? printValue(result.value) : 'entities' in result ? printValue([...result.entities]) : ''
}

/** Whether two values are the same under a way of comparing. */
export function same(a: Value, b: Value, compare: Compare): boolean {
  if (compare === 'unordered' && Array.isArray(a) && Array.isArray(b)) return sameBag(a, b)
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => same(each, b[index] ?? null, compare))
  if (isDict(a) && isDict(b)) return sameDict(a, b, compare)
  if (compare === 'numeric') return equal(a, b)
  if (compare === 'approx' && isNumber(a) && isNumber(b))
    return Math.abs(Number(numberOf(a)) - Number(numberOf(b))) <= 1e-6
  return kindOf(a) === kindOf(b) && equal(a, b)
}

function sameBag(a: readonly Value[], b: readonly Value[]): boolean {
  const left = [...b]
  for (const each of a) {
    const at = left.findIndex((other) => same(each, other, 'exact'))
    if (at < 0) return false
    left.splice(at, 1)
  }
  return left.length === 0
}

const reserved = new Set(['_updated', '_hash', '_previous', '_ts'])

function sameDict(a: Dict, b: Dict, compare: Compare): boolean {
  const keys = (dict: Dict) => Object.keys(dict).filter((key) => compare !== 'ignore-reserved' || !reserved.has(key))
  const own = keys(a)
  return (
    own.length === keys(b).length &&
    own.every((key) => Object.hasOwn(b, key) && same(a[key] ?? null, b[key] ?? null, compare))
  )
}

function isNumber(value: Value): boolean {
  return ['integer', 'float', 'decimal'].includes(kindOf(value))
}

function numberOf(value: Value): number {
  if (value instanceof Float) return value.value
  return value instanceof Decimal ? decimalValue(value).toNumber() : Number(value)
}
