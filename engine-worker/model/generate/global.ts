/**
 * The global pipe of a concept: merges the records that are the same and picks each property by its rule. `rows` keeps
 * what each record said, `refs` the identifiers by which others refer to it.
 *
 * What is not documented is fixed here: null never wins over a value; between equal times the mapping that comes first
 * wins; a value that is only a coarser copy of another one (`compare`) loses to it.
 */
import type { Json, JsonObject } from '../../entity/value.ts'
import { call, conjunction, disjunction, pathTo } from '../calls.ts'
import type { Property } from '../model.ts'
import { isClaim } from './claims.ts'
import { expressionToDtl, isEvaluatedLate } from './expressions.ts'
import { feedbackId, feedbackSteps, hasFeedback } from './feedback.ts'
import { matchingKeyText } from './keys.ts'
import { deletesElsewhere, isRead, keysComeBack, type Plan, type PlannedConcept, type PlannedMapping } from './plan.ts'
import { absentOf, goldenPart, goldenPath, goldenProperty, storedName } from './plan-names.ts'
import { isSet } from './sets.ts'
import { tablePipes } from './tables.ts'

/** A dataset that a global pipe merges, with its short name. */
interface MergedDataset {
  readonly dataset: string
  readonly alias: string
}

/** The datasets of a concept in the order in which they count: those of mappings, then those of tables. */
export function mergedDatasets(plan: Plan, concept: PlannedConcept): MergedDataset[] {
  const { mappings } = concept
  const own = mappings.map((planned) => ({
    dataset: `${planned.slug}-${isSet(planned) ? 'set' : 'enrich'}`,
    alias: planned.slug,
  }))
  const tables = mappings.flatMap((planned) => tablePipes(plan, planned))
  const beside = [
    ...tables.map(({ id }) => id),
    ...(concept.concept.overrides ? [overrideId(concept)] : []),
    ...(hasFeedback(concept) ? [feedbackId(concept)] : []),
  ]
  return [...own, ...beside.map((id) => ({ dataset: id, alias: id.replace(/-enrich$/, '') }))]
}

/** The pipe with the values that people decided. */
export function overrideId({ slug }: PlannedConcept): string {
  return `${slug}-override-enrich`
}

/** Its rules: the rows have the properties of the concept, and those of its keys say which record is meant. */
export function overrideRules(concept: PlannedConcept): JsonObject {
  const columnPath = (name: string): Json => pathTo('_S', storedName(name))
  const values = overridableProperties(concept).map((name) =>
    call.addIf(overrideProperty(concept, name), columnPath(name)),
  )
  return {
    default: [
      call.add('_id', call.concat(`${concept.slug}-override:`, '_S._id')),
      call.add(
        '$keys',
        call.filter(
          call.isNotNull('_.'),
          call.list(...(concept.concept.keys ?? []).map((key) => matchingKeyText(concept, key, columnPath))),
        ),
      ),
      ...values,
    ],
  }
}

function overrideProperty({ slug }: PlannedConcept, property: string): string {
  return `${slug}-override:${property}`
}

/** The properties that people can decide: none of a key, and no references. */
function overridableProperties({ concept, mappings }: PlannedConcept): string[] {
  const keys = new Set((concept.keys ?? []).flat())
  return Object.entries(concept.properties).flatMap(([name, { references }]) =>
    keys.has(name) || references !== undefined || mappings.some(refersByProperty(name)) ? [] : [name],
  )
}

/** Whether records of the concept are ever the same. */
export function isMatched(planned: PlannedConcept): boolean {
  const { concept, mappings } = planned
  if ((concept.keys ?? []).length > 0 || keysComeBack(planned) || hasFeedback(planned)) return true
  return mappings.some(({ mapping: { links, cluster, members } }) => links ?? cluster ?? members)
}

/** The pipe with one entity for each key that records have: what lets records of one dataset be the same. */
export function keyRules(concept: PlannedConcept): JsonObject {
  return {
    default: [call.create(call.apply('key', '_S.$keys')), call.discard()],
    key: [call.add('_id', call.concat(`${concept.slug}-key:`, '_S.')), call.add('$key', '_S.')],
  }
}

