/**
 * Validation, derived from the declarations: unknown and misspelt keys, wrong types, missing properties, deprecated
 * ones, references to systems and datasets that do not exist, and whatever the DTL compiler finds. Each problem has the
 * file and the JSON path of its place.
 */

import { microservicesIn } from '../config/microservices/read.ts'
import { declaredKind, kindsOf } from '../config/model/declared.ts'
import type { Field, FieldType, KindDeclaration, KindRole } from '../config/model/define.ts'
import { conversionTo, fits, isVariable, typeAmong, typeText } from '../config/model/field-type.ts'
import { rulesProperty } from '../config/model/nested.ts'
import { compiledPart } from '../config/project/compiled.ts'
import { type EffectivePipe, effectivePipe, effectiveSystem } from '../config/project/effective.ts'
import { datasetName } from '../config/project/facts.ts'
import { type ConfigComponent, type Configuration, nameOf } from '../config/project/project.ts'
import { schemaModelProblems } from '../config/project/schema-models.ts'
import { nearest } from '../dtl/nearest.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { Fault, locate, type Problem, problem, renameTo, type Where } from '../problem.ts'
import { nextCron } from './cron.ts'
import { mergeProblems } from './merge-check.ts'
import { emptyName, unknownChoiceOf } from './part-check.ts'
import './kinds.ts'
import type { JsonPath } from '../path.ts'
import { isKnownDataset, type KnownNames, knownNamesOf } from './known-names.ts'
import { environmentProblems, microserviceProblems } from './microservice-check.ts'
import { isAbsoluteUrl } from './request.ts'
import { rescanProblems } from './rescan-check.ts'
import { operationProblems } from './rest-check.ts'
import { formatProblem, rangeProblem, ruleProblems, secretProblem, statusKeyProblem } from './rule-check.ts'
import { openingProblems } from './runnable.ts'
import { templateProblems } from './template-check.ts'
import { templatePartProblems } from './template-part-check.ts'

const unknownType = problem<{ role: string; type: string; suggestion: string }>({
  code: 'unknown-type',
  severity: 'error',
  says: ({ role, type }) => `There is no ${role} of type ${type}.`,
  fix: ({ suggestion }) => (suggestion === '' ? 'Choose one of the documented types.' : `Did you mean ${suggestion}?`),
  repair: ({ type, suggestion }) => renameTo(type, suggestion),
})
const unknownKey = problem<{ key: string; kind: string; suggestion: string }>({
  code: 'unknown-key',
  severity: 'hint',
  says: ({ key, kind }) => `${key} is not a documented property of ${kind}.`,
  fix: ({ suggestion }) => (suggestion === '' ? 'Remove it if it has no purpose.' : `Did you mean ${suggestion}?`),
  repair: ({ key, suggestion }) => renameTo(key, suggestion) ?? { change: 'remove', key },
})
const wrongType = problem<{ key: string; wanted: string; found: string }>({
  code: 'wrong-type',
  severity: 'warning',
  says: ({ key, wanted, found }) => `${key} must be ${wanted}, but it is ${found}.`,
})
const missingField = problem<{ key: string; kind: string; initial: string }>({
  code: 'missing-property',
  severity: 'warning',
  says: ({ key, kind }) => `The property ${key} is missing: ${kind} needs it.`,
  repair: ({ key, initial }) => (initial === '' ? null : { change: 'add', key, value: initial }),
})
const deprecatedField = problem<{ key: string; instead: string }>({
  code: 'deprecated-property',
  severity: 'hint',
  says: ({ key, instead }) => `${key} is deprecated. ${instead}`,
})
const unknownSystem = problem<{ system: string; suggestion: string }>({
  code: 'unknown-system',
  severity: 'warning',
  says: ({ system }) => `There is no system ${system}.`,
  fix: ({ suggestion }) => (suggestion === '' ? 'Add the system, or name another one.' : `Did you mean ${suggestion}?`),
  repair: ({ system, suggestion }) => renameTo(system, suggestion),
})
const unknownDataset = problem<{ dataset: string; suggestion: string }>({
  code: 'unknown-dataset',
  severity: 'warning',
  says: ({ dataset }) => `No pipe fills the dataset ${dataset}; it is empty.`,
  fix: ({ suggestion }) =>
    suggestion === '' ? 'Add a pipe that fills it, or name another one.' : `Did you mean ${suggestion}?`,
  repair: ({ dataset, suggestion }) => renameTo(dataset, suggestion),
})

