/**
 * An existing project as a model. What a model has generated comes back exactly, since components carry their part of the
 * model; of other pipes the documented patterns are recognised: global pipes that merge, the namespaces of the pipes that
 * they merge, equality rules, coalesce rules, references, and pipes that give a system its own shape. What is not
 * recognised is listed.
 */
import { sourceOfDataset } from '../config/model/syntax.ts'
import { get } from '../entity/dict.ts'
import type { Json, JsonObject } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import { componentValue } from '../text/project.ts'
import type { Project } from '../text/project-files.ts'
import { collectName } from './generate/plan-names.ts'
import { hopIn, plainProperty } from './read-hops.ts'
import { LeftOut } from './read-left.ts'
import { exactParts, type ModelParts, mergedParts } from './read-parts.ts'
import { ProjectPipes } from './read-pipes.ts'
import { mappingJson, type Recognised, type RecognisedConcept, type RecognisedValue } from './read-recognised.ts'
import { ReadShares } from './read-shares.ts'
import {
  conceptName,
  elsewhere,
  goldenExpression,
  goldenValues,
  isGlobal,
  listUnder,
  mergedIn,
  mergesDatasets,
  namesProperties,
  objectIn,
  referenceIn,
  sourceColumns,
  stepNames,
  stepsOf,
  unitedProperties,
} from './read-steps.ts'
import { expressionIn, type MergedRecords, valuesIn } from './read-values.ts'
import { partOfModel } from './regenerate.ts'

const { add, comment, copy, create, discard, equal, filter: filters, makeReference } = stepNames

/** What was read: the model as JSON, to be read by its shape, and what is not in it. */
interface ProjectModel {
  readonly model: JsonObject
  readonly problems: readonly Problem[]
}

/** Reads a project into a model. */
export function modelOfProject(project: Project): ProjectModel {
  const configs = Object.values(project.components).map(componentValue)
  const generated = configs.filter((config) => partOfModel(config).length > 0)
  const written = configs.filter((config) => partOfModel(config).length === 0)
  const reading = new ProjectReading(written)
  reading.recognise()
  if (generated.length === 0) reading.sayEmpty()
  return { model: mergedParts(exactParts(generated), reading.model()), problems: reading.left.problems }
}

class ProjectReading {
  readonly left = new LeftOut()
  private readonly pipes: ProjectPipes
  private readonly systemNames: readonly string[]
  private readonly usedPipes = new Set<string>()
  private readonly mappings: Recognised[] = []
  private readonly concepts = new Map<string, RecognisedConcept>()
  private readonly systems = new Map<string, JsonObject>()
  /** Datatypes that no concept has yet, by system. */
  private readonly unmapped: { system: string; datatype: string; pipe: string }[] = []

  constructor(configs: readonly JsonObject[]) {
    this.pipes = new ProjectPipes(configs)
    for (const config of configs)
      if (/^system:/.test(String(get(config, 'type')))) this.systems.set(String(get(config, '_id')), config)
    this.systemNames = [...this.systems.keys()].sort((a, b) => b.length - a.length)
  }

  recognise(): void {
    const globals = this.globals()
    for (const [id, config] of globals) this.addInputs(id, config)
    for (const [id, config] of globals) if (!namesProperties(config)) this.readEnrichPipes(conceptName(id))
    for (const [id, config] of globals) this.readGlobal(id, config)
    for (const [id] of globals) this.asTheyAre(conceptName(id))
    for (const mapping of this.mappings) this.readRecordFilter(mapping)
    for (const mapping of this.mappings) this.readReferences(mapping)
    const { pipes, mappings, concepts, usedPipes: used, left, systemNames } = this
    const mappingFor = (base: string, concept: string): Recognised =>
      this.mapping(base, { namespace: base, pipe: '', concept })
    new ReadShares({ pipes, mappings, concepts, used, left, systemNames, mapping: mappingFor }).recognise()
    for (const { pipe } of mappings) if (pipe !== '') for (const each of this.pipes.before(pipe)) used.add(each)
    for (const id of pipes.all.keys()) if (!used.has(id) && pipes.collects(id)) this.collected(id)
    for (const id of pipes.all.keys()) if (!used.has(id)) this.unread(id)
  }

  /** Says that there is no concept, where there are pipes. */
  sayEmpty(): void {
    if (this.concepts.size === 0 && this.pipes.all.size > 0) this.left.concepts(this.pipes.all.size)
  }

