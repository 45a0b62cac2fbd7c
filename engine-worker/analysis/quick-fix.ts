/** Mending what is misspelt: where a problem knows the name that was meant, the configuration with that name. */
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { Problem } from '../problem.ts'

/** Another name for what stands at a place. */
interface Repair {
  readonly path: readonly (string | number)[]
  readonly from: string
  readonly to: string
}

/** What problems call the name that is wrong. */
const wrong = ['key', 'type', 'system', 'dataset', 'function', 'rule', 'operation'] as const

/** The repair of a problem that says what was meant; null for all others. */
export function repairOf({ facts, where }: Problem): Repair | null {
  const to = facts.suggestion ?? facts.nearest
  const from = wrong.map((name) => facts[name]).find((name) => typeof name === 'string')
  if (typeof to !== 'string' || to === '' || typeof from !== 'string' || !where.path) return null
  return { path: where.path, from, to }
}

/** The configuration with the repair made; the same value where there is nothing to repair any more. */
export function repaired(config: JsonObject, { path, from, to }: Repair): JsonObject {
  const mended = mend(config, path, from, to)
  return isObject(mended) ? mended : config
}

function mend(value: Json, path: readonly (string | number)[], from: string, to: string): Json {
  const [step, ...rest] = path
  if (step === undefined) return renamed(value, from, to)
  if (Array.isArray(value) && typeof step === 'number') {
    return value.map((item, index) => (index === step ? mend(item, rest, from, to) : item))
  }
  if (!isObject(value) || !Object.hasOwn(value, step)) return value
  const isKey = rest.length === 0 && step === from
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key !== step) return [key, item]
      return isKey ? [to, item] : [key, mend(item, rest, from, to)]
    }),
  )
}

/** The first text inside that is the name, or begins with it as a dataset with its alias does. */
function renamed(value: Json, from: string, to: string): Json {
  if (typeof value === 'string') {
    if (value === from) return to
    return value.startsWith(`${from} `) ? to + value.slice(from.length) : value
  }
  if (Array.isArray(value)) return first(value, (item) => renamed(item, from, to))
  if (!isObject(value)) return value
  const keys = Object.keys(value)
  const items = first(
    keys.map((key) => value[key] ?? null),
    (item) => renamed(item, from, to),
  )
  return Object.fromEntries(keys.map((key, index) => [key, items[index] ?? null]))
}

/** The items with the first one replaced that a change changes. */
function first(items: readonly Json[], change: (item: Json) => Json): Json[] {
  const result = [...items]
  for (const [index, item] of items.entries()) {
    const changed = change(item)
    if (changed === item || JSON.stringify(changed) === JSON.stringify(item)) continue
    result[index] = changed
    break
  }
  return result
}
