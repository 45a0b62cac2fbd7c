/**
 * What a stream of entities looks like: properties at every depth with their types, how often they are present, and
 * examples. One pass, bounded memory: examples and counts of distinct values stop at a cap, and so do properties and
 * depth, because data decides about these.
 */
import { get } from '../entity/dict.ts'
import { type Dict, isDict, type Kind, kindOf, type Value } from '../entity/value.ts'
import { identityOf } from './identity.ts'

/** Limits of what is collected. */
interface SchemaLimits {
  /** The most different values that are counted for each property; beyond it the count is a lower bound. */
  readonly distinct: number
  readonly examples: number
  /** The most properties of one dict. */
  readonly properties: number
  readonly depth: number
}

export const SCHEMA_LIMITS: SchemaLimits = { distinct: 200, examples: 5, properties: 2000, depth: 8 }

/** A property as it was seen. */
export interface PropertySchema {
  readonly name: string
  /** Dicts that have it, of all dicts at this place. */
  readonly present: number
  /** Its types, most frequent first; the items of lists are counted in `items`. */
  readonly types: readonly { readonly kind: Kind; readonly count: number }[]
  /** Types of the items of lists. */
  readonly items: readonly { readonly kind: Kind; readonly count: number }[]
  /** Different values, without null, dicts and lists in lists; `more` says that there are more than this. */
  readonly distinct: number
  readonly more: boolean
  readonly examples: readonly Value[]
  /** Of the dicts under this property, also those in lists. */
  readonly properties: readonly PropertySchema[]
}

/** What the entities of a dataset look like, by property. */
export interface Schema {
  readonly entities: number
  /** Most often present first. */
  readonly properties: readonly PropertySchema[]
  /** Properties left out because there were too many. */
  readonly leftOut: number
}

/** Collects entities one by one; `schema()` may be asked at any time. */
interface SchemaCollector {
  readonly add: (entity: Dict) => void
  readonly schema: () => Schema
}

interface SeenDicts {
  dicts: number
  leftOut: number
  readonly properties: Map<string, SeenProperty>
}

interface SeenProperty {
  present: number
  readonly types: Map<Kind, number>
  readonly items: Map<Kind, number>
  readonly distinct: Set<string>
  more: boolean
  readonly examples: Value[]
  readonly inside: SeenDicts
}

/** Starts an inferred schema. */
export function collectSchema(limits: SchemaLimits = SCHEMA_LIMITS): SchemaCollector {
  const root = newSeenDicts()
  return {
    add: (entity) => addDict(root, entity, limits, 0),
    schema: () => ({ entities: root.dicts, properties: propertiesOf(root), leftOut: root.leftOut }),
  }
}

/** The inferred schema of some entities. */
export function schemaOf(entities: Iterable<Dict>, limits: SchemaLimits = SCHEMA_LIMITS): Schema {
  const collector = collectSchema(limits)
  for (const entity of entities) collector.add(entity)
  return collector.schema()
}

function newSeenDicts(): SeenDicts {
  return { dicts: 0, leftOut: 0, properties: new Map() }
}

function addDict(seen: SeenDicts, dict: Dict, limits: SchemaLimits, depth: number): void {
  seen.dicts++
  for (const name of Object.keys(dict)) {
    let property = seen.properties.get(name)
    if (!property) {
      if (seen.properties.size >= limits.properties) {
        seen.leftOut++
        continue
      }
      property = {
        present: 0,
        types: new Map(),
        items: new Map(),
        distinct: new Set(),
        more: false,
        examples: [],
        inside: newSeenDicts(),
      }
      seen.properties.set(name, property)
    }
    property.present++
    addValue(property, get(dict, name) ?? null, limits, depth)
  }
}

function addValue(property: SeenProperty, value: Value, limits: SchemaLimits, depth: number): void {
  countKind(property.types, kindOf(value))
  if (!Array.isArray(value)) {
    addItem(property, value, limits, depth)
    return
  }
  for (const item of value) {
    countKind(property.items, kindOf(item))
    addItem(property, item, limits, depth)
  }
}

function addItem(property: SeenProperty, value: Value, limits: SchemaLimits, depth: number): void {
  if (isDict(value)) {
    if (depth < limits.depth) addDict(property.inside, value, limits, depth + 1)
    return
  }
  if (value === null || Array.isArray(value) || property.more) return
  const identity = identityOf(value).slice(0, 200)
  if (property.distinct.has(identity)) return
  if (property.distinct.size >= limits.distinct) {
    property.more = true
    return
  }
  property.distinct.add(identity)
  if (property.examples.length < limits.examples) property.examples.push(shortened(value))
}

/** Long texts are cut, because an example would keep the whole text in memory. */
function shortened(value: Value): Value {
  return typeof value === 'string' && value.length > 200 ? `${value.slice(0, 200)}…` : value
}

function countKind(counts: Map<Kind, number>, kind: Kind): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1)
}

function propertiesOf(seen: SeenDicts): PropertySchema[] {
  const all = [...seen.properties].map(([name, property]) => ({
    name,
    present: property.present,
    types: sortedCounts(property.types),
    items: sortedCounts(property.items),
    distinct: property.distinct.size,
    more: property.more,
    examples: [...property.examples],
    properties: propertiesOf(property.inside),
  }))
  return all.sort((a, b) => b.present - a.present)
}

function sortedCounts(counts: ReadonlyMap<Kind, number>): { kind: Kind; count: number }[] {
  return [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count)
}