/** Every problem of a project: of its files, and of each component. */
export function checkProject(project: Configuration): Problem[] {
  const names = knownNamesOf(project)
  const problems = [...project.problems, ...microservicesIn(project.manifests).problems]
  for (const component of project.pipes.values()) problems.push(...checkPipe(project, component, names))
  for (const component of project.systems.values()) problems.push(...checkSystem(project, component, names))
  if (project.metadata) problems.push(...checkMetadata(project.metadata, names))
  return [...problems, ...schemaModelProblems(project.schemaModels, names.pipes)]
}

/** Every problem of one pipe, its DTL included. Found once, until the pipe or what it may name changes. */
function checkPipe(project: Configuration, component: ConfigComponent, names: KnownNames): readonly Problem[] {
  const known = checkedComponents.get(component)
  if (known?.setting === project.setting && known.names === names) return known.problems
  const problems = findProblems(project, component, names)
  checkedComponents.set(component, { setting: project.setting, names, problems })
  return problems
}

const checkedComponents = new WeakMap<
  ConfigComponent,
  { readonly setting: object; readonly names: KnownNames; readonly problems: readonly Problem[] }
>()

function findProblems(project: Configuration, component: ConfigComponent, names: KnownNames): readonly Problem[] {
  const effective = effectivePipe(project, component)
  const problems = [...effective.problems]
  const placesWithProblems = new Set(problems.map(({ where }) => pathText(where.path ?? [])))
  const where: Where = { file: component.file, pipe: component.id }
  const check = new ComponentCheck(names, (found) => {
    // What was found while the pipe was put together is not said twice.
    if (!placesWithProblems.has(pathText(found.where.path ?? []))) problems.push(locate(found, where))
  })
  const declaration = declaredKind('pipe', 'pipe')
  if (declaration) check.object(component.config, declaration.fields, [], 'a pipe', true)
  const more = [
    ...rescanProblems(component.config, effective),
    ...mergeProblems(effective),
    ...operationProblems(project, effective),
    ...templatePartProblems(project, effective),
    ...microserviceProblems(project, effective),
    ...dtlProblems(effective, names),
  ]
  for (const found of more) problems.push(locate(found, where))
  // Templates make rules whose places are not written anywhere; they are checked by their properties.
  const refused = openingProblems(effective, project).filter((found) => isInConfig(component.config, found))
  return withRefusals(
    problems,
    refused.map((found) => locate(found, where)),
  )
}

/** Whether the place of a problem stands in a pipe, or is a property that is missing there. */
function isInConfig(config: Json, { where: { path = [] } }: Problem): boolean {
  let json = config
  for (const step of path.slice(0, -1)) {
    const next = Array.isArray(json) ? json[Number(step)] : isObject(json) ? get(json, String(step)) : undefined
    if (next === undefined) return false
    json = next
  }
  return true
}

/**
 * The problems with those for which a run refuses the pipe. What is said of the same place already says more, and is an
 * error then.
 */
function withRefusals(problems: readonly Problem[], refused: readonly Problem[]): Problem[] {
  const places = new Set(refused.map(({ where }) => pathText(where.path ?? [])))
  const raised = problems.map((found): Problem => {
    const isRefused = found.severity === 'warning' && places.has(pathText(found.where.path ?? []))
    return isRefused ? { ...found, severity: 'error' } : found
  })
  const reported = new Set(
    raised.flatMap(({ code, severity, where }) => {
      return severity === 'error' ? [code, pathText(where.path ?? [])] : []
    }),
  )
  return [
    ...raised,
    ...refused.filter(({ code, where }) => !reported.has(code) && !reported.has(pathText(where.path ?? []))),
  ]
}

