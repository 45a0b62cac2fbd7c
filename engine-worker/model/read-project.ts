/**
 * An existing project as a model. What a model has generated comes back exactly, since components carry their part of the
 * model; of other pipes the documented patterns are recognised: global pipes that merge, the namespaces of the pipes that
 * they merge, equality rules, coalesce rules, references, and pipes that give a system its own shape. What is not
 * recognised is listed.
 */
import { DEFAULT_TRANSFORM } from '../config/model/syntax.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { type Problem, problem } from '../problem.ts'
import { componentValue } from '../text/project.ts'
import type { Project } from '../text/project-files.ts'
import { call } from './calls.ts'
import type { Normalisation } from './normalise.ts'
import { partOfModel } from './regenerate.ts'

const pipeNotRecognised = problem<{ pipe: string }>({
  code: 'model-pipe-not-recognised',
  severity: 'hint',
  says: ({ pipe }) => `The pipe ${pipe} follows no pattern that a model can say; it stays as it is.`,
})
const stepNotRecognised = problem<{ pipe: string; what: string }>({
  code: 'model-step-not-recognised',
  severity: 'warning',
  says: ({ pipe, what }) => `In the pipe ${pipe}, ${what} follows no pattern that a model can say.`,
  fix: () => 'Say it in the model by a rule or an expression.',
})

/** What was read: the model as JSON, to be read by its shape, and what is not in it. */
interface ProjectModel {
  readonly model: JsonObject
  readonly problems: readonly Problem[]
}

/** Reads a project into a model. */
export function modelOfProject(project: Project): ProjectModel {
  const configs = Object.values(project.components).map(componentValue)
  const generated = configs.filter((config) => partOfModel(config).length > 0)
  const reading = new Reading(configs.filter((config) => partOfModel(config).length === 0))
  reading.recognise()
  return { model: merged(exactParts(generated), reading.model()), problems: reading.problems }
}

type Parts = { systems: JsonObject; concepts: JsonObject; mappings: Json[] }

function merged(exact: Parts, recognised: Parts): JsonObject {
  const datatypesOf = (system: Json | undefined): JsonObject => objectIn(isObject(system) ? system : {}, 'datatypes')
  const systems: Record<string, Json> = { ...recognised.systems }
  for (const [name, system] of Object.entries(exact.systems)) {
    const datatypes = { ...datatypesOf(systems[name]), ...datatypesOf(system) }
    systems[name] = { ...(isObject(system) ? system : {}), datatypes }
  }
  return {
    version: 1,
    systems,
    concepts: { ...recognised.concepts, ...exact.concepts },
    mappings: [...exact.mappings, ...recognised.mappings],
  }
}

/** The parts that generated components carry. */
function exactParts(configs: readonly JsonObject[]): Parts {
  const systems: Record<string, Record<string, Json>> = {}
  const concepts: Record<string, Json> = {}
  const mappings: { at: number; mapping: Json }[] = []
  for (const config of configs) {
    const metadata = objectIn(config, 'metadata')
    const part = get(metadata, 'model_part')
    const [kind, name = '', , datatype = ''] = partOfModel(config)
    if (part === undefined) continue
    if (kind === 'concepts') concepts[name] = part
    else if (kind === 'mappings') mappings.push({ at: Number(get(metadata, 'model_place') ?? 0), mapping: part })
    else if (kind === 'systems' && datatype !== '') {
      const system = systems[name] ?? {}
      const datatypes = isObject(system.datatypes) ? system.datatypes : {}
      systems[name] = { ...system, datatypes: { ...datatypes, [datatype]: part } }
    } else if (kind === 'systems' && isObject(part)) systems[name] = { ...part, ...(systems[name] ?? {}) }
  }
  const inOrder = mappings.sort((a, b) => a.at - b.at).map(({ mapping }) => mapping)
  return { systems, concepts, mappings: inOrder }
}

function objectIn(config: JsonObject, key: string): JsonObject {
  const value = get(config, key)
  return isObject(value) ? value : {}
}

function listIn(config: JsonObject, key: string): readonly Json[] {
  const value = get(config, key)
  return Array.isArray(value) ? value : []
}

