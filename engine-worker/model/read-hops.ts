/** Hops that stand for references: from a record to another one of its system, and from a concept to another concept. */
import { get } from '../entity/dict.ts'
import { isObject, type Json } from '../entity/value.ts'
import { call } from './calls.ts'
import { listUnder } from './read-steps.ts'

const nameOf = (list: readonly Json[]): Json => list[0] ?? null
const hopsName = nameOf(call.hops())
const equalityName = nameOf(call.eq())
/** What takes the one value of a hop out of its list. */
const singleValueNames = [nameOf(call.first()), nameOf(call.last())]

/** A hop along one equal value. */
interface RecordHop {
  readonly dataset: string
  /** The path of the record that hops, such as `_S.company_id`. */
  readonly from: string
  /** What it is equal to in the other record: `$ids`, `_id` or a property. */
  readonly to: string
  /** What of the other record is taken. */
  readonly returns: string
}

/** An expression that is a hop to one dataset along one equal value; null of any other. */
export function hopIn(expression: Json): RecordHop | null {
  if (!Array.isArray(expression)) return null
  const [name, only] = expression
  if (singleValueNames.includes(name ?? null) && expression.length === 2) return hopIn(only ?? null)
  if (name !== hopsName || !isObject(only ?? null) || expression.length !== 2) return null
  const options = isObject(only ?? null) ? only : {}
  if (!isObject(options)) return null
  const [named, ...otherDatasets] = listUnder(options, 'datasets')
  const [dataset, alias = dataset] = typeof named === 'string' ? named.split(/\s+/) : []
  const condition = onlyCondition(listUnder(options, 'where'))
  const taken = get(options, 'return')
  if (dataset === undefined || alias === undefined || otherDatasets.length > 0 || condition === null) return null
  const pathInOther = (path: Json | undefined): string | null =>
    typeof path === 'string' && path.startsWith(`${alias}.`) ? path.slice(alias.length + 1) : null
  const [from, to] = pathInOther(condition[0]) === null ? condition : [condition[1], condition[0]]
  const [equalTo, returns] = [pathInOther(to), pathInOther(taken)]
  if (typeof from !== 'string' || !from.startsWith('_S.') || equalTo === null || returns === null) return null
  return { dataset, from, to: equalTo, returns }
}

/** The two sides of the one condition, which may stand in a list of its own. */
function onlyCondition(where: readonly Json[]): readonly [Json, Json] | null {
  const [first] = where
  const condition = where.length === 1 && Array.isArray(first) ? first : where
  const [name, one, other] = condition
  return name === equalityName && condition.length === 3 ? [one ?? null, other ?? null] : null
}

/** A property without its namespace. */
export function plainProperty(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}