/** The rules of the global pipe. */
export function globalRules(concept: PlannedConcept, withClusters: boolean): JsonObject {
  const rows = pathTo('_T', goldenPart(concept, 'rows'))
  const steps: Json[] = [
    call.filter(disjunction(call.isNotEmpty('_S.$row'), call.eq('_S.$replaced', true))),
    call.copy(call.list('$ids', '$replaced')),
    call.add(goldenPart(concept, 'rows'), call.combine('_S.$row')),
    call.add(goldenPart(concept, 'refs'), call.combine('_S.$refs')),
  ]
  if (withClusters) steps.push(call.add(goldenPart(concept, 'clusters'), clustersOf(rows)))
  if (deletesElsewhere(concept)) steps.push(call.add(goldenPart(concept, 'gone'), goneEverywhere(concept, rows)))
  const properties = Object.entries(concept.concept.properties)
  const groups = new Set(properties.flatMap(([, { group }]) => (group === undefined ? [] : [group])))
  for (const group of groups) steps.push(...groupSteps(concept, group))
  for (const [name, property] of properties)
    if (!isEvaluatedLate(property)) steps.push(...propertySteps(concept, name, property, rows))
  steps.push(...feedbackSteps(concept))
  for (const [name, property] of properties) {
    const otherwise = defaultOf(concept, property)
    if (otherwise !== undefined)
      steps.push(
        call.if(call.isNull(goldenPath('_T', concept, name)), call.add(goldenProperty(concept, name), otherwise)),
      )
  }
  if (concept.concept.overrides !== undefined)
    for (const name of overridableProperties(concept)) {
      const decided = pathTo('_S', overrideProperty(concept, name))
      steps.push(call.if(call.isNotNull(decided), call.add(goldenProperty(concept, name), call.first(decided))))
    }
  for (const group of groups) steps.push(call.remove(`$${group}`))
  return { default: steps }
}

/**
 * Whether a record is to be deleted in all systems: one of those whose deletions count has it no longer, and no other
 * one has been changed since.
 */
function goneEverywhere({ mappings }: PlannedConcept, rows: Json): Json {
  const latestTime = (of: Json): Json => call.max(call.map('_.at', call.filter(of, rows)))
  const changed = call.coalesceArgs(latestTime(call.neq('_.gone', true)), 0)
  const each = mappings.flatMap((planned) => {
    if (planned.mapping.gone !== 'delete') return []
    const gone = call.eq('_.of', absentOf(planned))
    const own = call.filter(call.eq('_.of', planned.slug), rows)
    const last = call.coalesceArgs(latestTime(gone), Number.MAX_SAFE_INTEGER)
    return [conjunction(call.isNotEmpty(call.filter(gone, rows)), call.isEmpty(own), call.lte(changed, last))]
  })
  return disjunction(...each)
}

/** The names by which tables know a record: `mapping:key` of each of its rows, and the clusters that systems keep. */
function clustersOf(rows: Json): Json {
  const names = call.map(call.concat('_.mapping', ':', '_.key'), rows)
  return call.combine(names, call.filter(call.isNotNull('_.'), call.map(call.string('_.cluster'), rows)))
}

function defaultOf(concept: PlannedConcept, property: Property): Json | undefined {
  if (property.default !== undefined) return property.default
  const { default_expression } = property
  if (default_expression === undefined) return undefined
  return expressionToDtl(default_expression, { column: (name) => goldenPath('_T', concept, name) })
}

function claimsPath(mapping: PlannedMapping, property: string): string {
  return pathTo('_S', `${mapping.slug}:${property}`)
}

/** The mappings that say something about a property, the one that counts most first. */
export function contributors({ mappings }: PlannedConcept, property: string): PlannedMapping[] {
  const found = mappings.flatMap((planned) => {
    const each = planned.mapping.properties.find((one) => one.to === property && isRead(one))
    const marks = planned.mapping.deletion?.to === property || planned.mapping.absent === property
    if (each === undefined && !marks) return []
    return [{ planned, priority: each?.priority ?? planned.mapping.priority ?? Number.POSITIVE_INFINITY }]
  })
  return found.sort((a, b) => a.priority - b.priority || a.planned.rank - b.planned.rank).map(({ planned }) => planned)
}

