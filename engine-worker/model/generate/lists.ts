/** Lists of elements inside records: their elements on the way back, and what they are now. */

import { joinCall } from '../../dtl/syntax.ts'
import type { Json } from '../../entity/value.ts'
import { call, disjunction, pathTo } from '../calls.ts'
import { columnsOf, type RecordPlaces } from './columns.ts'
import { recordAddress } from './keys.ts'
import { addressName, liftedProperties, type Plan, type PlannedMapping, parentKey, referenceOf } from './plan.ts'
import { goldenPart, goldenPath, goldenProperty } from './plan-names.ts'

/** Whether a mapping's elements are in an order that means something. */
function isOrdered({ mapping }: PlannedMapping): boolean {
  return (
    mapping.ordered === true ||
    mapping.sort !== undefined ||
    mapping.properties.some(({ position }) => position === 'index')
  )
}

/** The list children of a mapping whose elements go back. */
export function listChildren({ children }: PlannedMapping): PlannedMapping[] {
  return children.filter(({ mapping }) => mapping.list !== undefined)
}

/** The children of a mapping whose properties are in the same record. */
export function embeddedChildren({ children }: PlannedMapping): PlannedMapping[] {
  return children.filter(({ mapping }) => mapping.list === undefined)
}

/** The elements for the record whose identifiers are at a path, in order. */
export function elementsFor(child: PlannedMapping, identifiers: Json): Json {
  const found = joinCall([`${child.slug}-transform e`], [call.eq(identifiers, 'e.parent')], 'e.')
  const keys = sortKeys(child)
  const sorted = keys.reduceRight<Json>((list, { descending }, index) => {
    const key = `_.order${index}`
    return descending ? call.sortedDescending(key, list) : call.sorted(key, list)
  }, found)
  return call.map('_.element', sorted)
}

interface SortKey {
  readonly value: (entity: string) => Json
  readonly descending: boolean
}

/** What the elements of a list are sorted by: as declared, else by their place, else by their keys. */
export function sortKeys({ mapping, concept }: PlannedMapping): SortKey[] {
  const sortKeyOf = (property: string, descending = false): SortKey => ({
    value: (entity) => goldenPath(entity, concept, property),
    descending,
  })
  if (mapping.sort !== undefined) return mapping.sort.map(({ property, descending }) => sortKeyOf(property, descending))
  const place = mapping.properties.find(({ position }) => position === 'index')?.to
  const ranks = concept.mappings.flatMap(({ slug }, rank) => [slug, rank] as const)
  const first: SortKey = {
    value: (entity) => call.min(call.map(call.caseEq('_.of', ...ranks), pathTo(entity, goldenPart(concept, 'rows')))),
    descending: false,
  }
  // Where two places are equal, a system sees its own elements first, in its own order.
  const ownPlace: SortKey = {
    value: () => call.coalesceArgs('_T.$row.place', Number.MAX_SAFE_INTEGER),
    descending: false,
  }
  if (place !== undefined) return [sortKeyOf(place), ownPlace, first]
  const keys = [...new Set((concept.concept.keys ?? []).flat())]
  const written = mapping.properties.flatMap(({ to, from }) =>
    to !== undefined && !Object.hasOwn(mapping.lift ?? {}, from ?? '') ? [to] : [],
  )
  const names = keys.filter((name) => written.includes(name))
  return (names.length > 0 ? names : written).map((name) => sortKeyOf(name))
}

/** The identifiers of the records that an element belongs to. */
export function parentOf(plan: Plan, child: PlannedMapping): Json {
  const { mapping, parent, concept } = child
  if (parent === null) return null
  const lifted = liftedProperties(child)
  const links = mapping.properties.flatMap((each) => {
    const { from = '', to } = each
    if (to === undefined || !Object.hasOwn(mapping.lift ?? {}, from)) return []
    return [{ to, from, target: referenceOf(plan, child, each) }]
  })
  const reference = links.find(({ target }) => target?.concept === parent.concept)
  if (reference !== undefined) return pathTo('_S', `${goldenProperty(concept, reference.to)}-ni`)
  const whole = parentKey(child)
  if (whole !== null)
    return call.ni(
      `${parent.concept.slug}-${addressName(whole.map(({ property }) => property))}`,
      recordAddress(whole.map(({ own }) => goldenPath('_S', concept, own))),
    )
  const byValue = links.find(({ from }) => lifted[from])
  const property = byValue === undefined ? null : lifted[byValue.from]
  if (byValue === undefined || !property)
    return call.map(
      call.ni(parent.slug, '_.parent'),
      call.filter(call.eq('_.of', child.slug), pathTo('_S', goldenPart(concept, 'rows'))),
    )
  return call.ni(
    `${parent.concept.slug}-${addressName([property])}`,
    call.string(goldenPath('_S', concept, byValue.to)),
  )
}

/** A list as texts that can be compared: only what is mapped, and sorted where the order means nothing. */
export function comparableList(place: RecordPlaces, child: PlannedMapping, list: Json): Json {
  const texts = call.map(call.string(mappedPart(place, child)), list)
  return isOrdered(child) ? texts : call.sorted(texts)
}

function mappedPart(place: RecordPlaces, child: PlannedMapping): Json {
  const columns = columnsOf({ ...place, planned: child, own: '_.own', entity: '_' })
  if (columns.some(({ each }) => each.element === true)) return '_.'
  const elementColumns = (part: PlannedMapping): string[] => [
    ...columnsOf({ ...place, planned: part, own: '_.own', entity: '_' }).map(({ name }) => name),
    ...embeddedChildren(part).flatMap(elementColumns),
  ]
  const pairs = [...new Set(elementColumns(child))].flatMap((name) => [name, pathTo('_', name)])
  const inside = listChildren(child).flatMap((each) => {
    const path = each.mapping.list ?? []
    return [path[0] ?? '', comparableList(place, each, pathTo('_', ...path))]
  })
  return call.dict(...pairs, ...inside)
}

/** A list at its place inside the record: what is around it is an object where it is one now, else a list of one. */
export function atListPlace(own: string, path: readonly string[], list: Json): Json {
  const [, ...rest] = path
  return rest.reduceRight<Json>((inside, key, index) => {
    const around = call.dict(key, inside)
    const now = pathTo(own, 'raw', ...path.slice(0, index + 1))
    return call.if(disjunction(call.isNull(now), call.isList(now)), call.list(around), around)
  }, list)
}
