/** The rules of a model's pipes as groups of steps, for the columns that a dry run keeps of what they make. */
import { NO_NAMESPACES } from '../../dtl/compile/compile.ts'
import type { Namespaces } from '../../dtl/evaluation.ts'
import type { TargetEffect } from '../../dtl/signature.ts'
import { get } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import type { Json, JsonObject } from '../../entity/value.ts'
import { call } from '../calls.ts'
import { directExpressions, enrichRules } from '../generate/enrich.ts'
import { hasFeedback } from '../generate/feedback.ts'
import { globalRules, isMatched } from '../generate/global.ts'
import { keysComeBack, type Plan, type PlannedConcept, type PlannedMapping, watchesGone } from '../generate/plan.ts'
import { isSet } from '../generate/sets.ts'
import { insertCondition, isShared, transformRules } from '../generate/transform.ts'
import { effectOf, readBy, type StepGroup, stepGroups, stepsFor } from './rule-steps.ts'

/** The property with what is to be done with a record. */
export const operationProperty = '$operation'

/** What a mapping that sends something does with the records of its concept. */
export interface SharingRules {
  readonly rules: JsonObject
  readonly operation: StepGroup
  /** Whether it is to get a new record; null where it never gets one. */
  readonly insert: StepGroup | null
}

/** The rules of one mapping. */
interface MappingRules {
  readonly planned: PlannedMapping
  readonly namespaces: Namespaces
  /** What each record becomes. */
  readonly enrich: readonly StepGroup[]
  readonly sharing: SharingRules | null
}

/** The rules of one concept. */
export interface ConceptRules {
  readonly concept: PlannedConcept
  readonly dataset: string
  readonly namespaces: Namespaces
  readonly isMatched: boolean
  /** What the records that are one become together. */
  readonly golden: readonly StepGroup[]
  readonly mappings: readonly MappingRules[]
}

/** The rules of a model; null where they look at more than columns tell. */
export function liveRules(plan: Plan): readonly ConceptRules[] | null {
  if (plan.tables.length > 0) return null
  const concepts: ConceptRules[] = []
  for (const concept of plan.concepts.values()) {
    if (concept.mappings.length === 0) continue
    const rules = isPlain(concept) ? conceptRules(plan, concept) : null
    if (rules === null) return null
    concepts.push(rules)
  }
  const joined = new Set(
    concepts.flatMap(({ mappings }) => mappings.flatMap(({ sharing }) => sharing?.operation.datasets ?? [])),
  )
  return concepts.map((each) => (joined.has(each.dataset) ? each : withoutUnread(each)))
}

function isPlain(concept: PlannedConcept): boolean {
  if (concept.concept.overrides !== undefined || keysComeBack(concept) || hasFeedback(concept)) return false
  return concept.mappings.every(
    (planned) =>
      directExpressions(planned) !== null &&
      planned.children.length === 0 &&
      !isSet(planned) &&
      !watchesGone(planned) &&
      planned.rest?.isWritten !== true,
  )
}

function conceptRules(plan: Plan, concept: PlannedConcept): ConceptRules | null {
  const mappings: MappingRules[] = []
  for (const planned of concept.mappings) {
    const enrich = groupsOf(enrichRules(plan, planned).rules, ['stops'])
    const sharing = isShared(planned) ? sharingRules(plan, planned) : null
    if (enrich === null || (sharing === null && isShared(planned))) return null
    // Matching works out the keys itself.
    const made = enrich.filter(({ writes }) => !writes.includes('$keys') && !writes.includes('_id'))
    mappings.push({ planned, namespaces: namespacesOf(planned.slug), enrich: made, sharing })
  }
  const dataset = `global-${concept.slug}`
  const golden = groupsOf(globalRules(concept, false), ['stops', 'copies'])
  if (golden === null || golden.some(isUnclear)) return null
  return { concept, dataset, namespaces: namespacesOf(dataset), isMatched: isMatched(concept), golden, mappings }
}

function namespacesOf(name: string): Namespaces {
  return { enabled: true, identity: name, property: name, expansions: new Map() }
}

function sharingRules(plan: Plan, planned: PlannedMapping): SharingRules | null {
  const rules = transformRules(plan, planned)
  const steps = stepsOf(rules)
  if (steps === null) return null
  const operation = stepsFor(operationProperty, steps)
  const condition = insertCondition(planned)
  const asked =
    condition === null ? null : stepsFor(`new:${planned.slug}`, [call.add(`new:${planned.slug}`, condition)])
  if (operation === null || isUnclear(operation) || (condition !== null && (asked === null || isUnclear(asked))))
    return null
  return { rules, operation, insert: asked }
}

/** Whether a group reads what has no column. */
function isUnclear({ source }: StepGroup): boolean {
  return source.some((name) => name === '' || name.includes('*'))
}

function stepsOf(rules: JsonObject): readonly Json[] | null {
  const steps = get(rules, 'default')
  return Array.isArray(steps) && !/\$(ENV|SECRET)\(/.test(printJson(steps)) ? steps : null
}

/** The groups of a rule without steps of some effects, which have nothing to say of columns. */
function groupsOf(rules: JsonObject, without: readonly TargetEffect['is'][]): readonly StepGroup[] | null {
  const steps = stepsOf(rules)
  const isLeftOut = (step: Json): boolean => without.some((effect) => effect === effectOf(step))
  return steps && stepGroups(steps.filter((step) => !isLeftOut(step)))
}

/** A concept without the properties that no mapping reads. */
function withoutUnread(rules: ConceptRules): ConceptRules {
  const needed = new Set<string>()
  for (const { sharing } of rules.mappings) {
    if (sharing === null) continue
    for (const name of sharing.insert?.source ?? []) needed.add(name)
    const steps = (stepsOf(sharing.rules) ?? []).filter((step) => effectOf(step) !== 'removes')
    const read = readBy(steps)
    if (read === null || read.source.includes('')) return rules
    for (const name of read.source) needed.add(name)
  }
  const golden = neededGroups(rules.golden, needed)
  const sources = new Set(golden.flatMap(({ source }) => source))
  const mappings = rules.mappings.map((each) => ({
    ...each,
    enrich: neededGroups(each.enrich, new Set(['$row', ...sources])),
  }))
  return { ...rules, golden, mappings }
}

function neededGroups(groups: readonly StepGroup[], needed: Set<string>): readonly StepGroup[] {
  const kept = groups.toReversed().filter(({ writes, target }) => {
    if (!writes.some((name) => needed.has(name))) return false
    for (const name of target) needed.add(name)
    return true
  })
  return kept.toReversed()
}

/** The namespaces of rules that give records their own shape back. */
export const sharedNamespaces = NO_NAMESPACES