/** What the compiler finds, and joins to datasets that no pipe fills. */
function dtlProblems({ transforms, namespaces }: EffectivePipe, names: KnownNames): Problem[] {
  return transforms
    .filter(({ config }) => rulesProperty(config) !== null)
    .flatMap((part) => {
      const { dtl, problems } = compiledPart(part, namespaces)
      const unknown = dtl.facts.rules.flatMap(({ joins, lookups }) =>
        [...joins, ...lookups]
          .filter(({ dataset }) => !isKnownDataset(dataset, names))
          .map(({ dataset, at }) =>
            unknownDataset({ dataset, suggestion: nearest(dataset, names.datasets) ?? '' }, { path: at }),
          ),
      )
      return [...problems, ...unknown]
    })
}

/** Every problem of one system. */
function checkSystem(project: Configuration, component: ConfigComponent, names: KnownNames): Problem[] {
  const problems = [...(effectiveSystem(project, component.id)?.problems ?? [])]
  const where: Where = { file: component.file, system: component.id }
  const check = new ComponentCheck(names, (found) => problems.push(locate(found, where)))
  check.kind('system', component.config, [])
  for (const found of environmentProblems(project, component)) problems.push(locate(found, where))
  return problems
}

function checkMetadata(component: ConfigComponent, names: KnownNames): Problem[] {
  const problems: Problem[] = []
  const check = new ComponentCheck(names, (found) => problems.push(locate(found, { file: component.file })))
  const declaration = declaredKind('metadata', 'metadata')
  if (declaration) check.object(component.config, declaration.fields, [], 'the node metadata', true)
  return problems
}

/** Objects that may hold anything besides their declared fields. */
const unlistedKeys = new Set(['metadata', 'trace'])

class ComponentCheck {
  constructor(
    private readonly names: KnownNames,
    private readonly report: (problem: Problem) => void,
  ) {}

  /** A nested source, transform, sink, pump or system. */
  kind(role: KindRole, json: Json, path: JsonPath): void {
    if (Array.isArray(json) && role === 'transform') {
      for (const [index, item] of json.entries()) this.kind(role, item, [...path, index])
      return
    }
    if (!isObject(json)) {
      if (!isVariable(json))
        this.report(wrongType({ key: String(path.at(-1) ?? role), wanted: 'an object', found: nameOf(json) }, { path }))
      return
    }
    const plain = this.declarationOf(role, json, path)
    if (!plain) return
    const declaration = this.names.described(plain, json)
    const what = titleOf(declaration)
    this.object(json, declaration.fields, path, what, true)
    for (const found of ruleProblems(json, declaration.rules ?? [], path, what)) this.report(found)
  }

  private declarationOf(role: KindRole, json: JsonObject, path: JsonPath): KindDeclaration | undefined {
    if (role === 'pump') return declaredKind('pump', 'pump')
    const type = get(json, 'type') ?? (role === 'sink' ? 'dataset' : undefined)
    if (typeof type !== 'string' || isVariable(type)) return undefined
    const declaration = declaredKind(role, type)
    if (!declaration) {
      const suggestion =
        nearest(
          type,
          kindsOf(role).map((kind) => kind.type),
        ) ?? ''
      this.report(unknownType({ role, type, suggestion }, { path: [...path, 'type'] }))
    }
    return declaration
  }

  object(json: JsonObject, fields: readonly Field[], path: JsonPath, what: string, typed = false): void {
    const declared = new Map(fields.map((field) => [field.name, field]))
    for (const [key, value] of Object.entries(json)) {
      const field = declared.get(key)
      if (field) this.checkField({ ...field, type: typeAmong(field.type, json) }, value, [...path, key])
      else if (!(typed && key === 'type') && !/^[_$]/.test(key) && !unlistedKeys.has(String(path.at(-1)))) {
        const suggestion = nearest(key, declared.keys()) ?? ''
        this.report(unknownKey({ key, kind: what, suggestion }, { path: [...path, key] }))
      }
    }
    for (const field of fields) {
      if (!field.required || !applies(field, json) || isExcused(field, json)) continue
      const value = get(json, field.name)
      if (value === undefined || value === null)
        this.report(missingField({ key: field.name, kind: what, initial: initialOf(field) }, { path }))
    }
  }

  private checkField(field: Field, value: Json, path: JsonPath): void {
    if (field.deprecated !== undefined) {
      this.report(deprecatedField({ key: field.name, instead: field.deprecated }, { path }))
    }
    if (field.template) for (const found of templateProblems(value, path)) this.report(found)
    if (value !== null) this.checkValue(field.type, value, path)
  }

