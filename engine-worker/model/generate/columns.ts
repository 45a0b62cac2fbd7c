/**
 * The way back: what a record of a system should be, as expressions over the golden properties, the record's own row and
 * the entities that it refers to.
 */

import { joinCall } from '../../dtl/syntax.ts'
import type { Json } from '../../entity/value.ts'
import { call, conjunction, disjunction, pathTo } from '../calls.ts'
import type { PropertyMapping } from '../model.ts'
import type { SqlScope } from '../sql/translate.ts'
import { conditionToDtl, expressionToDtl } from './expressions.ts'
import {
  isWritten,
  outermostColumn,
  type Plan,
  type PlannedConcept,
  type PlannedMapping,
  type ReferenceTarget,
  referenceOf,
  targetProperty,
} from './plan.ts'
import { goldenPart, goldenPath, goldenProperty } from './plan-names.ts'
import { valueAsType, valueByVocabulary } from './values.ts'

/** Where the parts of a record on its way back are found. */
export interface RecordPlaces {
  readonly plan: Plan
  readonly planned: PlannedMapping
  /** The golden entity, as the beginning of a path: `_S`, or `_T.$company`. */
  readonly entity: string
  /** The record's own row, or null values where it has none. */
  readonly own: string
}

/** One property of a record on its way back. */
interface Column {
  readonly name: string
  readonly path: readonly Json[]
  readonly value: Json
  /** What it is now. */
  readonly before: Json
  readonly each: PropertyMapping
}

/** The temporary property with the entity that a reference leads to. */
function temporaryProperty({ planned }: RecordPlaces, property: string): string {
  return `$${planned.slug}-${property}`
}

/** The properties of a mapping that go back to the system; lists inside are not among them. */
export function columnsOf(place: RecordPlaces): Column[] {
  const { planned, own } = place
  const lifted = planned.mapping.lift ?? {}
  return planned.mapping.properties.flatMap((each) => {
    const head = outermostColumn(each)
    if (!isWritten(each) || (head !== undefined && Object.hasOwn(lifted, head))) return []
    const path: readonly Json[] = each.path ?? [each.from ?? '']
    const before = each.element === true ? pathTo(own, 'values', each.to ?? '') : rawValueAt(own, path)
    return [{ name: String(path[0] ?? ''), path, value: mappedBack(place, each), before, each }]
  })
}

function rawValueAt(own: string, path: readonly Json[]): Json {
  const [head, ...rest] = path
  return rest.reduce<Json>(
    (value, key) => (typeof key === 'number' ? call.nth(key, value) : call.path(call.list(key), value)),
    pathTo(own, 'raw', String(head ?? '')),
  )
}

function mappedBack(place: RecordPlaces, each: PropertyMapping): Json {
  const { planned, own } = place
  if (each.out !== undefined) return expressionToDtl(each.out, scopeOf(place))
  if (each.to === undefined) return pathTo(own, 'raw', each.from ?? '')
  const target = referenceOf(place.plan, planned, each)
  if (target !== null) return referenceBack(place, each, target)
  const value = propertyValue(place, each.to)
  if (each.values === undefined) return value
  // When several words have one meaning, the record keeps the word that it has.
  const means = call.eq(pathTo(own, 'values', each.to), value)
  return call.if(
    means,
    pathTo(own, 'raw', outermostColumn(each) ?? ''),
    valueByVocabulary(value, each, 'there', 'here'),
  )
}

/** A golden property; a key keeps the value that the record has. */
function propertyValue(place: RecordPlaces, name: string): Json {
  const { concept } = place.planned
  const declared = concept.concept.properties[name]
  const resolved = goldenPath(place.entity, concept, name)
  return declared?.rule === 'key' ? call.coalesceArgs(pathTo(place.own, 'values', name), resolved) : resolved
}

function scopeOf(place: RecordPlaces): SqlScope {
  const { planned, own } = place
  return {
    column: (name) => {
      if (Object.hasOwn(planned.concept.concept.properties, name)) {
        const each = planned.mapping.properties.find(({ to }) => to === name)
        const target = each === undefined ? null : referenceOf(place.plan, planned, each)
        return each === undefined || target === null ? propertyValue(place, name) : referenceBack(place, each, target)
      }
      return pathTo(own, 'raw', name)
    },
  }
}

/** The condition under which a record is for the system. */
export function qualifies(place: RecordPlaces): Json[] {
  const { mapping } = place.planned
  const conditions: Json[] = []
  if (mapping.share_filter !== undefined) conditions.push(conditionToDtl(mapping.share_filter, scopeOf(place)))
  for (const each of mapping.properties)
    if (each.required === true && (each.to !== undefined || isWritten(each)))
      conditions.push(call.isNotNull(requiredValue(place, each)))
  return conditions
}

