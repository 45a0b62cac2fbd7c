import type { Concept, Datatype, Model, ModelMapping, Modified, Property, PropertyMapping } from '../model.ts'
import { type RestDatatype, restDatatype } from './rest.ts'

/** Whether the keys of inserted records come back, so that they are known to be what they were inserted for. */
export function keysComeBack({ mappings }: PlannedConcept): boolean {
  return mappings.some(({ rest, mapping }) => rest?.isWritten === true && mapping.share?.insert !== false)
}

/** Whether a record that one system no longer has is deleted in the others. */
export function deletesElsewhere({ mappings }: PlannedConcept): boolean {
  return mappings.some(({ mapping }) => mapping.gone === 'delete')
}

/** Whether records of whole datatypes that are gone take part. */
export function watchesGone({ mapping, parent }: PlannedMapping): boolean {
  return parent === null && (mapping.absent !== undefined || mapping.gone === 'keep' || mapping.gone === 'delete')
}

/** A mapping with what it is connected with. */
export interface PlannedMapping {
  readonly mapping: ModelMapping
  /** Its namespace and the beginning of its pipes' names: lower case, `-` between words. */
  readonly slug: string
  readonly concept: PlannedConcept
  readonly datatype: Datatype
  readonly parent: PlannedMapping | null
  readonly children: PlannedMapping[]
  /** Its datatype's operations in a REST system; null for parts of records and other systems. */
  readonly rest: RestDatatype | null
  /** Its place in the file; the first of two equal ones wins. */
  readonly rank: number
}

/** A concept with its mappings. */
export interface PlannedConcept {
  readonly name: string
  readonly slug: string
  readonly concept: Concept
  readonly mappings: PlannedMapping[]
}

/** A table beside the data of a system: what was written, or which records are one. */
export interface PlannedTable {
  readonly name: string
  readonly slug: string
}

/** The plan of a whole model. */
export interface Plan {
  readonly model: Model
  readonly mappings: readonly PlannedMapping[]
  readonly concepts: ReadonlyMap<string, PlannedConcept>
  readonly tables: readonly PlannedTable[]
}

/** A name as names of pipes are written. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** Plans a model that was found to be without errors (validate.ts). */
export function planOf(model: Model): Plan {
  const concepts = new Map<string, PlannedConcept>()
  const slugs = new Set<string>()
  const uniqueSlug = (name: string): string => {
    let slug = slugOf(name)
    for (let number = 2; slugs.has(slug); number++) slug = `${slugOf(name)}-${number}`
    slugs.add(slug)
    return slug
  }
  for (const [name, concept] of Object.entries(model.concepts))
    concepts.set(name, { name, slug: uniqueSlug(name), concept, mappings: [] })
  const byName = new Map<string, PlannedMapping>()
  const takenSlugs = new Set<string>()
  for (const [rank, mapping] of model.mappings.entries()) {
    const concept = concepts.get(mapping.concept)
    const datatype = model.systems[mapping.system]?.datatypes[mapping.datatype]
    if (concept === undefined || datatype === undefined) continue
    let slug = slugOf(mapping.name)
    for (let number = 2; takenSlugs.has(slug); number++) slug = `${slugOf(mapping.name)}-${number}`
    takenSlugs.add(slug)
    const rest = mapping.parent === undefined ? restDatatype(model, mapping.system, mapping.datatype) : null
    const planned: PlannedMapping = { mapping, slug, concept, datatype, parent: null, children: [], rank, rest }
    byName.set(mapping.name, planned)
    concept.mappings.push(planned)
  }
  const linked = linkParents(byName, concepts)
  const beside = [...linked.values()].flatMap(({ mapping: { members, written } }) => [members?.table, written?.table])
  const decided = Object.values(model.concepts).map(({ overrides }) => overrides?.table)
  const tables = [...beside, ...decided].filter((table) => table !== undefined)
  return {
    model,
    mappings: [...linked.values()],
    concepts,
    tables: [...new Set(tables)].map((name) => ({ name, slug: `${slugOf(name)}-table` })),
  }
}

function linkParents(
  byName: Map<string, PlannedMapping>,
  concepts: ReadonlyMap<string, PlannedConcept>,
): Map<string, PlannedMapping> {
  const linked = new Map<string, PlannedMapping>()
  const linkMapping = (name: string): PlannedMapping | null => {
    const known = linked.get(name)
    const planned = byName.get(name)
    if (known !== undefined || planned === undefined) return known ?? null
    const { parent } = planned.mapping
    const withParent = { ...planned, parent: parent === undefined ? null : linkMapping(parent) }
    linked.set(name, withParent)
    withParent.parent?.children.push(withParent)
    return withParent
  }
  for (const name of byName.keys()) linkMapping(name)
  for (const concept of concepts.values())
    for (const [index, { mapping }] of concept.mappings.entries()) {
      const linkedMapping = linked.get(mapping.name)
      if (linkedMapping !== undefined) concept.mappings[index] = linkedMapping
    }
  return new Map(
    [...byName.keys()].flatMap((name) => {
      const linkedMapping = linked.get(name)
      return linkedMapping === undefined ? [] : [[name, linkedMapping] as const]
    }),
  )
}

