/**
 * The way back as pipes: `-transform-split` makes one entity for each record that a system has (or one for a record that
 * it is to get), `-transform` gives it the system's own shape and says in `$operation` what is to be done with it.
 *
 * A record is compared with `$based_on`, what it is now, so that only real changes are sent, and so that the system can
 * refuse a change of something that has changed meanwhile (optimistic locking).
 */
import { untrackedJoinCall } from '../../dtl/syntax.ts'
import type { Json, JsonObject } from '../../entity/value.ts'
import { call, conjunction, disjunction, pathTo } from '../calls.ts'
import {
  columnsOf,
  entityWith,
  isSameForSystem,
  nestedColumns,
  qualifies,
  type RecordPlaces,
  referenceSteps,
} from './columns.ts'
import { hasAnyKey } from './keys.ts'
import {
  atListPlace,
  comparableList,
  elementsFor,
  embeddedChildren,
  listChildren,
  parentOf,
  sortKeys,
} from './lists.ts'
import { deletesElsewhere, isWritten, type Plan, type PlannedMapping } from './plan.ts'
import { absentOf, goldenPart, goldenPath, newPrefix, storedName } from './plan-names.ts'
import { asWrittenToTable, writtenStep } from './tables.ts'

/** Whether a mapping sends anything. */
export function isShared(planned: PlannedMapping): boolean {
  return planned.mapping.properties.some(isWritten) || listChildren(planned).some(isShared)
}

/** Whether a mapping is to get a record of which it has none, as a condition; null where it never gets new ones. */
export function insertCondition(planned: PlannedMapping): Json {
  const { concept, mapping } = planned
  if (mapping.share?.insert === false) return null
  const rows = pathTo('_S', goldenPart(concept, 'rows'))
  const live = call.isNotEmpty(call.filter(conjunction(call.neq('_.deleted', true), call.neq('_.gone', true)), rows))
  const away = mapping.gone === 'keep' ? [call.isEmpty(call.filter(call.eq('_.of', absentOf(planned)), rows))] : []
  const kept = deletesElsewhere(concept) ? [call.neq(pathTo('_S', goldenPart(concept, 'gone')), true)] : []
  return conjunction(live, ...away, ...kept, ...keyConditions(planned))
}

/** The rules of the pipe that makes an entity for each record. */
export function splitRules(planned: PlannedMapping): JsonObject {
  const { slug, concept } = planned
  const rows = pathTo('_S', goldenPart(concept, 'rows'))
  const ownRows = call.filter(call.eq('_.of', slug), rows)
  const isNew = insertCondition(planned)
  const insert = isNew === null ? [] : [call.if(isNew, call.create(call.apply('new', '_S.')))]
  // What is gone in all systems is gone here, and makes nothing new.
  const deleted = [call.if(call.eq('_P._S._deleted', true), call.add('_deleted', true))]
  // A cluster that became part of another one leaves its records to that one; what it would have made new is not made.
  const replaced =
    insert.length === 0 ? [] : [call.if(call.eq('_S.$replaced', true), call.create(call.apply('new', '_S.')))]
  // A record that is part of another cluster now is not gone, although its former cluster is.
  const refs = goldenPart(concept, 'refs')
  const parts = call.eq(call.map(call.ni(slug, '_.key'), ownRows), pathTo('g', refs))
  const elsewhere = untrackedJoinCall([`global-${concept.slug} g`], [parts], pathTo('g', refs))
  const isDeleted = call.eq('_S._deleted', true)
  const remaining = call.if(
    isDeleted,
    call.filter(call.not(call.in(call.ni(slug, '_.key'), '_T.$elsewhere')), ownRows),
    ownRows,
  )
  return {
    default: [
      call.if(isDeleted, call.add('$elsewhere', call.flatten(elsewhere))),
      call.if(call.isNotEmpty(ownRows), call.create(call.apply('existing', remaining)), insert),
      ...replaced,
      call.discard(),
    ],
    existing: [
      call.merge('_P._S.'),
      call.add('_id', call.concat(`${slug}:`, '_S.key')),
      call.add('own', '_S.'),
      ...deleted,
    ],
    new: [call.merge('_S.'), call.add('_id', call.concat(newPrefix(planned), '_S._id')), ...deleted],
  }
}

