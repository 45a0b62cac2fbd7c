/**
 * The enrich pipe of a mapping: each record becomes an entity with the concept's properties in the mapping's namespace,
 * its keys for the merge, the identifiers that others refer to it by, and `$row`: what it was made of.
 */

import { joinCall } from '../../dtl/syntax.ts'
import type { Json, JsonObject } from '../../entity/value.ts'
import { call, conjunction, pathTo, textData } from '../calls.ts'
import type { PropertyMapping, WrittenTable } from '../model.ts'
import { claimOf, groupSteps } from './claims.ts'
import { conditionToDtl } from './expressions.ts'
import { hasFeedback, recordKeyText } from './feedback.ts'
import { matchingKeyText, recordAddress } from './keys.ts'
import {
  addressedProperties,
  addressName,
  deletesElsewhere,
  isRead,
  keysComeBack,
  neededColumns,
  outermostColumn,
  type Plan,
  type PlannedMapping,
  referenceOf,
} from './plan.ts'
import { absentOf, collectName, newPrefix, storedName, tableName } from './plan-names.ts'
import { type RecordScope, recordScope } from './record-scope.ts'
import { fromJson, isMarkedDeleted, modifiedOf, valuesSaid } from './values.ts'

/** The rules of the enrich pipe, and the dataset it reads. */
export function enrichRules(plan: Plan, planned: PlannedMapping): { source: string; rules: JsonObject } {
  const { mapping, parent } = planned
  const scope = recordScope(planned)
  const steps = [...filterSteps(planned, scope), ...writtenSteps(planned), ...recordSteps(plan, planned, scope)]
  if (parent === null) return { source: collectName(mapping), rules: { default: steps } }
  const list = mapping.list ?? []
  const elements = call.enumerate(pathTo('_S', '$row', 'raw', ...list))
  return {
    source: `${parent.slug}-enrich`,
    rules: {
      default: [call.create(call.apply('element', elements)), call.discard()],
      element: steps,
    },
  }
}

function filterSteps({ mapping }: PlannedMapping, scope: RecordScope): Json[] {
  return mapping.filter === undefined ? [] : [call.filter(conditionToDtl(mapping.filter, scope.sql))]
}

/** What was last written to the system for a record, where times are derived from it. */
function writtenSteps({ mapping, parent }: PlannedMapping): Json[] {
  const { written, written_times, name, cluster } = mapping
  if (written === undefined || written_times !== true || parent !== null) return []
  const own = [call.concat(`${name}:`, '_S._id'), ...(cluster === undefined ? [] : [pathTo('_S', storedName(cluster))])]
  return [call.add('$written', writtenRecord(written, call.list(...own)))]
}

/** The rules for elements that are gone: they are in what was last written to a system, and no longer in its records. */
export function goneElementRules(plan: Plan, planned: PlannedMapping, before: readonly Json[]): JsonObject {
  const { mapping, slug, concept } = planned
  const scope = recordScope(planned, '_P._T.$around')
  const steps = recordSteps(plan, planned, scope)
  const keys = new Set((concept.concept.keys ?? []).flat())
  const keyProperties = mapping.properties.flatMap(({ to }) =>
    to !== undefined && keys.has(to) ? [`${slug}:${to}`] : [],
  )
  const values = [...keys].flatMap((name) => [name, pathTo('_T', '$row', 'values', name)])
  const absent = mapping.absent ?? ''
  return {
    default: [
      ...before,
      call.create(call.apply('element', call.enumerate(pathTo('_T', '$written', ...(mapping.list ?? []))))),
      call.discard(),
    ],
    element: [
      ...steps,
      call.filter(call.not(call.in('_T.$row.key', '_P._T.$present'))),
      call.remove(
        call.list(
          ...mapping.properties.flatMap(({ to }) =>
            to === undefined || keyProperties.includes(`${slug}:${to}`) ? [] : [`${slug}:${to}`],
          ),
        ),
      ),
      call.add(`${slug}:${absent}`, true),
      call.add('$row', goneRow(planned, '_T.$row.key', call.dict(...values, absent, true), ['nis', '_T.$row.nis'])),
      call.add('_id', call.concat(`${slug}-absent:`, '_T.$row.key')),
    ],
  }
}

