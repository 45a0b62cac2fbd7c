/**
 * Lists that win as a whole: of the systems that have elements for the same record, only those of the one that comes
 * first, or was changed last, take part.
 */

import { joinCall } from '../../dtl/syntax.ts'
import type { Json, JsonObject } from '../../entity/value.ts'
import { call, disjunction, pathTo } from '../calls.ts'
import { entityWith } from './columns.ts'
import { isRead, type Plan, type PlannedConcept, type PlannedMapping, referenceOf } from './plan.ts'
import { goldenPart } from './plan-names.ts'

/** What the elements of one record have in common: the property that leads to the record. */
function linkOf(plan: Plan, planned: PlannedMapping): { property: string; concept: PlannedConcept | null } | null {
  const read = planned.mapping.properties.filter(isRead)
  const links = read.flatMap((each) => {
    const target = referenceOf(plan, planned, each)
    return each.to === undefined || target === null ? [] : [{ property: each.to, concept: target.concept }]
  })
  const lifted = read.find(({ from, to }) => to !== undefined && Object.hasOwn(planned.mapping.lift ?? {}, from ?? ''))
  return links[0] ?? (lifted?.to === undefined ? null : { property: lifted.to, concept: null })
}

/** Whether only some of a mapping's elements take part. */
export function isSet({ concept: { concept } }: PlannedMapping): boolean {
  return concept.members === 'priority' || concept.members === 'latest'
}

function rankOf({ mapping, rank }: PlannedMapping): readonly [number, number] {
  const priorities = mapping.properties.flatMap(({ priority }) => (priority === undefined ? [] : [priority]))
  return [mapping.priority ?? Math.min(...priorities, Number.POSITIVE_INFINITY), rank]
}

function isBefore(a: PlannedMapping, b: PlannedMapping): boolean {
  const [[first, at], [second, other]] = [rankOf(a), rankOf(b)]
  return first < second || (first === second && at < other)
}

/** The rules of the pipe that lets only winning elements through. */
export function setRules(plan: Plan, planned: PlannedMapping): JsonObject {
  const { concept } = planned
  const link = linkOf(plan, planned)
  if (link === null) return { default: [call.copy('*')] }
  const latest = concept.concept.members === 'latest'
  const others = concept.mappings.filter((other) => other !== planned && (latest || isBefore(other, planned)))
  const steps: Json[] = [call.copy('*')]
  const shared = pathTo('_S', '$row', link.concept === null ? 'values' : 'nis', link.property)
  if (link.concept !== null) {
    steps.push(call.add('$record', entityWith(link.concept, shared)))
    steps.push(call.add('$same', call.coalesceArgs(pathTo('_T', '$record', goldenPart(link.concept, 'refs')), shared)))
  } else steps.push(call.add('$same', shared))
  for (const other of others) {
    const otherLink = linkOf(plan, other)
    if (otherLink === null) continue
    const place = pathTo('e', '$row', otherLink.concept === null ? 'values' : 'nis', otherLink.property)
    const time = latest ? 'e.$row.time' : 'e._id'
    const found = joinCall([`${other.slug}-enrich e`], [call.eq('_T.$same', place)], call.coalesceArgs(time, 0))
    if (!latest) {
      steps.push(call.filter(call.isEmpty(found)))
      continue
    }
    const own = call.coalesceArgs('_S.$row.time', 0)
    const newest = call.coalesceArgs(call.max(found), 0)
    const wins = isBefore(planned, other) ? call.lte(newest, own) : call.lt(newest, own)
    steps.push(call.filter(disjunction(call.isEmpty(found), wins)))
  }
  return { default: [...steps, call.remove(call.list('$record', '$same'))] }
}
