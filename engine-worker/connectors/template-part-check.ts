/** What template transforms get wrong: operations that their system lacks, settings that exclude or need others, and rules. */
import { declaredKind } from '../config/model/declared.ts'
import { objectSetting, textSetting } from '../config/model/setting.ts'
import { compiledPart } from '../config/project/compiled.ts'
import { type EffectivePipe, effectiveSystem, type Part } from '../config/project/effective.ts'
import type { Configuration } from '../config/project/project.ts'
import { nearest } from '../dtl/nearest.ts'
import { get } from '../entity/dict.ts'
import { isObject } from '../entity/value.ts'
import { type Problem, problem } from '../problem.ts'
import { unknownOperation } from './operation.ts'
import { templateFields } from './transforms/template/fields.ts'

const bothLookups = problem<Record<never, never>>({
  code: 'template-two-lookups',
  severity: 'warning',
  says: () => 'operation_lookup is not used, because operation_lookup_delete is set.',
  fix: () => 'Remove one of them; a second template transform can do the other lookup.',
})

const lookupWithoutSystem = problem<{ operation: string }>({
  code: 'template-lookup-without-system',
  severity: 'error',
  says: ({ operation }) => `The operation ${operation} has no REST system to be called on.`,
  fix: () => 'Name the system in rest_system.',
})

const defaultOperationMissing = problem<{ operation: string; property: string; system: string }>({
  code: 'template-operation-missing',
  severity: 'hint',
  says: ({ operation, system }) =>
    `The template calls the operation ${operation} when it is needed, but ${system} does not define it.`,
  fix: ({ property }) => `Define it, or name another one in ${property}.`,
})

/** The operations that `transform-share-rest` has names for, and the properties of each template that name one. */
const operationProperty = /^operation(?:_(?:lookup|insert|update|delete|lookup_delete))?$/

/** The properties with named rules. */
const ruleProperties = ['rules', 'rewrite_rules_payload', 'rewrite_rules_lookup', 'rewrite_rules_mutation']

/** The problems of all transforms of a pipe that use a built-in template. */
export function templatePartProblems(project: Configuration, pipe: EffectivePipe): Problem[] {
  return pipe.transforms
    .filter(({ type }) => declaredKind('transform', type)?.fields.some((field) => field.type.is === 'variants'))
    .flatMap((part) => [...operationProblems(project, part), ...ruleProblems(part, pipe)])
}

function operationProblems(project: Configuration, part: Part): Problem[] {
  const fields = Object.entries(templateFields).find(([name]) => name === part.config.template)?.[1]
  const properties = objectSetting(part.config, 'properties')
  const placeOfProperty = (name: string) => ({ path: [...part.path, 'properties', name] })
  const lookups = ['operation_lookup', 'operation_lookup_delete'].filter(
    (name) => textSetting(properties, name) !== undefined,
  )
  const isCollect = fields === templateFields['transform-collect-rest']
  const problems = isCollect && lookups.length > 1 ? [bothLookups({}, placeOfProperty('operation_lookup'))] : []
  // Sharing calls an operation only where it is due, the other templates for each entity.
  const severity = fields === templateFields['transform-share-rest'] ? 'warning' : 'error'
  const systemName = textSetting(properties, 'rest_system')
  const system = systemName === undefined ? null : effectiveSystem(project, systemName)
  const known = system === null ? [] : Object.keys(objectSetting(system.config, 'operations'))
  for (const { name: property, default: otherwise } of fields ?? []) {
    if (!operationProperty.test(property)) continue
    const operation = textSetting(properties, property)
    if (operation === undefined && typeof otherwise !== 'string') continue
    const name = operation ?? String(otherwise)
    if (systemName === undefined && operation !== undefined)
      problems.push(lookupWithoutSystem({ operation: name }, placeOfProperty(property)))
    if (system === null || known.includes(name) || name.includes('$ENV(')) continue
    problems.push(
      operation === undefined
        ? defaultOperationMissing(
            { operation: name, property, system: system.id },
            { path: [...part.path, 'properties'] },
          )
        : {
            ...unknownOperation({ operation: name, suggestion: nearest(name, known) ?? '' }, placeOfProperty(property)),
            severity,
          },
    )
  }
  return problems
}

/** What the compiler finds in named rules, at their place. */
function ruleProblems(part: Part, { namespaces }: EffectivePipe): Problem[] {
  const properties = objectSetting(part.config, 'properties')
  return ruleProperties.flatMap((name) => {
    const rules = get(properties, name)
    if (!isObject(rules)) return []
    const own: Part = { ...part, config: { rules: { default: [], ...rules } } }
    const depth = part.path.length
    return compiledPart(own, namespaces).problems.map((found) => {
      const { path } = found.where
      if (path === undefined) return found
      return { ...found, where: { ...found.where, path: [...part.path, 'properties', name, ...path.slice(depth + 1)] } }
    })
  })
}