/** The rules for records that the system no longer has: their deleted versions keep what they were. */
export function goneRecordRules(plan: Plan, planned: PlannedMapping): JsonObject {
  const { mapping, slug } = planned
  const { absent } = mapping
  const scope = recordScope(planned)
  const keptProperties = [`${slug}:*`, '$row']
  return {
    default: [
      call.filter(call.eq('_S._deleted', true)),
      ...filterSteps(planned, scope),
      ...recordSteps(plan, planned, scope),
      call.add('$key', '_T.$row.key'),
      call.remove(call.list(...keptProperties)),
      ...(absent === undefined ? [] : [call.add(`${slug}:${absent}`, true)]),
      call.add('$refs', call.list()),
      call.add(
        '$row',
        goneRow(planned, '_T.$key', absent === undefined ? call.dict() : call.dict(absent, true), ['at', '_S._ts']),
      ),
      call.add('_id', call.concat(`${absentOf(planned)}:`, '_T.$key')),
      call.remove('$key'),
      call.add('_deleted', false),
    ],
  }
}

/** `$row` of a record that is gone. */
export function goneRow(planned: PlannedMapping, key: Json, values: Json, more: readonly Json[] = []): Json {
  const { mapping } = planned
  const parts: readonly Json[] = ['of', absentOf(planned), 'mapping', mapping.name, 'key', key]
  return call.dict(...parts, 'values', values, 'gone', true, ...more)
}

/** What was last written to a system for one of some clusters, its values as a dict. */
export function writtenRecord(written: WrittenTable, clusters: Json): Json {
  const column = storedName(written.cluster ?? '_cluster_id')
  return call.first(joinCall([`${tableName(written.table)} w`], [call.eq(clusters, pathTo('w', column))], 'w.'))
}

function recordSteps(plan: Plan, planned: PlannedMapping, scope: RecordScope): Json[] {
  const { slug, mapping, concept } = planned
  const read = mapping.properties.filter(isRead)
  const row = valueRow(plan, planned, scope, read)
  const steps: Json[] = [call.add('$row', row), call.add('_id', call.concat(`${slug}:`, '_T.$row.key'))]
  for (const each of read) {
    const property = each.to ?? ''
    const value = pathTo('_T', '$row', 'values', property)
    steps.push(call.addIf(`${slug}:${property}`, claimOf(plan, planned, each, value)))
  }
  const marked = mapping.deletion?.to
  if (marked !== undefined && !read.some(({ to }) => to === marked))
    steps.push(call.add(`${slug}:${marked}`, pathTo('_T', '$row', 'values', marked)))
  steps.push(...groupSteps(planned, read))
  const keys = keysOf(planned, {
    value: (name) => pathTo('_T', '$row', 'values', name),
    key: '_T.$row.key',
    cluster: '_T.$row.cluster',
  }).map(({ text }) => text)
  steps.push(...(mapping.written_times === true ? [call.remove('$written')] : []))
  if (keys.length > 0) steps.push(call.add('$keys', call.filter(call.isNotNull('_.'), call.list(...keys))))
  const addressed = addressedProperties(plan, concept).filter((names) =>
    names.every((name) => read.some(({ to }) => to === name)),
  )
  const refs = addressed.map((names) =>
    call.ni(
      `${concept.slug}-${addressName(names)}`,
      recordAddress(names.map((name) => pathTo('_T', '$row', 'values', name))),
    ),
  )
  steps.push(call.add('$refs', call.filter(call.isNotNull('_.'), call.list(call.ni(slug, '_T.$row.key'), ...refs))))
  return steps
}

