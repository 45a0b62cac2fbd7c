/** Claims: the value of a property with what decides whether it wins, and one claim for a group of properties. */
import type { Json } from '../../entity/value.ts'
import { call, disjunction, pathTo } from '../calls.ts'
import type { PropertyMapping } from '../model.ts'
import { isRead, type Plan, type PlannedMapping, referenceOf, targetProperty } from './plan.ts'

/** Whether more than the value decides which one wins, so that the value goes with what decides. */
export function isClaim(planned: PlannedMapping, property: string): boolean {
  const declared = planned.concept.concept.properties[property]
  if (declared === undefined) return false
  const { rule, type, references, group } = declared
  if (declared.nulls === 'count' || rule === 'complete') return true
  if (rule === 'latest' || type === 'json' || references !== undefined || group !== undefined) return true
  return planned.concept.mappings.some(({ mapping }) =>
    mapping.properties.some(
      (each) => each.to === property && (each.references !== undefined || each.compare !== undefined),
    ),
  )
}

export function claimOf(plan: Plan, planned: PlannedMapping, each: PropertyMapping, value: Json): Json {
  const property = each.to ?? ''
  if (!isClaim(planned, property)) return value
  const parts: Json[] = ['value', value]
  if (planned.concept.concept.properties[property]?.rule === 'latest')
    parts.push('time', pathTo('_T', '$row', 'times', property))
  const declared = planned.concept.concept.properties[property]
  if (declared?.rule === 'complete') {
    const values = planned.mapping.properties.filter(isRead).map(({ to }) => pathTo('_T', '$row', 'values', to ?? ''))
    parts.push('filled', call.count(call.filter(call.isNotNull('_.'), call.list(...values))))
  }
  if (referenceOf(plan, planned, each) !== null) parts.push('nis', pathTo('_T', '$row', 'nis', property))
  const { deletion } = planned.mapping
  if (declared?.nulls === 'count')
    return deletion === undefined
      ? call.dict(...parts)
      : call.if(call.neq('_T.$row.deleted', true), call.dict(...parts))
  return call.if(call.isNotNull(value), call.dict(...parts))
}

/** One claim for each group of properties that come from the same record. */
export function groupSteps(planned: PlannedMapping, read: readonly PropertyMapping[]): Json[] {
  const groups = new Map<string, string[]>()
  for (const each of read) {
    const group = targetProperty(planned, each)?.group
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), each.to ?? ''])
  }
  return [...groups].map(([group, members]) => {
    const values = members.flatMap((name) => [name, pathTo('_T', '$row', 'values', name)])
    const times = members.map((name) => pathTo('_T', '$row', 'times', name))
    const hasAnyMember = disjunction(...members.map((name) => call.isNotNull(pathTo('_T', '$row', 'values', name))))
    const latest = call.max(call.filter(call.isNotNull('_.'), call.list(...times)))
    return call.addIf(
      `${planned.slug}:${group}-group`,
      call.if(hasAnyMember, call.dict('time', latest, 'values', call.dict(...values))),
    )
  })
}