  private checkValue(type: FieldType, value: Json, path: JsonPath): void {
    if (isVariable(value)) return
    const key = String(path.at(-1) ?? '')
    if (!fits(type, value)) {
      if (type.is === 'choice' && typeof value === 'string') this.report(unknownChoiceOf(type.of, key, value, path))
      else
        this.report(withRepair(wrongType({ key, wanted: typeText(type), found: nameOf(value) }, { path }), type, value))
      return
    }
    switch (type.is) {
      case 'reference':
        if (typeof value === 'string') this.checkReference(type, value, path)
        break
      case 'integer':
      case 'number':
      case 'secret': {
        const found = type.is === 'secret' ? secretProblem(value, path) : rangeProblem(type, value, path)
        if (found) this.report(found)
        break
      }
      case 'text': {
        const found = type.format && typeof value === 'string' ? formatProblem(type.format, value, path) : null
        if (found) this.report(found)
        break
      }
      case 'cron':
        if (typeof value === 'string' && value.trim() !== '') this.checkCron(value, path)
        break
      case 'list':
        for (const [index, item] of (Array.isArray(value) ? value : []).entries())
          this.checkValue(type.of, item, [...path, index])
        break
      case 'map':
        if (isObject(value)) for (const [name, item] of Object.entries(value)) this.checkEntry(type, name, item, path)
        break
      case 'object':
        if (isObject(value)) this.object(value, type.fields, path, key)
        break
      case 'kind':
        this.kind(type.of, value, path)
        break
      case 'either': {
        const one = type.of.find((each) => fits(each, value))
        if (one) this.checkValue(one, value, path)
        break
      }
    }
  }

  private checkEntry(type: Extract<FieldType, { is: 'map' }>, name: string, item: Json, path: JsonPath): void {
    const wrong = type.keys === 'status-codes' ? statusKeyProblem(name, path) : null
    if (wrong) this.report(wrong)
    this.checkValue(type.of, item, [...path, name])
  }

  private checkCron(expression: string, path: JsonPath): void {
    try {
      nextCron(expression, 0)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      this.report(locate(error.problem, { path }))
    }
  }

  private checkReference(type: Extract<FieldType, { is: 'reference' }>, value: string, path: JsonPath): void {
    const name = type.aliased ? datasetName(value) : value
    if (name.trim() === '') {
      // A default of forms, where nothing is named yet, and what runs do without.
      const key = String(path.findLast((step) => typeof step === 'string') ?? '')
      const found = emptyName({ key, to: type.to }, { path })
      this.report({ ...found, severity: 'warning' })
    } else if (type.to === 'system') {
      if (this.names.systems.has(name)) return
      this.report(unknownSystem({ system: name, suggestion: nearest(name, this.names.systems.keys()) ?? '' }, { path }))
    } else if (type.to === 'dataset' && path[0] !== 'sink' && !isKnownDataset(name, this.names)) {
      this.report(unknownDataset({ dataset: name, suggestion: nearest(name, this.names.datasets) ?? '' }, { path }))
    }
  }
}

function titleOf({ role, type }: KindDeclaration): string {
  return role === 'pump' ? 'a pump' : `the ${type} ${role}`
}

/** Whether a field has a place in this object at all (`when`). */
function applies(field: Field, json: JsonObject): boolean {
  return Object.entries(field.when ?? {}).every(([key, values]) => values.includes(get(json, key) ?? null))
}

/** Whether a required property can be absent because another one holds a whole address. */
function isExcused({ unlessAbsolute }: Field, json: JsonObject): boolean {
  const url = unlessAbsolute === undefined ? null : get(json, unlessAbsolute)
  return typeof url === 'string' && isAbsoluteUrl(url)
}

/** The value that a required property gets: what counts without it, or the first of its choices; else nothing. */
function initialOf({ type, default: otherwise }: Field): string {
  if (typeof otherwise === 'string') return otherwise
  return type.is === 'choice' ? (type.of[0] ?? '') : ''
}

/** The problem of a value of the wrong type, with the same value as the right type where there is one. */
function withRepair(found: Problem, type: FieldType, value: Json): Problem {
  const repair = conversionTo(type, value)
  return repair === null ? found : { ...found, repair }
}

function pathText(path: JsonPath): string {
  return path.join('\u0000')
}
