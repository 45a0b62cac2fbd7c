/** The size of values once they are written out: `["list", "_T.a", "_T.a"]` forty times over is small in memory, since shared. */
import { type Dict, isDict, type Value } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { Fault } from '../../problem.ts'
import type { Context } from '../evaluation.ts'
import type { DtlFacts } from '../facts.ts'
import { tooMuch } from './guard.ts'

/** Values that one entity may hold, all nested ones counted. */
const MAX_VALUES = 2_000_000

/** Nothing that is made without design is nested deeper; what is deeper is counted. */
const MAX_PLAIN_DEPTH = 12

/** Whether rules can make a value out of a value they have made before; others cannot grow without end. */
export function canGrow({ rules }: DtlFacts): boolean {
  return rules.some(({ reads, applies }) => applies.length > 0 || reads.some(({ from }) => /_[TPR]/.test(from)))
}

/** Counts a value that is used again towards the budget, when it is of the kind that can grow without end. */
export function chargeReuse(value: Value, ctx: Context): Value {
  if (typeof value === 'object' && value !== null && depthOf(value) > MAX_PLAIN_DEPTH) ctx.spend(countValues(value, 0))
  return value
}

/** Throws the problem of an entity that is too large to be written. */
export function checkSize(entity: Dict): void {
  for (const name in entity) {
    const value = entity[name] ?? null
    if (typeof value !== 'object' || value === null || depthOf(value) <= MAX_PLAIN_DEPTH) continue
    if (countValues(value, 0) > MAX_VALUES)
      throw new Fault(tooMuch({ reason: `“${name}” would hold more than ${MAX_VALUES} values` }))
  }
}

/** Counts what an entity with much work keeps towards what its run may keep. `placeOf` tells the step of a property. */
export function countKept(entities: readonly Dict[], ctx: Context, placeOf: (property: string) => JsonPath): void {
  let total = 0
  let largest = 0
  let property = '_id'
  for (const entity of entities)
    for (const name in entity) {
      const values = countValues(entity[name] ?? null, 0)
      total += values
      if (values > largest) {
        largest = values
        property = name
      }
    }
  ctx.budget.keep(total, property, { path: placeOf(property) })
}

/** How deep the first nested value of each is nested. */
function depthOf(value: Value): number {
  let depth = 0
  let at: Value | undefined = value
  while (depth <= MAX_PLAIN_DEPTH && at !== undefined) {
    depth++
    at = nestedIn(at)
  }
  return depth
}

function nestedIn(value: Value): Value | undefined {
  if (Array.isArray(value)) return value.find((each) => typeof each === 'object' && each !== null)
  if (!isDict(value)) return undefined
  for (const name in value) {
    const each = value[name]
    if (typeof each === 'object' && each !== null) return each
  }
  return undefined
}

function countValues(value: Value, before: number): number {
  let counted = before + 1
  if (Array.isArray(value))
    for (const each of value) counted = counted > MAX_VALUES ? counted : countValues(each, counted)
  else if (isDict(value))
    for (const name in value) counted = counted > MAX_VALUES ? counted : countValues(value[name] ?? null, counted)
  return counted
}