/** A record without a key would not be recognized when it comes back from the system, and would be inserted again. */
function keyConditions({ concept, mapping, rest }: PlannedMapping): Json[] {
  if (rest?.isWritten === true) return []
  const { keys = [] } = concept.concept
  if (keys.length === 0 || mapping.share?.without_key === true || mapping.members !== undefined) return []
  return [hasAnyKey(concept, (name) => goldenPath('_S', concept, name))]
}

interface EmbeddedPart {
  readonly name: string
  readonly value: Json
  readonly before: Json
  readonly same: Json
}

/** What a record consists of, with the steps that must come before. */
function embeddedParts(place: RecordPlaces): { steps: Json[]; parts: EmbeddedPart[] } {
  const { planned } = place
  const steps = referenceSteps(place)
  const columns = columnsOf(place)
  const values = nestedColumns(columns)
  const befores = new Map(nestedColumns(columns.map(({ path, before }) => ({ path, value: before }))))
  const parts = values.map(([name, value]) => ({
    name,
    value,
    before: befores.get(name) ?? null,
    same: conjunction(
      ...columns.filter((column) => column.name === name).map((column) => isSameForSystem(planned, column)),
    ),
  }))
  for (const child of embeddedChildren(planned)) {
    const inside = embeddedPlace(place, child)
    steps.push(...inside.steps)
    const more = embeddedParts(inside.place)
    steps.push(...more.steps)
    parts.push(...more.parts.filter(({ name }) => !parts.some((part) => part.name === name)))
  }
  const refs = pathTo(place.entity, goldenPart(planned.concept, 'refs'))
  for (const child of listChildren(planned)) {
    if (!isShared(child)) continue
    const path = child.mapping.list ?? []
    const temporary = `$list-${child.slug}`
    steps.push(call.add(temporary, elementsFor(child, refs)))
    const before = pathTo(place.own, 'raw', ...path)
    const value = pathTo('_T', temporary)
    parts.push({
      name: path[0] ?? '',
      value: atListPlace(place.own, path, value),
      before: pathTo(place.own, 'raw', path[0] ?? ''),
      same: call.eq(comparableList(place, child, value), comparableList(place, child, before)),
    })
  }
  return { steps, parts }
}

/** Where the concept of an embedded mapping is: the entity that the same record is part of. */
function embeddedPlace(place: RecordPlaces, child: PlannedMapping): { steps: Json[]; place: RecordPlaces } {
  const entity = `$in-${child.slug}`
  const row = `$own-${child.slug}`
  const key = call.ni(child.slug, pathTo(place.own, 'key'))
  const rows = pathTo('_T', entity, goldenPart(child.concept, 'rows'))
  const own = call.first(
    call.filter(call.eq('_.of', child.slug), call.filter(call.eq('_.key', pathTo(place.own, 'key')), rows)),
  )
  return {
    steps: [call.add(entity, entityWith(child.concept, key)), call.add(row, own)],
    place: { ...place, planned: child, entity: `_T.${entity}`, own: `_T.${row}` },
  }
}

/** The properties of a record that are written, by their names in the collect dataset. */
export function writtenProperties(plan: Plan, planned: PlannedMapping): string[] {
  return embeddedParts({ plan, planned, entity: '_S', own: '_S.own' }).parts.map(({ name }) => storedName(name))
}

