/** What REST parts of a pipe get wrong about operations: names that are not defined, and settings that need others. */

import { declaredKind } from '../config/model/declared.ts'
import { objectSetting, textListSetting, textSetting } from '../config/model/setting.ts'
import { type EffectivePipe, effectiveSystem, type Part } from '../config/project/effective.ts'
import type { Configuration } from '../config/project/project.ts'
import { nearest } from '../dtl/nearest.ts'
import { get } from '../entity/dict.ts'
import { isObject, type JsonObject } from '../entity/value.ts'
import { type Problem, problem } from '../problem.ts'
import { placeIn, unknownOperation } from './operation.ts'

const noPageSize = problem<{ operation: string }>({
  code: 'page-size-missing',
  severity: 'warning',
  says: ({ operation }) => `The operation ${operation} ends paging by not-full-page, which needs page_size.`,
  fix: () => 'Set page_size to the number of entities in a full page.',
})

/** The problems of all REST parts of a pipe; an operation named by entities only shows when it runs. */
export function operationProblems(project: Configuration, { source, transforms, sink }: EffectivePipe): Problem[] {
  const parts = [['source', source], ...transforms.map((part) => ['transform', part] as const), ['sink', sink]] as const
  return parts
    .filter(([role, { type }]) => declaredKind(role, type)?.fields.some(({ name }) => name === 'operation') === true)
    .flatMap(([, part]) => partProblems(project, part))
}

function partProblems(project: Configuration, part: Part): Problem[] {
  const name = textSetting(part.config, 'operation')
  const systemName = textSetting(part.config, 'system')
  const system = systemName === undefined ? null : effectiveSystem(project, systemName)
  if (name === undefined || system === null) return []
  const own = objectSetting(part.config, 'operations')
  const shared = objectSetting(system.config, 'operations')
  const operation = get(own, name) ?? get(shared, name)
  const { where = {} } = placeIn(part, ['operation'])
  if (isObject(operation)) return hasPageSize(operation) ? [] : [noPageSize({ operation: name }, where)]
  if (operation !== undefined) return []
  const suggestion = nearest(name, [...Object.keys(own), ...Object.keys(shared)]) ?? ''
  // With a condition, only the entities that meet it need the operation.
  const isNeeded = get(part.config, 'trigger_on') === undefined
  return [{ ...unknownOperation({ operation: name, suggestion }, where), ...(isNeeded ? {} : { severity: 'warning' }) }]
}

/** Whether the size of a page is known where the end of paging is recognised by it. */
function hasPageSize(operation: JsonObject): boolean {
  const strategies = textListSetting(operation, 'next_page_termination_strategy') ?? []
  return !strategies.includes('not-full-page') || get(operation, 'page_size') !== undefined
}