/** The mapping of the record that a mapping's own records are (parts of). */
export function rootOf(planned: PlannedMapping): PlannedMapping {
  return planned.parent === null ? planned : rootOf(planned.parent)
}

/** The property of a concept that a mapping fills, with its declaration. */
export function targetProperty(planned: PlannedMapping, each: PropertyMapping): Property | undefined {
  return each.to === undefined ? undefined : planned.concept.concept.properties[each.to]
}

/** Whether a property is read from the system. */
export function isRead(each: PropertyMapping): boolean {
  return each.to !== undefined && each.direction !== 'out'
}

/** Whether a property is written to the system. */
export function isWritten({ from, path, element, direction, position }: PropertyMapping): boolean {
  const hasPlace = from !== undefined || path !== undefined || element === true
  return hasPlace && direction !== 'in' && position === undefined
}

/** The outermost property of a record that a property mapping reads. */
export function outermostColumn({ from, path }: PropertyMapping): string | undefined {
  return from ?? (typeof path?.[0] === 'string' ? path[0] : undefined)
}

/** The ancestor that has a lifted property, as steps up from the parent, and the property there. */
export function liftedFrom(planned: PlannedMapping, alias: string): { steps: number; property: string } | null {
  const lift = planned.mapping.lift?.[alias]
  if (lift === undefined) return null
  const ancestors: PlannedMapping[] = []
  for (let at = planned.parent; at !== null; at = at.parent) ancestors.push(at)
  const begin =
    lift.path === undefined
      ? 0
      : Math.max(
          0,
          ancestors.findIndex(({ mapping }) => mapping.list?.join('.') === lift.path),
        )
  for (let steps = begin; steps < ancestors.length; steps++) {
    const ancestor = ancestors[steps]
    if (ancestor !== undefined && hasColumn(ancestor, lift.property)) return { steps, property: lift.property }
  }
  return { steps: lift.path === undefined ? ancestors.length - 1 : begin, property: lift.property }
}

function hasColumn({ mapping, datatype, parent }: PlannedMapping, column: string): boolean {
  if (mapping.properties.some((each) => outermostColumn(each) === column)) return true
  return Object.hasOwn(mapping.lift ?? {}, column) || (parent === null && datatype.key.includes(column))
}

/** The properties of a mapping's own records that later steps need. */
export function neededColumns(planned: PlannedMapping): string[] {
  const { mapping, datatype, parent, children } = planned
  const needed = new Set<string>(parent === null ? datatype.key : [])
  const lifted = Object.keys(mapping.lift ?? {})
  for (const each of mapping.properties) {
    const head = outermostColumn(each)
    if (head !== undefined && !lifted.includes(head)) needed.add(head)
  }
  for (const column of [...(mapping.carry ?? []), ...(mapping.deletion ? [mapping.deletion.property] : [])])
    needed.add(column)
  const visitBelow = (child: PlannedMapping, depth: number): void => {
    if (depth === 0 && child.mapping.list !== undefined) needed.add(child.mapping.list[0] ?? '')
    if (depth === 0 && child.mapping.list === undefined) for (const column of neededColumns(child)) needed.add(column)
    for (const alias of Object.keys(child.mapping.lift ?? {})) {
      const from = liftedFrom(child, alias)
      if (from?.steps === depth) needed.add(from.property)
    }
    for (const column of modifiedColumns(child.mapping))
      if (!Object.hasOwn(child.mapping.lift ?? {}, column)) needed.add(column)
    for (const grandchild of child.children) visitBelow(grandchild, depth + 1)
  }
  for (const child of children) visitBelow(child, 0)
  return [...needed]
}

function modifiedColumns(mapping: ModelMapping): string[] {
  const all: (Modified | undefined)[] = [mapping.modified, ...mapping.properties.map(({ modified }) => modified)]
  return all.filter((each) => typeof each === 'string')
}

/** The mapping and, where it is none of the key, the property of the concept that a reference names records by. */
export interface ReferenceTarget {
  readonly concept: PlannedConcept
  readonly mapping: PlannedMapping | null
  /** Properties of the concept whose value is held in the place of a key. */
  readonly by: readonly string[]
}

