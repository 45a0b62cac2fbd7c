/** Problems of a configuration in the form of the node's API: `config-errors` with a level, words and a JSON path. */

import type { Configuration } from '../../config/project/project.ts'
import { checkProject } from '../../connectors/check.ts'
import type { Json, JsonObject } from '../../entity/value.ts'
import type { Problem } from '../../problem.ts'

/** One problem of a component; a type, since interfaces are not JSON objects. */
export type ConfigError = { readonly level: 'error' | 'warning'; readonly msg: string; readonly elements: string }

/** What a node refuses, although a project can be worked on with it. */
const refusedCodes = new Set(['missing-property', 'wrong-type'])

/** The problems of each component by file; hints are left out. */
export function configErrors(project: Configuration): ReadonlyMap<string, readonly ConfigError[]> {
  const found = new Map<string, ConfigError[]>()
  for (const problem of checkProject(project)) {
    const { file } = problem.where
    if (file === undefined || problem.severity === 'hint') continue
    const list = found.get(file) ?? []
    found.set(file, list)
    list.push(configError(problem))
  }
  return found
}

function configError({ code, severity, message, fix, where }: Problem): ConfigError {
  const level = severity === 'error' || refusedCodes.has(code) ? 'error' : 'warning'
  return { level, msg: fix === undefined ? message : `${message} ${fix}`, elements: elementsOf(where.path ?? []) }
}

/** A JSON path in bracket form: `$['source']['type']`. */
function elementsOf(path: readonly (string | number)[]): string {
  return `$${path.map((step) => (typeof step === 'number' ? `[${step}]` : `['${step}']`)).join('')}`
}

/** One element of `validation_errors`. */
export function validationError(posted: Json, errors: readonly ConfigError[]): JsonObject {
  return { 'posted-config': posted, 'config-errors': errors.map((error) => ({ ...error })) }
}

export function hasError(errors: readonly ConfigError[]): boolean {
  return errors.some(({ level }) => level === 'error')
}