/** What must not be missing: the value as the system gets it, so that a reference must lead to one of its own records. */
function requiredValue(place: RecordPlaces, each: PropertyMapping): Json {
  const { mapping, datatype, parent } = place.planned
  const head = outermostColumn(each)
  if (!isWritten(each) || head === undefined || Object.hasOwn(mapping.lift ?? {}, head))
    return propertyValue(place, each.to ?? '')
  const value = mappedBack(place, each)
  const isKey = parent === null && datatype.key.includes(head)
  return isKey ? call.coalesce(pathTo(place.own, 'raw', head), value) : value
}

/** The steps that look up the entities that references lead to, before {@link columnsOf}. */
export function referenceSteps(place: RecordPlaces): Json[] {
  const { planned, plan, entity } = place
  const properties = new Map<string, ReferenceTarget>()
  for (const each of planned.mapping.properties) {
    const target = each.to === undefined ? null : referenceOf(plan, planned, each)
    if (target !== null && each.to !== undefined && isWritten(each)) properties.set(each.to, target)
  }
  return [...properties].map(([name, { concept }]) => {
    const identifiers = pathTo(entity, `${goldenProperty(planned.concept, name)}-ni`)
    return call.add(temporaryProperty(place, name), entityWith(concept, identifiers))
  })
}

/** The first entity of a concept that has one of some identifiers. */
export function entityWith(concept: PlannedConcept, identifiers: Json): Json {
  const refs = pathTo('g', goldenPart(concept, 'refs'))
  return call.first(joinCall([`global-${concept.slug} g`], [call.eq(identifiers, refs)], 'g.'))
}

/** A reference in the terms of the receiving system: its own where it means the same, else the other record's key. */
function referenceBack(place: RecordPlaces, each: PropertyMapping, { concept, mapping, by }: ReferenceTarget): Json {
  const name = each.to ?? ''
  const entity = `_T.${temporaryProperty(place, name)}`
  const own = pathTo(place.own, 'raw', outermostColumn(each) ?? '')
  const same = call.intersects(pathTo(place.own, 'nis', name), pathTo(entity, goldenPart(concept, 'refs')))
  // What leads to nothing that is known stays as it came.
  const isOwn = call.eq(pathTo(place.own, 'values', name), goldenPath(place.entity, place.planned.concept, name))
  const unknown = conjunction(call.isNull(entity), isOwn)
  return call.if(disjunction(same, unknown), own, keyIn(entity, concept, mapping, by))
}

function keyIn(entity: string, concept: PlannedConcept, mapping: PlannedMapping | null, by: readonly string[]): Json {
  const [property] = by
  if (property !== undefined || mapping === null) return goldenPath(entity, concept, property ?? '')
  const row = call.first(call.filter(call.eq('_.of', mapping.slug), pathTo(entity, goldenPart(concept, 'rows'))))
  const { key } = mapping.datatype
  return key.length === 1 && mapping.parent === null
    ? call.path(call.list('raw', key[0] ?? ''), row)
    : call.path('key', row)
}

/** Columns as one dict, those inside others at their places. */
export function nestedColumns(
  columns: readonly { readonly path: readonly Json[]; readonly value: Json }[],
): (readonly [string, Json])[] {
  const heads = [...new Set(columns.map(({ path }) => String(path[0])))]
  return heads.map((head) => {
    const inside = columns.filter(({ path }) => String(path[0]) === head)
    const whole = inside.find(({ path }) => path.length === 1)
    return [
      head,
      whole?.value ?? nestedDict(inside.map(({ path, value }) => ({ path: path.slice(1), value }))),
    ] as const
  })
}

function nestedDict(parts: readonly { readonly path: readonly Json[]; readonly value: Json }[]): Json {
  const whole = parts.find(({ path }) => path.length === 0)
  if (whole !== undefined) return whole.value
  const keys = [...new Set(parts.map(({ path }) => path[0] ?? ''))]
  const builtAt = (key: Json): Json =>
    nestedDict(parts.filter(({ path }) => path[0] === key).map(({ path, value }) => ({ path: path.slice(1), value })))
  const indexes = keys.filter((key) => typeof key === 'number')
  if (indexes.length === 0) return call.dict(...keys.flatMap((key) => [String(key), builtAt(key)]))
  const length = Math.max(...indexes.map(Number)) + 1
  return call.list(...Array.from({ length }, (_, index) => (keys.includes(index) ? builtAt(index) : null)))
}

/** Whether two values are the same to the system. */
export function isSameForSystem(planned: PlannedMapping, { each, value, before }: Column): Json {
  const { compare } = each
  if (compare !== undefined) {
    const coarseValue = (side: Json): Json => expressionToDtl(compare, { column: () => side, parameter: side })
    return call.eq(coarseValue(value), coarseValue(before))
  }
  const blank = targetProperty(planned, each)?.blank === true
  const equal = call.eq(value, blank ? call.if(call.neq(before, ''), before) : before)
  const type = targetProperty(planned, each)?.type
  // A system may keep numbers and booleans as text.
  return type === 'number' || type === 'boolean'
    ? disjunction(equal, conjunction(call.isNotNull(value), call.eq(value, valueAsType(before, type))))
    : disjunction(equal, call.eq(call.string(value), call.string(before)))
}