/** `$row`: what a later step needs of the record that is not resolved: its key, its own properties, what it says. */
function valueRow(plan: Plan, planned: PlannedMapping, scope: RecordScope, read: readonly PropertyMapping[]): Json {
  const { slug, mapping, parent } = planned
  const { deletion } = mapping
  const values = valuesSaid(planned, read, scope)
  const raw = neededColumns(planned).flatMap((column) => [column, scope.column(column)])
  const times = timesOf(planned, read, scope)
  const parts: Json[] = ['of', slug, 'mapping', mapping.name, 'key', keyOf(planned, values, scope)]
  parts.push('raw', call.dict(...raw))
  parts.push('values', call.dict(...[...values].flat()))
  if (times.length > 0) parts.push('times', call.dict(...times))
  if (times.length > 0 && planned.concept.concept.members === 'latest')
    parts.push(
      'time',
      call.max(call.filter(call.isNotNull('_.'), call.list(...times.filter((_, index) => index % 2 === 1)))),
    )
  const references = read.flatMap((each) => {
    const nis = identifiersOf(plan, planned, each, values.get(each.to ?? '') ?? null)
    return nis === null ? [] : [each.to ?? '', nis]
  })
  if (references.length > 0) parts.push('nis', call.dict(...references))
  const { mappings } = planned.concept
  const changed = modifiedOf(mapping.modified, scope)
  if (changed !== undefined && mappings.some((other) => other.mapping.share?.since !== undefined))
    parts.push('changed', changed)
  if (parent === null && deletesElsewhere(planned.concept)) parts.push('at', '_S._ts')
  if (parent !== null) {
    const parentProperty = (part: string): Json => `${scope.around}.${part}`
    parts.push(
      'parent',
      parentProperty('key'),
      'up',
      call.dict('raw', parentProperty('raw'), 'up', parentProperty('up')),
    )
    if (mapping.list !== undefined) parts.push('place', '_S.key')
  }
  if (mapping.cluster !== undefined) parts.push('cluster', scope.column(mapping.cluster))
  if (deletion !== undefined) parts.push('deleted', isMarkedDeleted(planned, scope))
  return call.dict(...parts)
}

function keyOf(
  { parent, mapping, concept }: PlannedMapping,
  values: ReadonlyMap<string, Json>,
  { around }: RecordScope,
): Json {
  if (parent === null) return '_S._id'
  if (mapping.list === undefined) return `${around}.key`
  const names = [...new Set((concept.concept.keys ?? []).flat())].filter((name) => values.has(name))
  const parts = names.map((name) => {
    const value = values.get(name) ?? null
    return call.if(call.isNotNull(value), call.concat(`${name}=`, call.string(value)))
  })
  const identity = call.join('&', call.filter(call.isNotNull('_.'), call.list(...parts)))
  const place = call.concat('place=', call.string('_S.key'))
  return call.concat(
    `${around}.key`,
    '?',
    names.length === 0 ? place : call.if(call.neq(identity, ''), identity, place),
  )
}

function timesOf(planned: PlannedMapping, read: readonly PropertyMapping[], scope: RecordScope): Json[] {
  const { mapping } = planned
  return read.flatMap((each) => {
    const explicit = modifiedOf(each.modified ?? mapping.modified, scope)
    const time = explicit ?? derivedTime(planned, each, scope)
    return time === undefined ? [] : [each.to ?? '', time]
  })
}

/** When a property changed, worked out from what was last written: unchanged keeps its time, a change has that of writing. */
function derivedTime({ mapping, parent }: PlannedMapping, each: PropertyMapping, scope: RecordScope): Json | undefined {
  const { written, written_times } = mapping
  const column = outermostColumn(each)
  if (written === undefined || written_times !== true || parent !== null || column === undefined) return undefined
  const writtenPath = (name: string): Json => fromJson(pathTo('_T', '$written', storedName(name)))
  const value = call.path(call.list(column), writtenPath(written.values ?? '_written'))
  const time = call.path(call.list(column), writtenPath(written.times ?? '_written_ts'))
  const unchanged = call.eq(call.string(scope.column(column)), call.string(value))
  return call.case(
    unchanged,
    time,
    call.isNotNull(time),
    pathTo('_T', '$written', storedName(written.at ?? '_written_at')),
    null,
  )
}

