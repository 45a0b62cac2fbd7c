/**
 * What a concept takes from other concepts: a global pipe must not look into other datasets, so a pipe of its own reads
 * the merged records, looks into the other global datasets, and gives what it finds back to the merge. One entity for
 * each record, named as the record, so that records that part again are not held together by it.
 *
 * feedback-loop-pattern.rst; the global pipe leaves the feedback out of its completeness, which would wait for itself.
 */

import { joinCall } from '../../dtl/syntax.ts'
import type { Json, JsonObject } from '../../entity/value.ts'
import { call, pathTo } from '../calls.ts'
import { expressionToDtl, isEvaluatedLate } from './expressions.ts'
import type { Plan, PlannedConcept } from './plan.ts'
import { goldenPart, goldenPath, goldenProperty } from './plan-names.ts'

/** The properties of a concept that are worked out from other concepts. */
function lateProperties({ concept }: PlannedConcept): string[] {
  return Object.entries(concept.properties).flatMap(([name, property]) => (isEvaluatedLate(property) ? [name] : []))
}

/** Whether a concept takes something from other concepts. */
export function hasFeedback(concept: PlannedConcept): boolean {
  return lateProperties(concept).length > 0
}

/** The pipe that gives it back. */
export function feedbackId({ slug }: PlannedConcept): string {
  return `${slug}-feedback`
}

/** The text by which a record and what is given back for it are the same. */
export function recordKeyText(mapping: Json, key: Json): Json {
  return call.concat('id:', mapping, ':', key)
}

/** The rules of the feedback pipe, which reads the global dataset. */
export function feedbackRules(plan: Plan, concept: PlannedConcept): JsonObject {
  const id = feedbackId(concept)
  const late = lateProperties(concept)
  const values = late.flatMap((name) => [name, lateValue(plan, concept, name)])
  return {
    default: [
      call.add('$values', call.dict(...values)),
      call.create(call.apply('member', pathTo('_S', goldenPart(concept, 'rows')))),
      call.discard(),
    ],
    member: [
      call.add('_id', call.concat(`${id}:`, '_S.of', ':', '_S.key')),
      call.add('$keys', call.list(recordKeyText('_S.of', '_S.key'))),
      ...late.map((name) => call.add(`${id}:${name}`, pathTo('_P._T.$values', name))),
      call.if(call.eq('_P._S._deleted', true), call.add('_deleted', true)),
    ],
  }
}

/** The steps of the global pipe that take what was given back. */
export function feedbackSteps(concept: PlannedConcept): Json[] {
  const id = feedbackId(concept)
  return lateProperties(concept).map((name) =>
    call.add(goldenProperty(concept, name), call.first(pathTo('_S', `${id}:${name}`))),
  )
}

/** An expression with a subselect: records of another concept that are joined to this one. */
function lateValue(plan: Plan, concept: PlannedConcept, name: string): Json {
  const declared = concept.concept.properties[name]
  if (declared?.expression === undefined) return null
  return expressionToDtl(declared.expression, {
    column: (column) => goldenPath('_S', concept, column),
    others: ({ table, joins }) => {
      const other = plan.concepts.get(table)
      if (other === undefined || joins.length === 0) return undefined
      const conditions = joins.map(({ column, value }) => {
        const refers = other.concept.properties[column]?.references === concept.name
        return refers
          ? call.eq(pathTo('_S', goldenPart(concept, 'refs')), pathTo('o', `${goldenProperty(other, column)}-ni`))
          : call.eq(value, goldenPath('o', other, column))
      })
      const found = joinCall([`global-${other.slug} o`], conditions, 'o.')
      const pairs = Object.keys(other.concept.properties).flatMap((each) => [each, goldenPath('_', other, each)])
      return call.map(call.dict(...pairs), found)
    },
  })
}