const nameOf = (list: readonly Json[]): Json => list[0] ?? null
const copy = nameOf(call.copy())
const add = nameOf(call.add())
const coalesces = [nameOf(call.coalesceArgs()), nameOf(call.coalesce())]
const list = nameOf(call.list())
const makesReference = nameOf(call.makeNi())
const equal = nameOf(call.eq())
const ways: readonly (readonly [Json, Normalisation])[] = [
  [nameOf(call.lower()), 'lower'],
  [nameOf(call.strip()), 'trim'],
]

/** A value of one of the merged datasets. */
interface Value {
  readonly mapping: Recognised
  readonly path: readonly string[]
  readonly normalise: readonly Normalisation[]
}

/** A mapping that takes shape. */
interface Recognised {
  readonly name: string
  readonly namespace: string
  readonly pipe: string
  readonly system: string
  readonly datatype: string
  readonly concept: string
  readonly properties: Map<
    string,
    { readonly path: readonly string[]; priority?: number; out?: boolean; references?: string }
  >
}

class Reading {
  readonly problems: Problem[] = []
  private readonly pipes: ReadonlyMap<string, JsonObject>
  private readonly systemNames: readonly string[]
  private readonly used = new Set<string>()
  private readonly mappings: Recognised[] = []
  private readonly concepts = new Map<string, { keys: string[][]; properties: Map<string, Record<string, Json>> }>()
  private readonly systems = new Map<string, JsonObject>()

  constructor(configs: readonly JsonObject[]) {
    const typed = (kind: RegExp): [string, JsonObject][] =>
      configs.flatMap((config) =>
        kind.test(String(get(config, 'type'))) ? [[String(get(config, '_id')), config]] : [],
      )
    this.pipes = new Map(typed(/^pipe$/))
    for (const [name, config] of typed(/^system:/)) this.systems.set(name, config)
    this.systemNames = [...this.systems.keys()].sort((a, b) => b.length - a.length)
  }

  recognise(): void {
    const globals = [...this.pipes].filter(([id, config]) => isGlobal(id, config))
    for (const [id, config] of globals) this.inputs(id, config)
    for (const [id, config] of globals) this.global(id, config)
    for (const mapping of this.mappings) this.references(mapping)
    for (const [id, config] of this.pipes) this.transform(id, config)
    for (const id of this.pipes.keys())
      if (!this.used.has(id)) this.problems.push(pipeNotRecognised({ pipe: id }, { pipe: id }))
  }

  model(): Parts {
    const systems: Record<string, { config?: Json; datatypes: Record<string, Json> }> = {}
    for (const { system, datatype, pipe } of this.mappings) {
      const { _id: _, metadata: __, ...config } = this.systems.get(system) ?? {}
      const known = systems[system] ?? { ...(this.systems.has(system) ? { config } : {}), datatypes: {} }
      known.datatypes[datatype] = { key: this.keyOf(pipe) }
      systems[system] = known
    }
    const concepts = [...this.concepts].map(([name, { keys, properties }]) => {
      return [name, { ...(keys.length > 0 ? { keys } : {}), properties: Object.fromEntries(properties) }] as const
    })
    const mappings = this.mappings.map(({ name, system, datatype, concept, properties }): Json => {
      const each = [...properties].map(([to, { path, priority, out, references }]) => ({
        ...(path.length === 1 ? { from: path[0] ?? '' } : { path: [...path] }),
        to,
        ...(out === true ? {} : { direction: 'in' }),
        ...(priority === undefined ? {} : { priority }),
        ...(references === undefined ? {} : { references }),
      }))
      return { name, system, datatype, concept, properties: each }
    })
    return { systems: { ...systems }, concepts: Object.fromEntries(concepts), mappings }
  }

  private say(pipe: string, what: string, path: JsonPath): void {
    this.problems.push(stepNotRecognised({ pipe, what }, { pipe, path }))
  }