  model(): ModelParts {
    const systems: Record<string, { config?: Json; datatypes: Record<string, Json> }> = {}
    for (const { system, datatype, pipe } of [...this.mappings, ...this.unmapped]) {
      const { _id: _, metadata: __, ...config } = this.systems.get(system) ?? {}
      const known = systems[system] ?? { ...(this.systems.has(system) ? { config } : {}), datatypes: {} }
      known.datatypes[datatype] = { key: this.pipes.keyOf(pipe), ...this.sourceOf(system, datatype, pipe) }
      systems[system] = known
    }
    const concepts = [...this.concepts].map(([name, { keys, properties }]) => {
      return [name, { ...(keys.length > 0 ? { keys } : {}), properties: Object.fromEntries(properties) }] as const
    })
    const mappings = this.mappings.map(mappingJson)
    return { systems: { ...systems }, concepts: Object.fromEntries(concepts), mappings }
  }

  /** The dataset that has the records, where it is not called as that of the collect pipe that the model makes. */
  private sourceOf(system: string, datatype: string, pipe: string): { source?: Json } {
    const first = pipe === '' ? undefined : this.pipes.before(pipe).at(-1)
    if (first === undefined || this.pipes.creates(pipe) || !this.pipes.collects(first)) return {}
    return this.pipes.all.has(collectName({ system, datatype })) ? {} : { source: sourceOfDataset(first) }
  }

  /** The pipes with the records of a concept, each with the source of the merge where it merges in two pipes. */
  private globals(): (readonly [string, JsonObject])[] {
    const found = [...this.pipes.all].flatMap(([id, config]) => {
      const before = this.mergeBefore(config)
      const whole = before === undefined ? config : { ...config, source: objectIn(this.pipes.config(before), 'source') }
      return isGlobal(id, whole) ? [{ id, whole, before }] : []
    })
    const steps = new Set(found.flatMap(({ before }) => (before === undefined ? [] : [before])))
    for (const each of steps) this.usedPipes.add(each)
    const names = new Set(found.map(({ id }) => id))
    const goesOn = (config: JsonObject): boolean =>
      !mergesDatasets(config) && mergedIn(config).some(({ dataset }) => names.has(dataset))
    return found.flatMap(({ id, whole }) => (steps.has(id) || goesOn(whole) ? [] : [[id, whole] as const]))
  }

  /** The pipe that merges for another one and does nothing else. */
  private mergeBefore(config: JsonObject): string | undefined {
    const dataset = get(objectIn(config, 'source'), 'dataset')
    if (typeof dataset !== 'string') return undefined
    const before = this.pipes.config(dataset)
    return mergesDatasets(before) && stepsOf(before).length === 0 ? dataset : undefined
  }

  /** The pipes that a global pipe merges, each as a mapping, by the names that they have in it. */
  private addInputs(id: string, config: JsonObject): void {
    this.usedPipes.add(id)
    const concept = conceptName(id)
    this.concepts.set(concept, { keys: [], properties: new Map() })
    for (const [index, { dataset }] of mergedIn(config).entries()) {
      this.usedPipes.add(dataset)
      // What reads the merged records gives something back to them; it is no system's.
      if (this.pipes.reads(dataset) === id) {
        this.left.part(id, ['source', 'datasets', index], 'given', 'returned', dataset)
        continue
      }
      const namespace = String(get(objectIn(this.pipes.config(dataset), 'namespaces'), 'property') ?? dataset)
      this.mapping(namespace.replace(/-(?:enrich|collect)$/, ''), { namespace, pipe: dataset, concept })
    }
  }

  /** Whether a value is one of records that a pipe gives back to the global pipe that it reads. */
  private isCopiedBack(id: string, aliases: ReadonlyMap<string, string>, value: Json): boolean {
    const dataset = typeof value === 'string' ? aliases.get(value.split('.')[0] ?? '') : undefined
    return dataset !== undefined && this.pipes.reads(dataset) === id
  }

  /** A new mapping, whose system and datatype are in its name. */
  private mapping(base: string, rest: Pick<Recognised, 'namespace' | 'pipe' | 'concept'>): Recognised {
    const { system, datatype } = this.named(base, rest.pipe)
    const name = base.replace(/[^A-Za-z0-9_-]/g, '-').replace(/^[^A-Za-z]+/, '') || 'mapping'
    const taken = this.mappings.filter((each) => each.name.replace(/-\d+$/, '') === name).length
    const newMapping = {
      name: taken === 0 ? name : `${name}-${taken + 1}`,
      system,
      datatype,
      properties: new Map(),
      written: new Map(),
      carried: new Set<string>(),
      ...rest,
    }
    this.mappings.push(newMapping)
    return newMapping
  }

