/** Join indexes: from an entity to the keys it is found by. The same expression gives the same index everywhere. */

import { printJson } from '../../entity/json.ts'
import { joinKey } from '../../entity/order.ts'
import { type Entity, Float, type Json, type Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import type { Eval, JoinIndex, Namespaces } from '../evaluation.ts'
import { ConstantContext, NotConstant } from './constant-context.ts'
import { rootFrame } from './frame.ts'

const notIndexable = problem<{ expression: string }>({
  code: 'dtl-join-not-indexable',
  severity: 'error',
  says: (f) => `The join expression ${f.expression} depends on more than the entity, so no index can be built over it.`,
  fix: () => 'Join on properties and functions of them.',
})

/** The keys of a value in a join: of a list one for each element; null has none (joins.rst). */
export function keysOfValue(value: Value): readonly string[] {
  if (typeof value === 'string') return [value.charCodeAt(0) === 1 ? (joinKey(value) ?? value) : value]
  if (!Array.isArray(value)) {
    const key = joinKey(value)
    return key === null ? NO_KEYS : [key]
  }
  const keys: string[] = []
  for (const each of value) {
    const key = joinKey(each)
    if (key !== null) keys.push(key)
  }
  return keys
}

const NO_KEYS: readonly string[] = []

/** Whether two values overlap, which is what makes a join succeed. */
export function haveCommonItem(a: Value, b: Value): boolean {
  if (a === null || b === null) return false
  const keys = keysOfValue(b)
  return keysOfValue(a).some((key) => keys.includes(key))
}

/** A part of a dataset: entities whose value of `left` overlaps `right`. */
export interface Subset {
  readonly dtl: Json
  /** Evaluated with `_S` as the entity. */
  readonly left: Eval
  readonly right: Value
}

/**
 * The index over an expression about one alias, compiled so that the alias has slot `slot`. `subset` narrows it.
 */
export function joinIndex(
  expression: { readonly dtl: Json; readonly alias: string; readonly slot: number; readonly evaluate: Eval },
  namespaces: Namespaces,
  subset: Subset | null = null,
): JoinIndex {
  const { dtl, alias, slot, evaluate } = expression
  const ctx = new ConstantContext(namespaces)
  const text = printJson(normalised(dtl, alias))
  const id = indexId(dtl, alias, namespaces, subset)
  const frame = rootFrame(null, {}, { target: null, created: [], stopped: null }, ctx, slot + 1)
  return {
    id,
    keysOf: (entity: Entity) => {
      ctx.begin()
      frame.S = entity
      frame.shape = null
      frame.aliases[slot] = entity
      try {
        if (subset !== null && !haveCommonItem(subset.left(frame), subset.right)) return NO_KEYS
        return keysOfValue(evaluate(frame))
      } catch (error) {
        if (error instanceof NotConstant) throw new Fault(notIndexable({ expression: text }))
        throw error
      }
    },
  }
}

/** The id of an index over an expression about one alias: the same for all that give the same keys. */
export function indexId(dtl: Json, alias: string, namespaces: Namespaces, subset: Subset | null = null): string {
  const settings = namespaces.enabled ? ` in ${namespaces.identity} ${namespaces.property}` : ''
  return `${printJson(normalised(dtl, alias))}${subset === null ? '' : ` of ${printJson(subset.dtl)}`}${settings}`
}

/** The expression with its alias called `_S`, so that its text does not depend on how the alias is named. */
function normalised(dtl: Json, alias: string): Json {
  if (typeof dtl === 'string') return dtl.startsWith(`${alias}.`) ? `_S${dtl.slice(alias.length)}` : dtl
  if (typeof dtl !== 'object' || dtl === null || dtl instanceof Float || !Array.isArray(dtl)) return dtl
  return dtl.map((each) => normalised(each, alias))
}
