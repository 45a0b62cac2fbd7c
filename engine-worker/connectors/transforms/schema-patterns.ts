/**
 * The patterns of a JSON schema, held to a budget: before the validator tries them, every text that it would try is
 * looked at (pattern-cost.ts). The walk follows the schema as the validator does.
 */
import { dereference, type Schema } from '@cfworker/json-schema' // the validator of json-schema.ts
import { MAX_TRIES, type PatternCost, patternCost } from '../pattern-cost.ts'

/** A pattern that is too much for a text of the value. */
interface CostlyPattern {
  readonly pattern: string
  readonly text: string
  /** The place of the pattern below the schema. */
  readonly path: readonly string[]
}

/** Finds the first pattern that would take too many tries on a value; null where all is well. */
export type PatternGuard = (value: unknown) => CostlyPattern | null

interface SchemaNode {
  readonly [keyword: string]: unknown
}

/** The guard of a schema; null when it has no patterns. */
export function patternGuard(schema: unknown): PatternGuard | null {
  const paths = new Map<unknown, readonly string[]>()
  const costs = new Map<string, PatternCost | null>()
  const visit = (json: unknown, path: readonly string[]): void => {
    if (typeof json !== 'object' || json === null) return
    paths.set(json, path)
    for (const [key, each] of Object.entries(json)) {
      if (key === 'pattern' && typeof each === 'string') costs.set(each, patternCost(each))
      if (key === 'patternProperties' && isNode(each))
        for (const pattern of Object.keys(each)) costs.set(pattern, patternCost(pattern))
      visit(each, [...path, key])
    }
  }
  visit(schema, [])
  if (costs.size === 0) return null
  const safe = Math.min(...[...costs.values()].map((cost) => cost?.safeLength ?? Number.POSITIVE_INFINITY))
  const lookup: { [uri: string]: unknown } = dereference(schema as Schema)
  return (value) => (longestText(value) <= safe ? null : new SchemaWalk(costs, paths, lookup).apply(schema, value))
}

function isNode(json: unknown): json is SchemaNode {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** The length of the longest text or key in a value. */
function longestText(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  let longest = 0
  for (const [key, each] of Object.entries(value))
    longest = Math.max(longest, Array.isArray(value) ? 0 : key.length, longestText(each))
  return longest
}

/** Keywords whose schema applies to the value itself, to the items of a list, and to the properties of an object. */
const SAME_VALUE_KEYWORDS = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'] as const
const ITEM_KEYWORDS = ['items', 'additionalItems', 'unevaluatedItems', 'contains', 'prefixItems'] as const
const MEMBER_KEYWORDS = ['additionalProperties', 'unevaluatedProperties'] as const
const DEPENDENT_KEYWORDS = ['dependentSchemas', 'dependencies'] as const

/** Tries that all texts of one value may take together. */
const MAX_VALUE_TRIES = 4 * MAX_TRIES

class SchemaWalk {
  private spent = 0
  private readonly seen = new Map<unknown, Set<unknown>>()

  constructor(
    private readonly costs: ReadonlyMap<string, PatternCost | null>,
    private readonly paths: ReadonlyMap<unknown, readonly string[]>,
    private readonly lookup: { readonly [uri: string]: unknown },
  ) {}

  /** Applies a schema, or each of a list of them, to a value. */
  apply(schema: unknown, value: unknown): CostlyPattern | null {
    if (Array.isArray(schema)) return firstFound(schema, (each) => this.apply(each, value))
    if (!isNode(schema) || this.wasVisited(schema, value)) return null
    return (
      this.visitReference(schema, value) ??
      firstFound(SAME_VALUE_KEYWORDS, (keyword) => this.apply(schema[keyword], value)) ??
      (typeof value === 'string' ? this.visitText(schema, value) : null) ??
      (Array.isArray(value) ? this.visitItems(schema, value) : null) ??
      (isNode(value) ? this.visitMembers(schema, value) : null)
    )
  }

  /** A schema that refers to itself meets the same value again. */
  private wasVisited(schema: SchemaNode, value: unknown): boolean {
    const values = this.seen.get(schema) ?? new Set()
    this.seen.set(schema, values)
    if (values.has(value)) return true
    values.add(value)
    return false
  }

  private visitReference(schema: SchemaNode, value: unknown): CostlyPattern | null {
    for (const [absolute, written] of [
      ['__absolute_ref__', '$ref'],
      ['__absolute_recursive_ref__', '$recursiveRef'],
    ] as const) {
      const uri = schema[absolute] ?? schema[written]
      const found = typeof uri === 'string' ? this.apply(this.lookup[uri], value) : null
      if (found !== null) return found
    }
    return null
  }

  private visitText(schema: SchemaNode, text: string): CostlyPattern | null {
    const { pattern } = schema
    return typeof pattern === 'string' ? this.tryPattern(pattern, text, schema, ['pattern']) : null
  }

  private tryPattern(pattern: string, text: string, schema: SchemaNode, below: string[]): CostlyPattern | null {
    this.spent += this.costs.get(pattern)?.tries(text) ?? 0
    if (this.spent <= MAX_VALUE_TRIES) return null
    return { pattern, text, path: [...(this.paths.get(schema) ?? []), ...below] }
  }

  private visitItems(schema: SchemaNode, list: readonly unknown[]): CostlyPattern | null {
    return firstFound(ITEM_KEYWORDS, (keyword) => firstFound(list, (item) => this.apply(schema[keyword], item)))
  }

  private visitMembers(schema: SchemaNode, members: SchemaNode): CostlyPattern | null {
    const { properties, patternProperties, propertyNames } = schema
    return firstFound(Object.keys(members), (key) => {
      const value = members[key]
      const own = isNode(properties) && Object.hasOwn(properties, key) ? this.apply(properties[key], value) : null
      return (
        own ??
        (isNode(patternProperties) ? this.visitPatternMember(schema, patternProperties, key, value) : null) ??
        this.apply(propertyNames, key) ??
        (isNode(properties) && Object.hasOwn(properties, key)
          ? null
          : firstFound(MEMBER_KEYWORDS, (keyword) => this.apply(schema[keyword], value))) ??
        firstFound(DEPENDENT_KEYWORDS, (keyword) => {
          const all = schema[keyword]
          return isNode(all) && Object.hasOwn(all, key) && isNode(all[key]) ? this.apply(all[key], members) : null
        })
      )
    })
  }

  private visitPatternMember(
    schema: SchemaNode,
    patterns: SchemaNode,
    key: string,
    value: unknown,
  ): CostlyPattern | null {
    return firstFound(
      Object.keys(patterns),
      (pattern) =>
        this.tryPattern(pattern, key, schema, ['patternProperties', pattern]) ?? this.apply(patterns[pattern], value),
    )
  }
}

function firstFound<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item)
    if (found !== null) return found
  }
  return null
}
