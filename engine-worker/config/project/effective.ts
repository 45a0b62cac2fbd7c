/**
 * The configuration a pipe really runs with: variables put in, conditional source, transforms and sink followed to the
 * chosen alternative, chains flattened, the sink defaulted to a dataset named as the pipe, node metadata applied.
 * Each part keeps the path at which it stands in the pipe as written, so that problems point there.
 */

import type { Namespaces } from '../../dtl/evaluation.ts'
import { get, put } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { locate, type Problem, problem } from '../../problem.ts'
import { declaredKind } from '../model/declared.ts'
import type { KindRole } from '../model/define.ts'
import { DEFAULT_SINK } from '../model/syntax.ts'
import { namespaceSettings } from './namespaces.ts'
import { type ConfigComponent, type Configuration, nameOf } from './project.ts'
import { withCanonicalDatasets } from './system-datasets.ts'
import { chooseAlternative, conditionalProperties, type Substitution, substitute } from './variables.ts'

/** A source, transform, sink or pump in effect. */
export interface Part {
  readonly type: string
  readonly config: JsonObject
  /** Where it stands in the pipe as written. */
  readonly path: JsonPath
}

/** A pipe as it runs. */
export interface EffectivePipe {
  readonly id: string
  readonly file: string
  /** As written. */
  readonly original: JsonObject
  /** The pipe's own properties with variables put in; source, transform and sink are in the parts. */
  readonly config: JsonObject
  readonly source: Part
  readonly transforms: readonly Part[]
  readonly sink: Part
  readonly pump: Part
  readonly metadata: JsonObject
  readonly namespaces: Namespaces
  readonly addNamespaces: boolean
  readonly removeNamespaces: boolean
  /** `global_defaults` of the node metadata. */
  readonly defaults: JsonObject
  readonly node: JsonObject
  readonly problems: readonly Problem[]
  /** Whether it can run at all: no problem of severity error. */
  readonly valid: boolean
}

/** A system with variables put in; secrets stay as written. */
export interface EffectiveSystem {
  readonly id: string
  readonly type: string
  readonly file: string
  readonly config: JsonObject
  readonly problems: readonly Problem[]
}

const pipeWithoutSource = problem<{ pipe: string }>({
  code: 'pipe-without-source',
  severity: 'error',
  says: ({ pipe }) => `The pipe ${pipe} has no source.`,
  fix: () => 'Add a source, for example {"type": "dataset", "dataset": "…"}.',
})
const partNotAnObject = problem<{ part: string; found: string }>({
  code: 'part-not-an-object',
  severity: 'error',
  says: ({ part, found }) => `The ${part} must be an object, but it is ${found}.`,
})
const partWithoutType = problem<{ part: string }>({
  code: 'part-without-type',
  severity: 'error',
  says: ({ part }) => `The ${part} has no type.`,
})

/** The effective node metadata: `{}` where there is none. */
function nodeOf(project: Configuration): JsonObject {
  const before = nodes.get(project.setting)
  if (before) return before
  const written = project.metadata?.config ?? {}
  const to: Substitution = { variables: project.variables, report: () => {} }
  const effective = substitute(conditionalProperties(written, to), to)
  const node = isObject(effective) ? effective : {}
  nodes.set(project.setting, node)
  return node
}
const nodes = new WeakMap<object, JsonObject>()

/**
 * The effective form of a pipe that need not be part of the project (a preview of an edited one). Made once for a
 * component as long as the project's setting stays.
 */
export function effectivePipe(project: Configuration, component: ConfigComponent): EffectivePipe {
  let effectiveBySetting = effectives.get(project.setting)
  if (!effectiveBySetting) {
    effectiveBySetting = new WeakMap()
    effectives.set(project.setting, effectiveBySetting)
  }
  const known = effectiveBySetting.get(component)
  if (known) return known
  const effective = makeEffective(project, component)
  effectiveBySetting.set(component, effective)
  return effective
}
const effectives = new WeakMap<object, WeakMap<ConfigComponent, EffectivePipe>>()

function makeEffective(project: Configuration, component: ConfigComponent): EffectivePipe {
  const { id, file, config: original } = component
  const problems: Problem[] = []
  const report = (found: Problem) => problems.push(locate(found, { file, pipe: id }))
  const to: Substitution = { variables: project.variables, report }
  const written = conditionalProperties(original, to)
  const config = isObject(written) ? written : original
  const node = nodeOf(project)
  const defaults = get(node, 'global_defaults')
  const source = sourceOf(id, get(config, 'source'), to)
  const transforms = transformsOf(get(config, 'transform'), to, ['transform'])
  const sink = sinkOf(id, get(config, 'sink'), to)
  const pump = pumpOf(get(config, 'pump'), to)
  const ownSettings = ownProperties(config, to)
  const metadata = get(ownSettings, 'metadata')
  const settings = namespaceSettings(id, ownSettings, node, isNamespaced('source', source), isNamespaced('sink', sink))
  return {
    id,
    file,
    original,
    config: ownSettings,
    source,
    transforms,
    sink,
    pump,
    metadata: isObject(metadata) ? metadata : {},
    namespaces: settings.namespaces,
    addNamespaces: settings.add,
    removeNamespaces: settings.remove,
    defaults: isObject(defaults) ? defaults : {},
    node,
    problems,
    valid: problems.every(({ severity }) => severity !== 'error'),
  }
}