/** The rules of the transform pipe of a record. */
export function transformRules(plan: Plan, planned: PlannedMapping): JsonObject {
  const { mapping, datatype, concept } = planned
  const place: RecordPlaces = { plan, planned, entity: '_S', own: '_S.own' }
  const { steps, parts } = embeddedParts(place)
  const keys = datatype.key.filter((column) => !parts.some(({ name }) => name === column))
  const carried = mapping.carry ?? []
  const qualifyingValue = qualifies(place)
  const unchanged = parts.filter(({ name }) => !datatype.key.includes(name)).map((part) => part.same)
  const written = asWrittenToTable(planned, parts)
  const rows = pathTo('_S', goldenPart(concept, 'rows'))
  const isNew = call.isNull('_S.own')
  const insertable = [...qualifyingValue, ...sinceFilter(planned, rows)]
  const operationIfAllowed = (what: 'update' | 'delete', otherwise: Json): Json =>
    mapping.share?.[what] === false ? 'none' : otherwise
  const operation = call.case(
    call.eq('_S._deleted', true),
    'none',
    ...(mapping.deletion === undefined || mapping.deletion.to !== undefined
      ? []
      : [call.eq('_S.own.deleted', true), 'none']),
    isNew,
    insertable.length === 0 ? 'insert' : call.if(conjunction(...insertable), 'insert', 'none'),
    ...(deletesElsewhere(concept)
      ? [call.eq(pathTo('_S', goldenPart(concept, 'gone')), true), operationIfAllowed('delete', 'delete')]
      : []),
    ...(qualifyingValue.length === 0
      ? []
      : [call.not(conjunction(...qualifyingValue)), operationIfAllowed('delete', 'delete')]),
    unchanged.length === 0 ? true : conjunction(...unchanged),
    'none',
    ...(written === null ? [] : [written, 'none']),
    operationIfAllowed('update', 'update'),
  )
  return {
    default: [
      ...steps,
      ...writtenStep(planned),
      ...keys.map((column) => call.add(storedName(column), pathTo('_S', 'own', 'raw', column))),
      ...parts.map(({ name, value }) => call.add(storedName(name), value)),
      ...carried.map((column) => call.add(storedName(column), pathTo('_S', 'own', 'raw', column))),
      call.add('$based_on', call.if(isNew, null, call.dict(...parts.flatMap(({ name, before }) => [name, before])))),
      call.add('$operation', operation),
      call.add('$origin', call.map(call.dict('mapping', '_.mapping', 'key', '_.key', 'values', '_.values'), rows)),
      call.remove(call.list('$values', '$list-*', '$in-*', '$own-*', ...temporaryPatterns(place))),
    ],
  }
}

/** Whether one of the records was changed since the system takes part. */
function sinceFilter({ mapping }: PlannedMapping, rows: Json): Json[] {
  const since = mapping.share?.since
  if (since === undefined) return []
  return [call.gte(call.max(call.filter(call.isNotNull('_.'), call.map('_.changed', rows))), since)]
}

function temporaryPatterns({ planned }: RecordPlaces): string[] {
  const patternsBelow = (each: PlannedMapping): string[] => [
    `$${each.slug}-*`,
    ...embeddedChildren(each).flatMap(patternsBelow),
  ]
  return patternsBelow(planned)
}

/** The rules of the transform pipe of the elements of a list. */
export function elementRules(plan: Plan, planned: PlannedMapping): JsonObject {
  const { slug, concept } = planned
  const rows = pathTo('_S', goldenPart(concept, 'rows'))
  const place: RecordPlaces = { plan, planned, entity: '_S', own: '_T.$row' }
  const { steps, parts } = embeddedParts(place)
  const bare = columnsOf(place).find(({ each }) => each.element === true)
  const element = bare === undefined ? call.dict(...parts.flatMap(({ name, value }) => [name, value])) : bare.value
  const parent = parentOf(plan, planned)
  const presentColumns = columnsOf(place).map(({ value }) => call.isNotNull(value))
  const dropped = call.isNotEmpty(call.filter(call.eq('_.deleted', true), rows))
  return {
    default: [
      call.add('$row', call.first(call.filter(call.eq('_.of', slug), rows))),
      ...steps,
      call.filter(
        conjunction(
          call.not(dropped),
          ...qualifies(place),
          ...(presentColumns.length > 0 ? [disjunction(...presentColumns)] : []),
        ),
      ),
      call.add('parent', parent),
      call.add('element', element),
      ...sortKeys(planned).map(({ value }, index) => call.add(`order${index}`, value('_S'))),
      call.remove(call.list('$row', '$list-*', '$in-*', '$own-*', ...temporaryPatterns(place))),
    ],
  }
}
