/** Conditions on the entities of a table, as a person sets them. */

import { plainText } from '../connectors/to-text.ts'
import { isNumeric } from '../entity/decimal.ts'
import { get } from '../entity/dict.ts'
import { compareNumbers, compareText } from '../entity/order.ts'
import { type Entity, Float, isDict, type Value } from '../entity/value.ts'
import { typedValue } from './parse-input.ts'

/** A condition on a property, of which one value of a list is enough. */
export interface Filter {
  /** Its name, or a path with dots. */
  readonly property: string
  readonly how: FilterHow
  /** As a person writes it; numbers and moments are compared as such. */
  readonly value: string
  /** Where 'is' means a range: what comes behind it. */
  readonly end?: string
  /** Whether entities are wanted that do not meet it. */
  readonly isNegated?: boolean
}

export type FilterHow =
  | 'is'
  | 'is-not'
  | 'contains'
  | 'begins'
  | 'greater'
  | 'at-least'
  | 'less'
  | 'at-most'
  | 'present'
  | 'missing'

/** Whether an entity meets all conditions. */
export function meetsFilters(entity: Entity, filters: readonly Filter[]): boolean {
  return filters.every((filter) => meetsFilter(valueAt(entity, filter.property), filter))
}

/** Whether a value meets a condition. */
export function meetsFilter(value: Value, filter: Filter): boolean {
  return matchesFilter(value, filter) !== (filter.isNegated === true)
}

/**
 * Whether a number meets a condition, as an integer or float of that size does; null where that does not follow from the
 * size alone, or the size is not exact.
 */
export function meetsNumber(size: number, filter: Filter): boolean | null {
  const found = holdsForNumber(size, filter)
  return found === null ? null : found !== (filter.isNegated === true)
}

function holdsForNumber(size: number, { how, value: wantedText, end }: Filter): boolean | null {
  if (how === 'is' && end !== undefined) {
    const isFrom = holdsForNumber(size, { property: '', how: 'at-least', value: wantedText })
    const isBefore = holdsForNumber(size, { property: '', how: 'less', value: end })
    return isFrom === null || isBefore === null ? null : isFrom && isBefore
  }
  const other = typedValue(wantedText)
  const limit = typeof other === 'number' ? other : other instanceof Float ? other.value : Number.NaN
  const isExact = !Number.isNaN(limit) && Math.abs(size) < 2 ** 53
  switch (how) {
    case 'present':
      return true
    case 'missing':
      return false
    case 'is':
      return isExact ? size === limit : null
    case 'is-not':
      return isExact ? size !== limit : null
    case 'greater':
      return isExact ? size > limit : null
    case 'at-least':
      return isExact ? size >= limit : null
    case 'less':
      return isExact ? size < limit : null
    case 'at-most':
      return isExact ? size <= limit : null
    default:
      return null
  }
}

/** The property of that very name, or else along the dots. */
function valueAt(entity: Entity, property: string): Value {
  const exact = get(entity, property)
  if (exact !== undefined) return exact
  let at: Value = entity
  for (const name of property.split('.')) {
    if (Array.isArray(at)) at = at.flatMap((item) => (isDict(item) ? [get(item, name) ?? null] : []))
    else at = isDict(at) ? (get(at, name) ?? null) : null
  }
  return at
}

function matchesFilter(value: Value, { how, value: wanted, end }: Filter): boolean {
  const values = singleValues(value)
  switch (how) {
    case 'present':
      return values.length > 0
    case 'missing':
      return values.length === 0
    case 'is':
      if (end !== undefined) return values.some((item) => compareWith(item, wanted) >= 0 && compareWith(item, end) < 0)
      return values.some((item) => compareWith(item, wanted) === 0)
    case 'is-not':
      return !values.some((item) => compareWith(item, wanted) === 0)
    case 'contains':
      return values.some((item) => plainText(item).toLowerCase().includes(wanted.toLowerCase()))
    case 'begins':
      return values.some((item) => plainText(item).toLowerCase().startsWith(wanted.toLowerCase()))
    case 'greater':
      return values.some((item) => compareWith(item, wanted) > 0)
    case 'at-least':
      return values.some((item) => compareWith(item, wanted) >= 0)
    case 'less':
      return values.some((item) => compareWith(item, wanted) < 0)
    case 'at-most':
      return values.some((item) => compareWith(item, wanted) <= 0)
  }
}

/** The values in a list and in the lists in it, without null. */
function singleValues(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value.flatMap(singleValues)
  return value === null ? [] : [value]
}

/** As numbers where both are; otherwise as texts, in which moments have their order, without regard to case. */
function compareWith(value: Value, wanted: string): number {
  const other = isNumeric(value) ? typedValue(wanted) : null
  if (isNumeric(value) && isNumeric(other)) return compareNumbers(value, other)
  return compareText(plainText(value).toLowerCase(), wanted.toLowerCase())
}
