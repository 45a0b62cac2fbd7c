/** Quick fixes: the configuration with the change made that a problem offers. */
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import type { Problem, Repair } from '../problem.ts'

/**
 * The configuration with the repair of a problem made; the same value where the problem offers none, or where there is
 * nothing to repair any more.
 */
export function withRepairMade(config: JsonObject, { repair, where }: Problem): JsonObject {
  if (repair === undefined || where.path === undefined) return config
  const changed = changedAt(config, where.path, repair)
  return isObject(changed) ? changed : config
}

function changedAt(value: Json, path: JsonPath, repair: Repair): Json {
  const [step, ...rest] = path
  if (step === undefined) return applyRepair(value, repair)
  if (Array.isArray(value) && typeof step === 'number')
    return value.map((item, index) => (index === step ? changedAt(item, rest, repair) : item))
  if (!isObject(value)) return value
  const key = String(step)
  const isLast = rest.length === 0
  if (!Object.hasOwn(value, key)) return isLast && repair.change === 'set' ? { ...value, [key]: repair.value } : value
  if (isLast && repair.change === 'remove') return withoutKey(value, key)
  const isKey = isLast && repair.change === 'rename' && key === repair.from
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      if (name !== key) return [name, item]
      return isKey ? [repair.to, item] : [name, changedAt(item, rest, repair)]
    }),
  )
}

function applyRepair(value: Json, repair: Repair): Json {
  switch (repair.change) {
    case 'set':
      return repair.value
    case 'wrap':
      return Array.isArray(value) ? value : [value]
    case 'add':
      return isObject(value) && !Object.hasOwn(value, repair.key) ? { ...value, [repair.key]: repair.value } : value
    case 'rename':
      return withRenamed(value, repair.from, repair.to)
    case 'remove':
      return value
  }
}

function withoutKey(object: JsonObject, key: string): JsonObject {
  const { [key]: _, ...rest } = object
  return rest
}

/** The first text inside that is the name, or begins with it as a dataset with its alias does. */
function withRenamed(value: Json, from: string, to: string): Json {
  if (typeof value === 'string') {
    if (value === from) return to
    return value.startsWith(`${from} `) ? to + value.slice(from.length) : value
  }
  if (Array.isArray(value)) return firstChanged(value, (item) => withRenamed(item, from, to))
  if (!isObject(value)) return value
  const keys = Object.keys(value)
  const items = firstChanged(
    keys.map((key) => value[key] ?? null),
    (item) => withRenamed(item, from, to),
  )
  return Object.fromEntries(keys.map((key, index) => [key, items[index] ?? null]))
}

/** The items with the first one replaced that a change changes. */
function firstChanged(items: readonly Json[], change: (item: Json) => Json): Json[] {
  const result = [...items]
  for (const [index, item] of items.entries()) {
    const changed = change(item)
    if (changed === item || JSON.stringify(changed) === JSON.stringify(item)) continue
    result[index] = changed
    break
  }
  return result
}