/** Identifiers of the records that a reference may mean. */
function identifiersOf(plan: Plan, planned: PlannedMapping, each: PropertyMapping, value: Json): Json | null {
  const target = referenceOf(plan, planned, each)
  if (target === null) return null
  const text = call.string(value)
  const identifiers = target.by.map((name) => call.ni(`${target.concept.slug}-${addressName([name])}`, text))
  if (target.by.length === 0 && target.mapping !== null) identifiers.push(call.ni(target.mapping.slug, text))
  return call.filter(call.isNotNull('_.'), call.list(...identifiers))
}

/** Where the parts of a record are that its keys are made of. */
interface KeyScope {
  readonly value: (property: string) => Json
  readonly key: Json
  readonly cluster: Json
}

/** A text that equal records have in common; `of` are the properties it is made of, none for links by tables. */
interface MatchingKey {
  readonly of: readonly string[]
  readonly text: Json
}

/** What makes records of a concept the same, as texts of one kind. */
function keysOf(planned: PlannedMapping, scope: KeyScope): MatchingKey[] {
  const { concept, mapping } = planned
  const read = new Set(mapping.properties.filter(isRead).map(({ to }) => to))
  const keys: MatchingKey[] = []
  for (const key of concept.concept.keys ?? [])
    if (key.every((name) => read.has(name)))
      keys.push({ of: key, text: matchingKeyText(concept, key, scope.value, mapping) })
  const addKey = (text: Json): number => keys.push({ of: [], text })
  if (keysComeBack(concept) || hasFeedback(concept)) addKey(recordKeyText(planned.slug, scope.key))
  if (keysComeBack(concept)) {
    const inserted = call.substring(newPrefix(planned).length, call.string('_S.$origin'))
    if (planned.rest !== null) addKey(call.if(call.isNotNull('_S.$origin'), call.concat('id:', inserted)))
  }
  if (hasLinks(planned)) {
    addKey(call.concat('row:', mapping.name, ':', scope.key))
    if (mapping.cluster !== undefined)
      addKey(call.if(call.isNotNull(scope.cluster), call.concat('row:', call.string(scope.cluster))))
  }
  for (const { properties, keys: names = [], references } of mapping.links ?? []) {
    const columns = properties.map((column) => recordScope(planned).column(column))
    const key = columns.length === 1 ? call.string(columns[0] ?? null) : jsonKey(names, properties, columns)
    addKey(
      call.if(conjunction(...columns.map((column) => call.isNotNull(column))), call.concat(`row:${references}:`, key)),
    )
  }
  return keys
}

/** What the records of a datatype say, read from the record itself: for figures without a run. */
export interface DirectExpressions {
  readonly filter: Json | null
  readonly values: ReadonlyMap<string, Json>
  readonly keys: readonly MatchingKey[]
}

/** The reading of a mapping of whole records; null for elements of lists, and where tables take part. */
export function directExpressions(planned: PlannedMapping): DirectExpressions | null {
  const { mapping, parent } = planned
  if (parent !== null || mapping.written !== undefined || mapping.members !== undefined) return null
  const scope = recordScope(planned)
  const values = valuesSaid(planned, mapping.properties.filter(isRead), scope)
  const keys = keysOf(planned, {
    value: (name) => values.get(name) ?? null,
    key: '_S._id',
    cluster: mapping.cluster === undefined ? null : scope.column(mapping.cluster),
  })
  const filter = mapping.filter === undefined ? null : conditionToDtl(mapping.filter, scope.sql)
  return { filter, values, keys }
}

/** A key of several parts as one text, with its parts in alphabetical order. */
function jsonKey(names: readonly string[], properties: readonly string[], columns: readonly Json[]): Json {
  const pairs = columns.flatMap((column, index) => [textData(names[index] ?? properties[index] ?? ''), column])
  return call.json(call.dict(...pairs))
}

/** Whether records of the concept are linked by tables or clusters. */
function hasLinks({ concept }: PlannedMapping): boolean {
  return concept.mappings.some(({ mapping: { links, cluster, members } }) => {
    return links !== undefined || cluster !== undefined || members !== undefined
  })
}