  /** The pipes that a global pipe merges, each as a mapping, by the names that they have in it. */
  private inputs(id: string, config: JsonObject): void {
    this.used.add(id)
    const concept = id.replace(/^global-/, '')
    this.concepts.set(concept, { keys: [], properties: new Map() })
    for (const { dataset } of mergedIn(config)) {
      this.used.add(dataset)
      const namespace = String(get(objectIn(this.pipes.get(dataset) ?? {}, 'namespaces'), 'property') ?? dataset)
      const base = namespace.replace(/-enrich$/, '')
      const known = this.systemNames.find((name) => base.startsWith(`${name}-`))
      const system = known ?? base.split('-')[0] ?? base
      const datatype = base.slice(system.length + 1) || 'record'
      const name = base.replace(/[^A-Za-z0-9_-]/g, '-').replace(/^[^A-Za-z]+/, '') || 'mapping'
      const taken = this.mappings.filter((each) => each.name.replace(/-\d+$/, '') === name).length
      this.mappings.push({
        name: taken === 0 ? name : `${name}-${taken + 1}`,
        namespace,
        pipe: dataset,
        system,
        datatype,
        concept,
        properties: new Map(),
      })
    }
  }

  private global(id: string, config: JsonObject): void {
    const concept = id.replace(/^global-/, '')
    const aliases = new Map(mergedIn(config).map(({ dataset, alias }) => [alias, dataset]))
    const valueFor = (expression: Json): Value | null => this.value(concept, expression, aliases)
    for (const [index, [place, step]] of stepsOf(config).entries()) {
      if (Array.isArray(step) && step[0] === copy && index === 0) continue
      const values = Array.isArray(step) && step[0] === add ? goldenValues(step[2] ?? null).map(valueFor) : [null]
      if (!Array.isArray(step) || values.length === 0 || values.includes(null)) this.say(id, `step ${index + 1}`, place)
      else
        for (const [rank, value] of values.entries())
          if (value) this.takes(concept, String(step[1]), value, values.length > 1 ? rank + 1 : undefined)
    }
    const source = objectIn(config, 'source')
    for (const key of ['equality', 'equality_sets'] as const)
      for (const [index, rule] of listIn(source, key).entries()) {
        const parts = Array.isArray(rule) ? (rule[0] === equal ? rule.slice(1) : rule) : []
        const values = parts.map(valueFor)
        if (values.length < 2 || values.includes(null))
          this.say(id, `equality rule ${index + 1}`, ['source', key, index])
        else
          this.key(
            concept,
            values.filter((value) => value !== null),
          )
      }
  }

  /** `_S.crm-person:email`, `c.email`, or a call around it that writes values alike. */
  private value(concept: string, expression: Json, aliases: ReadonlyMap<string, string>): Value | null {
    if (Array.isArray(expression)) {
      const way = ways.find(([name]) => name === expression[0])
      const inside =
        way === undefined || expression.length !== 2 ? null : this.value(concept, expression[1] ?? null, aliases)
      return inside === null || way === undefined ? null : { ...inside, normalise: [...inside.normalise, way[1]] }
    }
    if (typeof expression !== 'string') return null
    const [variable = '', ...keys] = expression.split('.')
    const path = keys.map((key) => key.slice(key.lastIndexOf(':') + 1))
    if (path.length === 0 || path.some((key) => key === '' || key.startsWith('$') || key.startsWith('_'))) return null
    const namespace = keys[0]?.includes(':') === true ? keys[0].slice(0, keys[0].lastIndexOf(':')) : null
    const mapping = this.mappings.find((each) => {
      if (each.concept !== concept) return false
      return variable === '_S' ? each.namespace === namespace : aliases.get(variable) === each.pipe
    })
    return mapping === undefined ? null : { mapping, path, normalise: [] }
  }

  private takes(concept: string, property: string, { mapping, path }: Value, priority?: number): void {
    mapping.properties.set(property, { path, ...(priority === undefined ? {} : { priority }) })
    this.concepts.get(concept)?.properties.set(property, { rule: 'priority' })
  }

  /** Equal values of several mappings: one property, under the name that the concept has for one of them. */
  private key(concept: string, values: readonly Value[]): void {
    const known = this.concepts.get(concept)
    const nameIn = ({ mapping, path }: Value): string | undefined =>
      [...mapping.properties].find(([, each]) => each.path.join('.') === path.join('.'))?.[0]
    const name = values.map(nameIn).find((each) => each !== undefined) ?? values[0]?.path.at(-1) ?? 'key'
    const normalise = [...new Set(values.flatMap((value) => value.normalise))]
    for (const { mapping, path } of values) if (!mapping.properties.has(name)) mapping.properties.set(name, { path })
    const before = known?.properties.get(name)
    known?.properties.set(name, { rule: 'key', ...before, ...(normalise.length > 0 ? { normalise } : {}) })
    if (known && !known.keys.some(([each]) => each === name)) known.keys.push([name])
  }

