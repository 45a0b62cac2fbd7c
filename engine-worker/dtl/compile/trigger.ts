/**
 * `trigger_on`: entities whose property does not match pass through untransformed; experimental in Sesam
 * (configuration-transforms-dtl.rst).
 */
import { get } from '../../entity/dict.ts'
import { equal } from '../../entity/order.ts'
import { decodeTransit } from '../../entity/transit.ts'
import { type Entity, isDict, type Json, type Value } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { problem } from '../../problem.ts'
import { listOf } from '../coerce.ts'
import { splitPath } from '../tree/path.ts'
import { wildcard } from '../wildcard.ts'
import { type CompilationUnit, reportProblem } from './unit.ts'
import { compileWalk } from './walk.ts'

export const badTrigger = problem<Record<string, never>>({
  code: 'dtl-trigger-on',
  severity: 'error',
  says: () => '"trigger_on" takes a dict with "value" and, optionally, "key".',
  fix: () => 'Write {"key": "_trigger", "value": "some-value*"}.',
})

/** Whether an entity is to be transformed; null when every one is. */
export function compileTrigger(
  unit: CompilationUnit,
  config: Json | undefined,
  at: JsonPath,
): ((entity: Entity) => boolean) | null {
  if (config === undefined || config === null) return null
  const key = isDict(config as Value) ? (get(config as { [key: string]: Json }, 'key') ?? '_trigger') : null
  const value = isDict(config as Value) ? get(config as { [key: string]: Json }, 'value') : undefined
  const segments = typeof key === 'string' ? splitPath(key) : null
  if (segments === null || value === undefined) {
    reportProblem(unit, badTrigger({}), at)
    return null
  }
  const into = compileWalk(segments, unit.namespaces)
  const triggerValue = decodeTransit(value)
  const matches = typeof triggerValue === 'string' ? wildcard(triggerValue) : null
  return (entity) => {
    const found = into(entity)
    if (found === undefined) return false
    return listOf(found).some((each) =>
      matches !== null && typeof each === 'string' ? matches(each) : equal(each, triggerValue),
    )
  }
}
