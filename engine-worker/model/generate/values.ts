/** What a record says of each property of its concept, as expressions over the record. */
import type { Json } from '../../entity/value.ts'
import { call, pathTo, textData } from '../calls.ts'
import type { Modified, PropertyMapping, PropertyType } from '../model.ts'
import { expressionToDtl } from './expressions.ts'
import { type PlannedMapping, targetProperty } from './plan.ts'
import { insidePath, type RecordScope } from './record-scope.ts'

/** A value in a table that may be JSON or the text of JSON. */
export function fromJson(path: Json): Json {
  return call.if(call.isString(path), call.jsonParse(path), path)
}

/** What a record says of each property of its concept. */
export function valuesSaid(
  planned: PlannedMapping,
  read: readonly PropertyMapping[],
  scope: RecordScope,
): Map<string, Json> {
  const values = new Map<string, Json>()
  for (const each of read) {
    const value = readValue(planned, each, scope)
    const before = values.get(each.to ?? '')
    values.set(each.to ?? '', before === undefined ? value : call.coalesceArgs(before, value))
  }
  const { deletion } = planned.mapping
  if (deletion?.to !== undefined) values.set(deletion.to, isMarkedDeleted(planned, scope))
  return values
}

/** The value that a record has for a property of its concept. */
function readValue(planned: PlannedMapping, each: PropertyMapping, scope: RecordScope): Json {
  const { mapping } = planned
  const declared = targetProperty(planned, each)
  const common = valueByVocabulary(rawValue(planned, each, scope), each, 'here', 'there')
  const filled = declared?.blank === true ? call.if(call.neq(common, ''), common) : common
  const value = valueAsType(filled, declared?.type)
  const isKey =
    targetProperty(planned, each)?.rule === 'key' || (planned.concept.concept.keys ?? []).flat().includes(each.to ?? '')
  if (mapping.deletion === undefined || isKey) return value
  return call.if(call.not(isMarkedDeleted(planned, scope)), value)
}

/** A value in the other words of a vocabulary; one that is not in it stays. */
export function valueByVocabulary(
  value: Json,
  { values }: PropertyMapping,
  from: 'here' | 'there',
  to: 'here' | 'there',
): Json {
  if (values === undefined) return value
  const constantValue = (json: Json): Json => (typeof json === 'string' ? textData(json) : json)
  return call.caseEq(value, ...values.flatMap((each) => [constantValue(each[from]), constantValue(each[to])]), value)
}

function rawValue({ mapping }: PlannedMapping, each: PropertyMapping, scope: RecordScope): Json {
  if (each.position === 'index') return call.rjust(10, '0', call.string('_S.key'))
  if (each.position !== undefined) {
    const other = each.position === 'previous' ? call['-']('_S.key', 1) : call['+']('_S.key', 1)
    const neighbour = call.if(call.gte(other, 0), call.nth(other, pathTo(scope.around, 'raw', ...(mapping.list ?? []))))
    return call.string(neighbour)
  }
  if (each.in !== undefined) return expressionToDtl(each.in, scope.sql)
  if (each.element === true) return scope.whole
  if (each.path !== undefined) return insidePath(scope, each.path)
  return scope.column(each.from ?? '')
}

/** A value as a type of the model, where it is the text of one. */
export function valueAsType(value: Json, type: PropertyType | undefined): Json {
  // The type of a constant is known.
  if (typeof value === 'boolean' || typeof value === 'number') return value
  if (type === 'number') return call.if(call.isString(value), call.decimal(value), value)
  if (type === 'boolean')
    return call.if(call.isString(value), call.caseEq(call.lower(value), 'true', true, 'false', false, null), value)
  return value
}

/** Whether the system marks the record as deleted. */
export function isMarkedDeleted({ mapping: { deletion } }: PlannedMapping, scope: RecordScope): Json {
  if (deletion === undefined) return false
  const marker = scope.column(deletion.property)
  if (deletion.means === 'deleted') return call.neq(marker, false)
  if (deletion.means === 'active') return call.neq(marker, true)
  return call.isNotNull(marker)
}

export function modifiedOf(modified: Modified | undefined, scope: RecordScope): Json | undefined {
  if (modified === undefined) return undefined
  if (typeof modified === 'string') return scope.column(modified)
  return expressionToDtl(modified.expression, scope.sql)
}