  /** Identifiers that a pipe makes of its properties: references to what another mapping reads. */
  private references(mapping: Recognised): void {
    for (const [place, step] of stepsOf(this.pipes.get(mapping.pipe) ?? {})) {
      if (!Array.isArray(step) || step[0] !== makesReference) continue
      const [, namespace, property] = step
      const target = this.mappings.find((each) => each.namespace === namespace || each.name === namespace)
      if (target === undefined || typeof property !== 'string') {
        this.say(mapping.pipe, `the reference to ${String(namespace)}`, place)
        continue
      }
      mapping.properties.set(property, { path: [property], references: target.name })
      const { properties } = this.concepts.get(mapping.concept) ?? { properties: new Map() }
      properties.set(property, { rule: 'priority', references: target.concept })
    }
  }

  /** A pipe from a global pipe to a system: its properties go out, too. */
  private transform(id: string, config: JsonObject): void {
    const base = /^(.*?)-(?:transform(?:-split)?|share(?:-\w+)?|collect|all)$/.exec(id)?.[1]
    const mapping = this.mappings.find(({ name }) => name === base)
    if (mapping === undefined) return
    this.used.add(id)
    if (!id.endsWith('-transform')) return
    for (const [place, step] of stepsOf(config)) {
      if (!Array.isArray(step) || step[0] !== add || typeof step[1] !== 'string') continue
      const golden = new RegExp(`^_S\\.global-${mapping.concept}:([^.]+)$`).exec(String(step[2]))?.[1]
      if (step[1].startsWith('_') || step[1].startsWith('$')) continue
      if (golden === undefined || !this.concepts.get(mapping.concept)?.properties.has(golden))
        this.say(id, `the property ${step[1]}`, place)
      else mapping.properties.set(golden, { ...mapping.properties.get(golden), path: [step[1]], out: true })
    }
  }

  /** The key of a datatype, where the source of one of the pipes before names it. */
  private keyOf(pipe: string, depth = 0): Json {
    const source = objectIn(this.pipes.get(pipe) ?? {}, 'source')
    const key = get(source, 'primary_key')
    if (typeof key === 'string') return [key]
    if (Array.isArray(key) && key.length > 0) return key
    const dataset = get(source, 'dataset')
    if (typeof dataset === 'string') this.used.add(dataset)
    return typeof dataset === 'string' && depth < 20 ? this.keyOf(dataset, depth + 1) : ['id']
  }
}

function isGlobal(id: string, config: JsonObject): boolean {
  const merges = /^merge(_datasets)?$/.test(String(get(objectIn(config, 'source'), 'type')))
  return merges && (get(objectIn(config, 'metadata'), 'global') === true || id.startsWith('global-'))
}

/** The datasets that a pipe merges, with the names that they have in its rules. */
function mergedIn(config: JsonObject): { dataset: string; alias: string }[] {
  return listIn(objectIn(config, 'source'), 'datasets').flatMap((each) => {
    const [dataset, alias = dataset] = typeof each === 'string' ? each.split(/\s+/) : []
    return dataset === undefined || alias === undefined ? [] : [{ dataset, alias }]
  })
}

/** The steps of the default rule of a pipe, with their places. */
function stepsOf(config: JsonObject): (readonly [JsonPath, Json])[] {
  const given = get(config, 'transform')
  const transforms = Array.isArray(given) ? given : given === undefined ? [] : [given]
  return transforms.flatMap((each, index) => {
    if (!isObject(each) || get(each, 'type') !== DEFAULT_TRANSFORM) return []
    const at: JsonPath = Array.isArray(given) ? ['transform', index] : ['transform']
    const steps = listIn(objectIn(each, 'rules'), 'default')
    return steps.map((step, place) => [[...at, 'rules', 'default', place], step] as const)
  })
}

/** The values of which the first one wins, in order. */
function goldenValues(expression: Json): readonly Json[] {
  if (!Array.isArray(expression)) return [expression]
  const [name, ...args] = expression
  if (!coalesces.includes(name ?? null)) return [expression]
  const [only] = args
  return args.length === 1 && Array.isArray(only) && only[0] === list ? only.slice(1) : args
}
