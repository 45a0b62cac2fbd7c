/** Operations that parts of a pipe name but that neither the part nor its system defines. */
import { nearest } from '../dtl/nearest.ts'
import { get } from '../entity/dict.ts'
import type { Problem } from '../problem.ts'
import { type EffectivePipe, effectiveSystem, type Part } from './effective.ts'
import { unknownOperation } from './operation.ts'
import type { Project } from './project.ts'
import { object, text } from './setting.ts'

/** The problems of all REST parts of a pipe; an operation named by entities only shows when it runs. */
export function operationProblems(project: Project, { source, transforms, sink }: EffectivePipe): Problem[] {
  return [source, ...transforms, sink].filter(({ type }) => type === 'rest').flatMap((part) => unknown(project, part))
}

function unknown(project: Project, { config, path }: Part): Problem[] {
  const operation = text(config, 'operation')
  const name = text(config, 'system')
  const system = name === undefined ? null : effectiveSystem(project, name)
  if (operation === undefined || system === null) return []
  const own = object(config, 'operations')
  const shared = object(system.config, 'operations')
  if (get(own, operation) !== undefined || get(shared, operation) !== undefined) return []
  const suggestion = nearest(operation, [...Object.keys(own), ...Object.keys(shared)]) ?? ''
  return [unknownOperation({ operation, suggestion }, { path: [...path, 'operation'] })]
}
