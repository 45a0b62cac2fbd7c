/**
 * An existing project as a model. What a model has generated comes back exactly, since components carry their part of the
 * model; of other pipes the documented patterns are recognised: global pipes that merge, the namespaces of the pipes that
 * they merge, equality rules, coalesce rules, references, and pipes that give a system its own shape. What is not
 * recognised is listed.
 */
import { get } from '../entity/dict.ts'
import type { Json, JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { type Problem, problem } from '../problem.ts'
import { sameJson } from '../text/json-equality.ts'
import { componentValue } from '../text/project.ts'
import type { Project } from '../text/project-files.ts'
import { hopIn, plainProperty } from './read-hops.ts'
import { exactParts, type ModelParts, mergedParts } from './read-parts.ts'
import { mappingJson, type Recognised, type RecognisedValue } from './read-recognised.ts'
import {
  conceptName,
  goldenCondition,
  goldenName,
  goldenValues,
  isGlobal,
  listUnder,
  mergedIn,
  mergesDatasets,
  namesProperties,
  normalisingFunctions,
  objectIn,
  referenceIn,
  sourceColumns,
  stepNames,
  stepsOf,
  unitedProperties,
} from './read-steps.ts'
import { partOfModel } from './regenerate.ts'

const { add, copy, equal, filter: filters } = stepNames

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
  return { model: mergedParts(exactParts(generated), reading.model()), problems: reading.problems }
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
    const globals = [...this.pipes].filter(([id, config]) => isGlobal(id, this.withMerge(config)))
    for (const [id, config] of globals) this.inputs(id, this.withMerge(config))
    for (const [id, config] of globals) if (!namesProperties(config)) this.enriched(conceptName(id))
    for (const [id, config] of globals) this.global(id, this.withMerge(config))
    for (const mapping of this.mappings) this.recordFilter(mapping)
    for (const mapping of this.mappings) this.references(mapping)
    // A pipe that sends belongs to the mapping of the one that it reads, which may be told by that one alone.
    for (const isShape of [true, false])
      for (const [id, config] of this.pipes) if (id.endsWith('-transform') === isShape) this.transform(id, config)
    for (const id of this.pipes.keys())
      if (!this.used.has(id)) this.problems.push(pipeNotRecognised({ pipe: id }, { pipe: id }))
  }

  model(): ModelParts {
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
    const mappings = this.mappings.map(mappingJson)
    return { systems: { ...systems }, concepts: Object.fromEntries(concepts), mappings }
  }

  private say(pipe: string, what: string, path: JsonPath): void {
    this.problems.push(stepNotRecognised({ pipe, what }, { pipe, path }))
  }

  /** The pipes that a global pipe merges, each as a mapping, by the names that they have in it. */
  private inputs(id: string, config: JsonObject): void {
    this.used.add(id)
    const concept = conceptName(id)
    this.concepts.set(concept, { keys: [], properties: new Map() })
    for (const [index, { dataset }] of mergedIn(config).entries()) {
      this.used.add(dataset)
      // What reads the merged records gives something back to them; it is no system's.
      if (this.readsFrom(dataset, id)) {
        this.say(id, `what ${dataset} gives back`, ['source', 'datasets', index])
        continue
      }
      const namespace = String(get(objectIn(this.pipes.get(dataset) ?? {}, 'namespaces'), 'property') ?? dataset)
      this.mapping(namespace.replace(/-enrich$/, ''), { namespace, pipe: dataset, concept })
    }
  }

  private readsFrom(pipe: string, dataset: string): boolean {
    return get(objectIn(this.pipes.get(pipe) ?? {}, 'source'), 'dataset') === dataset
  }

  /** Whether a value is one of records that a pipe gives back to the global pipe that it reads. */
  private isGivenBack(id: string, aliases: ReadonlyMap<string, string>, value: Json): boolean {
    const dataset = typeof value === 'string' ? aliases.get(value.split('.')[0] ?? '') : undefined
    return dataset !== undefined && this.readsFrom(dataset, id)
  }

  /** A new mapping, whose system and datatype are in its name. */
  private mapping(base: string, rest: Pick<Recognised, 'namespace' | 'pipe' | 'concept'>): Recognised {
    const known = this.systemNames.find((name) => base.startsWith(`${name}-`))
    const system = known ?? base.split('-')[0] ?? base
    const datatype = base.slice(system.length + 1) || 'record'
    const name = base.replace(/[^A-Za-z0-9_-]/g, '-').replace(/^[^A-Za-z]+/, '') || 'mapping'
    const taken = this.mappings.filter((each) => each.name.replace(/-\d+$/, '') === name).length
    const made = {
      name: taken === 0 ? name : `${name}-${taken + 1}`,
      system,
      datatype,
      properties: new Map(),
      written: new Map(),
      ...rest,
    }
    this.mappings.push(made)
    return made
  }

  /** The pipe, with the source of the merge that it reads where it merges in two pipes. */
  private withMerge(config: JsonObject): JsonObject {
    const dataset = get(objectIn(config, 'source'), 'dataset')
    const before = typeof dataset === 'string' ? this.pipes.get(dataset) : undefined
    if (before === undefined || !mergesDatasets(before) || stepsOf(before).length > 0) return config
    this.used.add(String(dataset))
    return { ...config, source: objectIn(before, 'source') }
  }

  /** Where a concept takes all that its records have: what the pipes before make of the records is its properties. */
  private enriched(concept: string): void {
    for (const mapping of this.mappings) {
      if (mapping.concept !== concept) continue
      for (const [, step] of stepsOf(this.pipes.get(mapping.pipe) ?? {})) {
        if (!Array.isArray(step) || step[0] !== add || typeof step[1] !== 'string' || !/^[A-Za-z]\w*$/.test(step[1]))
          continue
        const [, property, expression = null] = step
        const columns = sourceColumns(expression)
        const [only] = columns ?? []
        if (columns === null || only === undefined) continue
        const isCopy = typeof expression === 'string'
        mapping.properties.set(property, { path: [only], ...(isCopy ? {} : { in: expression }) })
        this.concepts.get(concept)?.properties.set(property, { rule: 'priority' })
      }
    }
  }

  /** Which records of a mapping count. */
  private recordFilter(mapping: Recognised): void {
    for (const [place, step] of stepsOf(this.pipes.get(mapping.pipe) ?? {})) {
      if (!Array.isArray(step) || step[0] !== filters) continue
      const [, condition = null] = step
      if (mapping.filter === undefined && sourceColumns(condition) !== null) mapping.filter = condition
      else this.say(mapping.pipe, 'the filter', place)
    }
  }

  private global(id: string, config: JsonObject): void {
    const concept = conceptName(id)
    const aliases = new Map(mergedIn(config).map(({ dataset, alias }) => [alias, dataset]))
    const valueFor = (expression: Json): RecognisedValue | null => this.value(concept, expression, aliases)
    for (const [index, [place, step]] of stepsOf(config).entries()) {
      if (Array.isArray(step) && step[0] === copy && index === 0) continue
      const kept = unitedProperties(step)?.map(([property, each]) => [property, valueFor(each)] as const)
      if (kept?.every(([, value]) => value !== null)) {
        for (const [property, value] of kept) if (value) this.takes(concept, property, value, undefined, 'all')
        continue
      }
      const values = Array.isArray(step) && step[0] === add ? goldenValues(step[2] ?? null).map(valueFor) : [null]
      if (!Array.isArray(step) || values.length === 0 || values.includes(null)) this.say(id, `step ${index + 1}`, place)
      else
        for (const [rank, value] of values.entries())
          if (value) this.takes(concept, String(step[1]), value, values.length > 1 ? rank + 1 : undefined)
    }
    const source = objectIn(config, 'source')
    for (const key of ['equality', 'equality_sets'] as const)
      for (const [index, rule] of listUnder(source, key).entries()) {
        const parts = Array.isArray(rule) ? (rule[0] === equal ? rule.slice(1) : rule) : []
        const values = parts.filter((part) => !this.isGivenBack(id, aliases, part)).map(valueFor)
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
  private value(concept: string, expression: Json, aliases: ReadonlyMap<string, string>): RecognisedValue | null {
    if (Array.isArray(expression)) {
      const way = normalisingFunctions.find(([name]) => name === expression[0])
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

  private takes(
    concept: string,
    property: string,
    { mapping, path }: RecognisedValue,
    priority?: number,
    rule = 'priority',
  ): void {
    mapping.properties.set(property, { path, ...(priority === undefined ? {} : { priority }) })
    this.concepts.get(concept)?.properties.set(property, { rule })
  }

  /** Equal values of several mappings: one property, under the name that the concept has for one of them. */
  private key(concept: string, values: readonly RecognisedValue[]): void {
    const known = this.concepts.get(concept)
    const nameIn = ({ mapping, path }: RecognisedValue): string | undefined =>
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
      const [made, column] = referenceIn(step)
      const hop = Array.isArray(step) && step[0] === add ? hopIn(step[2] ?? null) : null
      const isReference = hop !== null && ['_id', '$ids'].includes(hop.returns)
      const namespace = made ?? (isReference ? hop.dataset.replace(/-(?:enrich|collect|all)$/, '') : undefined)
      if (namespace === undefined) {
        if (hop !== null) this.say(mapping.pipe, `the hop to ${hop.dataset}`, place)
        continue
      }
      const property = made === undefined && hop !== null ? plainProperty(hop.from.slice('_S.'.length)) : column
      const isOf = (each: Recognised) => each.namespace === namespace || each.name === namespace
      const target = this.mappings.find((each) => isOf(each) || (isReference && each.pipe === hop.dataset))
      if (target === undefined || typeof property !== 'string') {
        this.say(mapping.pipe, `the reference to ${String(namespace)}`, place)
        continue
      }
      mapping.properties.set(property, { path: [property], references: target.name })
      const { properties } = this.concepts.get(mapping.concept) ?? { properties: new Map() }
      properties.set(property, { rule: 'priority', references: target.concept })
    }
  }

  /** A pipe from a global pipe to a system: its properties go out, too. A system that only gets them has a mapping of its own. */
  private transform(id: string, config: JsonObject): void {
    const base = /^(.*?)-(?:transform(?:-split)?|share(?:-\w+)?|endpoint|collect|all)$/.exec(id)?.[1]
    if (base === undefined) return
    const dataset = String(get(objectIn(config, 'source'), 'dataset'))
    const concept = this.concepts.has(conceptName(dataset)) && this.pipes.has(dataset) ? conceptName(dataset) : null
    const isShape = id.endsWith('-transform') || (id.endsWith('-endpoint') && concept !== null)
    const known = this.mappings.find(({ name, concept: own }) => name === base && (concept === null || own === concept))
    const mapping =
      known ?? (isShape && concept !== null ? this.mapping(base, { namespace: base, pipe: '', concept }) : undefined)
    if (mapping === undefined) return
    this.used.add(id)
    if (!isShape) return
    const properties = this.concepts.get(mapping.concept)?.properties
    for (const [place, step] of stepsOf(config)) {
      if (!Array.isArray(step)) continue
      if (step[0] === filters) {
        const condition = goldenCondition(mapping.concept, step[1] ?? null, properties)
        if (mapping.shareFilter === undefined && condition !== null) mapping.shareFilter = condition
        else this.say(id, 'the filter', place)
      }
      if (step[0] !== add || typeof step[1] !== 'string') continue
      if (step[1].startsWith('_') || step[1].startsWith('$')) continue
      const golden = goldenName(mapping.concept, step[2] ?? null)
      if (golden !== null && properties?.has(golden) === true) mapping.written.set(golden, { from: step[1] })
      else if (!this.hopOut(mapping, step[1], step[2] ?? null)) this.say(id, `the property ${step[1]}`, place)
    }
  }

  /** A reference on its way out: a hop to another concept, for its key in this system or for one of its properties. */
  private hopOut(mapping: Recognised, column: string, expression: Json): boolean {
    const hop = hopIn(expression)
    const concept = hop !== null && this.pipes.has(hop.dataset) ? conceptName(hop.dataset) : ''
    const properties = this.concepts.get(mapping.concept)?.properties
    const golden = hop === null ? null : goldenName(mapping.concept, hop.from)
    const known = golden === null ? undefined : properties?.get(golden)
    const target = this.concepts.get(concept)
    if (hop === null || golden === null || known === undefined || target === undefined) return false
    if (hop.to !== '$ids' && hop.to !== '_id') return false
    const namespace = hop.returns.slice(0, hop.returns.lastIndexOf(':'))
    const same = this.mappings.find((each) => each.system === mapping.system && each.concept === concept)
    const property = plainProperty(hop.returns)
    const isKey = same !== undefined && same.namespace === namespace && sameJson(this.keyOf(same.pipe), [property])
    const isGolden = (namespace === hop.dataset || namespace === '') && target.properties.has(property)
    if (!isKey && !isGolden) return false
    properties?.set(golden, { ...known, references: concept })
    const references = same?.name ?? concept
    mapping.written.set(golden, { from: column, references, ...(isKey ? {} : { returns: property }) })
    return true
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