function isNamespaced(role: KindRole, { type }: Part): boolean {
  return declaredKind(role, type)?.namespaced === true
}

/** The effective form of every pipe, in the project's order. */
export function effectivePipes(project: Configuration): readonly EffectivePipe[] {
  return [...project.pipes.values()].map((pipe) => effectivePipe(project, pipe))
}

/** A system in effect, or null when the project has none by this name. */
export function effectiveSystem(project: Configuration, id: string): EffectiveSystem | null {
  const component = project.systems.get(id)
  if (!component) return null
  const problems: Problem[] = []
  const report = (found: Problem) => problems.push(locate(found, { file: component.file, system: id }))
  const to: Substitution = { variables: project.variables, report }
  const config = substitute(conditionalProperties(component.config, to), to)
  const type = isObject(config) ? get(config, 'type') : undefined
  return {
    id,
    type: typeof type === 'string' ? type : '',
    file: component.file,
    config: isObject(config) ? config : component.config,
    problems,
  }
}

function partOf(role: string, json: Json | undefined, to: Substitution, path: JsonPath): Part {
  const nothing: Part = { type: '', config: {}, path }
  const chosen = chooseAlternative(json ?? null, to, path)
  if (!chosen) return nothing
  if (!isObject(chosen.config)) {
    to.report(partNotAnObject({ part: role, found: nameOf(chosen.config) }, { path: chosen.path }))
    return nothing
  }
  const config = withCanonicalDatasets(substitute(chosen.config, to, chosen.path))
  if (!isObject(config)) return nothing
  const type = get(config, 'type')
  return { type: typeof type === 'string' ? type : '', config, path: chosen.path }
}

function sourceOf(pipe: string, json: Json | undefined, to: Substitution): Part {
  if (json === undefined || json === null) {
    to.report(pipeWithoutSource({ pipe }))
    return { type: '', config: {}, path: ['source'] }
  }
  const reported = countErrors(to)
  const part = partOf('source', json, reported.to, ['source'])
  if (part.type === '' && !reported.any()) to.report(partWithoutType({ part: 'source' }, { path: part.path }))
  return part
}

/** Counts whether an error was reported, so that one mistake gives one problem. */
function countErrors(to: Substitution): { to: Substitution; any: () => boolean } {
  let any = false
  const report = (found: Problem) => {
    if (found.severity === 'error') any = true
    to.report(found)
  }
  return { to: { ...to, report }, any: () => any }
}

/** A transform may be one object, a list, `chained` with `transforms`, or `conditional`, nested in any way. */
function transformsOf(json: Json | undefined, to: Substitution, path: JsonPath): Part[] {
  if (json === undefined || json === null) return []
  if (Array.isArray(json)) return json.flatMap((item, index) => transformsOf(item, to, [...path, index]))
  const chosen = chooseAlternative(json, to, path)
  if (!chosen) return []
  if (chosen.config !== json) return transformsOf(chosen.config, to, chosen.path)
  if (isObject(json) && get(json, 'type') === 'chained') {
    return transformsOf(get(json, 'transforms'), to, [...path, 'transforms'])
  }
  const reported = countErrors(to)
  const part = partOf('transform', json, reported.to, path)
  if (part.type === '' && !reported.any()) to.report(partWithoutType({ part: 'transform' }, { path: part.path }))
  return [part]
}

function sinkOf(pipe: string, json: Json | undefined, to: Substitution): Part {
  const part = json === undefined || json === null ? null : partOf('sink', json, to, ['sink'])
  const type = part?.type || DEFAULT_SINK
  const config = { ...part?.config, type }
  const writes = type === DEFAULT_SINK || declaredKind('sink', type)?.writesDataset !== undefined
  if (writes && typeof get(config, 'dataset') !== 'string') Object.assign(config, { dataset: pipe })
  return { type, config, path: part?.path ?? ['sink'] }
}

function pumpOf(json: Json | undefined, to: Substitution): Part {
  if (json === undefined || json === null) return { type: 'pump', config: {}, path: ['pump'] }
  return { ...partOf('pump', json, to, ['pump']), type: 'pump' }
}

const partNames = new Set(['source', 'transform', 'sink', 'pump'])

function ownProperties(config: JsonObject, to: Substitution): JsonObject {
  const own: JsonObject = {}
  for (const [key, value] of Object.entries(config))
    if (!partNames.has(key)) put(own, key, substitute(value, to, [key]))
  return own
}