  /** The system and the datatype in a name: `<system>-<datatype>`; of one word the system is that of the source. */
  private named(base: string, pipe: string): { system: string; datatype: string } {
    const known = this.systemNames.find((name) => base.startsWith(`${name}-`))
    const [first = base] = base.split('-')
    if (known === undefined && first === base && pipe !== '') {
      const system = this.pipes.origin(pipe)
      if (system !== undefined) return { system, datatype: base }
    }
    const system = known ?? first
    return { system, datatype: base.slice(system.length + 1) || 'record' }
  }

  /** Where a concept takes all that its records have: what the pipes before make of the records is its properties. */
  private readEnrichPipes(concept: string): void {
    for (const mapping of this.mappings) {
      if (mapping.concept !== concept) continue
      for (const [, step] of stepsOf(this.pipes.config(mapping.pipe))) {
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

  /** Where nothing names properties of a concept but its keys, it has those of the records at hand. */
  private asTheyAre(name: string): void {
    const concept = this.concepts.get(name)
    const isNamed = [...(concept?.properties.values() ?? [])].some(({ rule }) => rule !== 'key')
    if (concept === undefined || isNamed) return
    const own = this.mappings.filter((mapping) => mapping.concept === name)
    const all = own.map((mapping) => [mapping, [...this.pipes.columns(mapping.pipe)]] as const)
    for (const [mapping, columns] of all)
      for (const column of columns) {
        if (mapping.properties.has(column) || !/^[A-Za-z][\w-]*$/.test(column)) continue
        const isShared = all.filter(([, others]) => others.includes(column)).length > 1
        mapping.properties.set(column, { path: [column] })
        // A merge keeps every value of a property that several records have.
        if (!concept.properties.has(column)) concept.properties.set(column, { rule: isShared ? 'all' : 'priority' })
      }
  }

  /** Which records of a mapping count. */
  private readRecordFilter(mapping: Recognised): void {
    for (const [place, step] of stepsOf(this.pipes.config(mapping.pipe))) {
      if (!Array.isArray(step) || step[0] !== filters) continue
      const [, condition = null] = step
      if (mapping.filter === undefined && sourceColumns(condition) !== null) mapping.filter = condition
      else this.left.part(mapping.pipe, place, 'filter', 'second')
    }
  }

  private readGlobal(id: string, config: JsonObject): void {
    const concept = conceptName(id)
    const aliases = new Map(mergedIn(config).map(({ dataset, alias }) => [alias, dataset]))
    const mappings = this.mappings.filter((each) => each.concept === concept)
    const records: MergedRecords = { pipes: this.pipes, mappings, aliases }
    for (const [index, [place, step]] of stepsOf(config).entries()) {
      if (!Array.isArray(step) || step[0] === comment || (step[0] === copy && index === 0)) continue
      if (this.goldenStep(concept, step, records)) continue
      const why = elsewhere(step) ?? (step[0] === add ? 'several' : 'shape')
      this.left.part(id, place, 'step', why, index + 1)
    }
    const source = objectIn(config, 'source')
    for (const key of ['equality', 'equality_sets'] as const)
      for (const [index, rule] of listUnder(source, key).entries()) {
        const parts = Array.isArray(rule) ? (rule[0] === equal ? rule.slice(1) : rule) : []
        const values = parts
          .filter((part) => !this.isCopiedBack(id, aliases, part))
          .map((part) => valuesIn(part, records)[0])
        const known = values.filter((value) => value !== undefined)
        const kinds = new Set(known.map(({ identifies }) => identifies ?? ''))
        const isWhole = known.length === values.length
        const why = !isWhole ? 'shape' : kinds.size > 1 ? 'identifiers' : known.length < 2 ? 'returned' : null
        if (why === null) this.addKey(concept, known)
        else this.left.part(id, ['source', key, index], 'equality', why, index + 1)
      }
  }

  /** Whether a step of a global pipe is a rule of its concept. */
  private goldenStep(concept: string, step: Json[], records: MergedRecords): boolean {
    const united = unitedProperties(step)?.map(([property, each]) => [property, valuesIn(each, records)] as const)
    if (united?.every(([, values]) => values.length > 0)) {
      for (const [property, values] of united)
        for (const value of values) this.addProperty(concept, property, value, undefined, 'all')
      return true
    }
    const [name, property, expression = null] = step
    if (name !== add || typeof property !== 'string' || property.startsWith('$') || property.startsWith('_'))
      return false
    const found = goldenValues(expression).map((each) => valuesIn(each, records))
    const values = found.flat().filter(({ identifies }) => identifies === undefined)
    if (found.length > 0 && found.every((each) => each.length > 0) && values.length === found.flat().length) {
      for (const [rank, value] of values.entries())
        this.addProperty(concept, property, value, values.length > 1 ? rank + 1 : undefined)
      return true
    }
    const expressionMapping = expressionIn(expression, records)
    if (expressionMapping !== null) this.addProperty(concept, property, expressionMapping)
    if (expressionMapping !== null) return true
    const declared = this.concepts.get(concept)?.properties
    const golden = goldenExpression(concept, expression, declared)
    if (golden !== null) declared?.set(property, { rule: 'expression', expression: golden })
    return golden !== null
  }

  private addProperty(
    concept: string,
    property: string,
    value: RecognisedValue,
    priority?: number,
    rule = 'priority',
  ): void {
    const { mapping, path, in: made } = value
    mapping.properties.set(property, {
      path,
      ...(made === undefined ? {} : { in: made }),
      ...(priority === undefined ? {} : { priority }),
    })
    this.concepts.get(concept)?.properties.set(property, { rule })
  }

  /** Equal values of several mappings: one property, under the name that the concept has for one of them. */
  private addKey(concept: string, values: readonly RecognisedValue[]): void {
    const known = this.concepts.get(concept)
    const nameIn = ({ mapping, path }: RecognisedValue): string | undefined =>
      [...mapping.properties].find(([, each]) => each.path.join('.') === path.join('.'))?.[0]
    const name = values.map(nameIn).find((each) => each !== undefined) ?? values[0]?.path.at(-1) ?? 'key'
    const normalise = [...new Set(values.flatMap((value) => value.normalise))]
    for (const { mapping, path, in: made } of values)
      if (!mapping.properties.has(name))
        mapping.properties.set(name, { path, ...(made === undefined ? {} : { in: made }) })
    const before = known?.properties.get(name)
    known?.properties.set(name, { rule: 'key', ...before, ...(normalise.length > 0 ? { normalise } : {}) })
    if (known && !known.keys.some(([each]) => each === name)) known.keys.push([name])
  }

  /** Whether a property of a record is one of the keys of its concept. */
  private isKey({ properties, concept }: Recognised, column: string): boolean {
    const keys = new Set(this.concepts.get(concept)?.keys.flat())
    return [...properties].some(([to, { path }]) => keys.has(to) && path.length === 1 && path[0] === column)
  }

  /** Identifiers that a pipe makes of its properties: references to what another mapping reads. */
  private readReferences(mapping: Recognised): void {
    for (const [place, step] of stepsOf(this.pipes.config(mapping.pipe))) {
      const [name] = Array.isArray(step) ? step : []
      const [made, column] = referenceIn(step)
      const hop = Array.isArray(step) && name === add ? hopIn(step[2] ?? null) : null
      const isReference = hop !== null && ['_id', '$ids'].includes(hop.returns)
      const namespace = made ?? (isReference ? hop.dataset.replace(/-(?:enrich|collect|all)$/, '') : undefined)
      if (namespace === undefined) {
        const at = Number(place.at(-1)) + 1
        const known = [add, comment, copy, discard, filters, makeReference]
        const why = name === create ? 'creates' : (elsewhere(step) ?? (known.includes(name ?? null) ? null : 'shape'))
        if (hop !== null) this.left.part(mapping.pipe, place, 'hop', 'hop', hop.dataset)
        else if (why !== null) this.left.part(mapping.pipe, place, 'step', why, at)
        continue
      }
      const property = made === undefined && hop !== null ? plainProperty(hop.from.slice('_S.'.length)) : column
      const isOf = (each: Recognised) => each.namespace === namespace || each.name === namespace
      const target = this.mappings.find((each) => isOf(each) || (isReference && each.pipe === hop.dataset))
      if (target === undefined || typeof property !== 'string') {
        this.left.part(mapping.pipe, place, 'reference', 'target', String(namespace))
        continue
      }
      // An identifier that makes records the same is a key, and no reference to itself.
      if (target.concept === mapping.concept && this.isKey(mapping, property)) continue
      mapping.properties.set(property, { path: [property], references: target.name })
      const { properties } = this.concepts.get(mapping.concept) ?? { properties: new Map() }
      properties.set(property, { rule: 'priority', references: target.concept })
    }
  }

  /** A pipe that brings records in which no concept has: a datatype that waits for one. */
  private collected(pipe: string): void {
    this.usedPipes.add(pipe)
    this.unmapped.push({ ...this.named(pipe.replace(/-(?:all|collect)$/, ''), pipe), pipe })
  }

  private unread(pipe: string): void {
    const dataset = this.pipes.reads(pipe) ?? mergedIn(this.pipes.config(pipe))[0]?.dataset
    if (dataset === undefined) this.left.pipe(pipe, 'nothing')
    else if (!this.pipes.has(dataset)) this.left.pipe(pipe, 'missing', dataset)
    else this.left.pipe(pipe, this.concepts.has(conceptName(dataset)) ? 'unnamed' : 'joins', dataset)
  }
}