function propertySteps(concept: PlannedConcept, name: string, property: Property, rows: Json): Json[] {
  const from = contributors(concept, name)
  const target = goldenProperty(concept, name)
  if (property.group !== undefined) return [call.add(target, pathTo('_T', `$${property.group}`, 'values', name))]
  const statements = from.map((each) => withoutEchoes(from, each, name))
  const first = from[0]
  const asClaims = first !== undefined && isClaim(first, name)
  const all = statements.length === 0 ? call.list() : call.combine(...statements)
  const values = asClaims ? call.path('value', all) : all
  switch (property.rule) {
    case 'expression':
      return [call.add(target, expressionOf(concept, property, rows))]
    case 'all':
      return [call.add(target, call.distinct(call.filter(call.isNotNull('_.'), call.combine(values))))]
    case 'any':
      return [call.add(target, call.if(call.isNotEmpty(call.combine(values)), call.in(true, call.combine(values))))]
    case 'every':
      return [
        call.add(
          target,
          call.if(call.isNotEmpty(call.combine(values)), call.not(call.in(false, call.combine(values)))),
        ),
      ]
    case 'key':
      if (!asClaims) return [call.add(target, call.min(call.combine(values)))]
  }
  if (!asClaims) return [call.add(target, call.first(all))]
  const measure = property.rule === 'latest' ? '_.time' : property.rule === 'complete' ? '_.filled' : null
  const winner = call.first(measure === null ? all : call.sortedDescending(measure, all))
  const isReference = property.references !== undefined || from.some(refersByProperty(name))
  if (!isReference) return [call.add(target, call.path('value', winner))]
  const temporary = `$winner-${name}`
  return [
    call.add(temporary, winner),
    call.add(target, pathTo('_T', temporary, 'value')),
    call.add(`${target}-ni`, pathTo('_T', temporary, 'nis')),
    call.remove(temporary),
  ]
}

/** Whether a mapping holds identifiers of other records in a property. */
function refersByProperty(name: string): (planned: PlannedMapping) => boolean {
  return ({ mapping }) => mapping.properties.some((each) => each.to === name && each.references !== undefined)
}

/** What a mapping says, without what is only a coarser copy of what others say. */
function withoutEchoes(from: readonly PlannedMapping[], mapping: PlannedMapping, name: string): Json {
  const own = claimsPath(mapping, name)
  const each = mapping.mapping.properties.find((one) => one.to === name && isRead(one))
  const compare = each?.compare
  const others = from.filter((other) => other !== mapping)
  if (compare === undefined || others.length === 0) return own
  const coarseValue = (value: Json): Json => expressionToDtl(compare, { column: () => value, parameter: value })
  const otherClaims = call.map(coarseValue('_.value'), call.combine(...others.map((other) => claimsPath(other, name))))
  return call.filter(call.not(call.in(coarseValue('_.value'), otherClaims)), own)
}

function groupSteps(concept: PlannedConcept, group: string): Json[] {
  const members = Object.entries(concept.concept.properties).filter(([, property]) => property.group === group)
  const from = [...new Set(members.flatMap(([name]) => contributors(concept, name)))]
  const all = call.combine(...from.map((planned) => pathTo('_S', `${planned.slug}:${group}-group`)))
  const latest = members.some(([, { rule }]) => rule === 'latest')
  return [call.add(`$${group}`, call.first(latest ? call.sortedDescending('_.time', all) : all))]
}

function expressionOf(concept: PlannedConcept, { expression }: Property, rows: Json): Json {
  if (expression === undefined) return null
  const columnPath = (name: string): Json => pathTo('_', 'values', name)
  return expressionToDtl(expression, {
    column: (name) => goldenPath('_T', concept, name),
    records: { list: rows, column: columnPath },
  })
}