/** What a reference refers to; null for properties that are none. */
export function referenceOf(plan: Plan, planned: PlannedMapping, each: PropertyMapping): ReferenceTarget | null {
  const referencedConcept = each.references ?? targetProperty(planned, each)?.references
  if (referencedConcept === undefined) return null
  const named = plan.mappings.find(({ mapping }) => mapping.name === referencedConcept)
  const concept = named?.concept ?? plan.concepts.get(referencedConcept)
  if (concept === undefined) return null
  const mapping = named ?? sameSystem(planned, concept)
  const single = (concept.concept.keys ?? []).flatMap((key) => (key.length === 1 ? key : []))
  if (mapping === null) return { concept, mapping, by: single }
  if (each.returns !== undefined) return { concept, mapping, by: [each.returns] }
  const column = columnOfReference(planned, each)
  const root = rootOf(planned)
  const shared =
    root.mapping.system === rootOf(mapping).mapping.system && root.mapping.datatype === rootOf(mapping).mapping.datatype
  const isKey = mapping.parent === null && mapping.datatype.key.length === 1 && mapping.datatype.key[0] === column
  if (!shared || isKey) return { concept, mapping, by: [] }
  const by = mapping.mapping.properties.flatMap((other) =>
    other !== each && other.to !== undefined && outermostColumn(other) === column ? [other.to] : [],
  )
  return { concept, mapping, by }
}

function columnOfReference(planned: PlannedMapping, each: PropertyMapping): string | undefined {
  const head = outermostColumn(each)
  return head === undefined ? undefined : (liftedFrom(planned, head)?.property ?? head)
}

/** The mapping of a concept in the same datatype, else in a system whose name begins alike. */
function sameSystem(planned: PlannedMapping, concept: PlannedConcept): PlannedMapping | null {
  const own = rootOf(planned).mapping
  const candidates = concept.mappings.filter((each) => each !== planned && each.mapping.properties.length > 0)
  const near = candidates.find(({ mapping }) => mapping.system === own.system && mapping.datatype === own.datatype)
  if (near !== undefined) return near
  const system = candidates.find(({ mapping }) => mapping.system === own.system)
  if (system !== undefined) return system
  const word = own.system.split(/[_-]/)[0]
  return candidates.find(({ mapping }) => mapping.system.split(/[_-]/)[0] === word) ?? null
}

/** The properties of a concept that records are addressed by, besides their keys in systems: one, or several together. */
export function addressedProperties(plan: Plan, concept: PlannedConcept): (readonly string[])[] {
  const addressed = new Map<string, readonly string[]>()
  const addAddress = (properties: readonly string[]): unknown => addressed.set(addressName(properties), properties)
  for (const key of concept.concept.keys ?? []) if (key.length === 1) addAddress(key)
  for (const planned of plan.mappings) {
    for (const each of planned.mapping.properties) {
      const target = referenceOf(plan, planned, each)
      if (target?.concept === concept) for (const property of target.by) addAddress([property])
    }
    if (planned.parent?.concept !== concept) continue
    for (const property of Object.values(liftedProperties(planned))) if (property !== null) addAddress([property])
    const whole = parentKey(planned)
    if (whole !== null) addAddress(whole.map(({ property }) => property))
  }
  return [...addressed.values()]
}

/** Properties by which records are addressed, as part of a namespace. */
export function addressName(properties: readonly string[]): string {
  return properties.map((name) => name.replaceAll(':', '-')).join('+')
}

/** A property of the parent's concept, and the property of the element's own concept that has its value. */
interface LiftedKey {
  readonly property: string
  readonly own: string
}

/**
 * A key of several properties of the parent's concept whose values an element has, all of them lifted from its parent;
 * null where there is none: one property says which record an element is inside.
 */
export function parentKey(child: PlannedMapping): readonly LiftedKey[] | null {
  const { parent, mapping } = child
  const lifted = liftedProperties(child)
  const filled = mapping.properties.flatMap(({ from = '', to }) => {
    const property = Object.hasOwn(lifted, from) ? lifted[from] : null
    return to === undefined || !property ? [] : [{ property, own: to }]
  })
  for (const key of parent?.concept.concept.keys ?? []) {
    const parts = key.flatMap((name) => filled.filter(({ property }) => property === name).slice(0, 1))
    if (key.length > 1 && parts.length === key.length) return parts
  }
  return null
}

/** For each lifted property of the parent: the property of the parent's concept that it fills, if any. */
export function liftedProperties(planned: PlannedMapping): Record<string, string | null> {
  const { parent } = planned
  if (parent === null) return {}
  return Object.fromEntries(
    Object.keys(planned.mapping.lift ?? {}).flatMap((alias) => {
      const from = liftedFrom(planned, alias)
      if (from === null || from.steps !== 0) return []
      const filled = parent.mapping.properties.find(
        (each) => outermostColumn(each) === from.property && each.to !== undefined,
      )
      return [[alias, filled?.to ?? null] as const]
    }),
  )
}
