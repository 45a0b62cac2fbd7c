/**
 * Model to pipes, in the layers that Sesam recommends: collect, enrich, global, feedback, transform-split, transform, share. The
 * same model gives the same pipes. Each says in `metadata.model` which part of the model made it.
 *
 * sesam-dataflow.rst and data-management.rst describe the layers and their names.
 */

import { shapedJson } from '../../config/model/shape.ts'
import { REST_SYSTEM } from '../../config/model/syntax.ts'
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { call } from '../calls.ts'
import type { Model, ModelMapping } from '../model.ts'
import { composed, type GeneratedComponent } from './composite.ts'
import { enrichRules } from './enrich.ts'
import { feedbackId, feedbackRules, hasFeedback } from './feedback.ts'
import { globalRules, isMatched, keyRules, mergedDatasets, overrideId, overrideRules } from './global.ts'
import {
  type Plan,
  type PlannedConcept,
  type PlannedMapping,
  type PlannedTable,
  planOf,
  referenceOf,
  rootOf,
  slugOf,
} from './plan.ts'
import { collectName, storedName, tableName } from './plan-names.ts'
import { collectRecords } from './records.ts'
import { restCollect, restDatatype, restOperations, restShare } from './rest.ts'
import { isSet, setRules } from './sets.ts'
import { tablePipes } from './tables.ts'
import { elementRules, isShared, splitRules, transformRules, writtenProperties } from './transform.ts'

/** The property of `metadata` that says which part of a model made a pipe: its place in the model. */
const originKey = 'model'

/** Where nothing says how a system is reached, records are pushed, and fetched. */
const inboxSource = { type: 'http_endpoint' }

/**
 * Pipes whose rules come from the model process everything again when these change: a merge, for example, would only
 * apply a new key to records that change afterwards (configuration-pipes.rst, merge source).
 */
const rescanSettings = { rescan_when_config_changes: true }

/** The variables with which generated pipes read their test data. */
export const testProfile: Readonly<Record<string, string>> = { 'test-env.json': '{"node-env": "test"}\n' }

/** The test data of a collect pipe: the records of the model's first test. */
function firstTest(plan: Plan): (pipe: string) => readonly JsonObject[] | null {
  const [test] = plan.model.tests ?? []
  return (pipe) => (test === undefined ? null : (collectRecords(plan, pipe, test.input) ?? []))
}

interface PipeParts {
  readonly from: readonly string[]
  /** The part of the model itself, so that it can be read back from the pipes alone. */
  readonly part?: object
  readonly source: JsonObject
  readonly rules?: JsonObject
  readonly transforms?: Json
  readonly more?: JsonObject
  readonly metadata?: JsonObject
}

/**
 * The pipes, systems and node metadata of a model that was found to be without errors: composite pipes where one is
 * better, unless the model wants them plain.
 */
export function generate(model: Model): GeneratedComponent[] {
  const plain = plainComponents(model)
  return model.pipes === 'plain' ? plain : composed(plain, new Set(plain.filter(isStep).map(({ id }) => id)))
}

/** Whether a pipe is only a step of the next one: a service is read as it is, one entity is made for each record. */
function isStep({ id, config: { metadata } }: GeneratedComponent): boolean {
  const origin = isObject(metadata) ? get(metadata, originKey) : undefined
  const kind = Array.isArray(origin) ? origin[0] : undefined
  return (kind === 'systems' && id.endsWith('-all')) || (kind === 'mappings' && id.endsWith('-transform-split'))
}

function plainComponents(model: Model): GeneratedComponent[] {
  const plan = planOf(model)
  const records = firstTest(plan)
  const components: GeneratedComponent[] = [nodeMetadata(model)]
  components.push(...systemsOf(model))
  const collected = new Set<string>()
  for (const planned of plan.mappings) {
    const id = collectName(planned.mapping)
    if (planned.parent === null && !collected.has(id))
      components.push(...collectPipes(plan, planned.mapping, records(id)))
    collected.add(id)
  }
  // What is not mapped yet is read already, so that its data can be looked at.
  for (const [system, { datatypes }] of Object.entries(model.systems))
    for (const [datatype, declared] of Object.entries(datatypes)) {
      const id = collectName({ system, datatype })
      const isReached = declared.source !== undefined || restDatatype(model, system, datatype)?.isRead === true
      if (isReached && !collected.has(id)) components.push(...collectPipes(plan, { system, datatype }, records(id)))
      collected.add(id)
    }
  components.push(...plan.tables.map((table) => tablePipe(table, records(`${table.slug}-collect`))))
  for (const planned of plan.mappings) components.push(...enrichPipes(plan, planned))
  for (const concept of plan.concepts.values()) components.push(...conceptPipes(plan, concept))
  for (const planned of plan.mappings) if (isShared(planned)) components.push(...sharePipes(plan, planned))
  return components.map((each) => withConcept(plan, each))
}

/** The component with the name of the concept that it is about, where it is about one: groups of pipes are named so. */
function withConcept(plan: Plan, generated: GeneratedComponent): GeneratedComponent {
  const { config } = generated
  const metadata = isObject(config.metadata) ? config.metadata : {}
  const concept = conceptOfPart(plan, Array.isArray(metadata[originKey]) ? metadata[originKey].map(String) : [])
  return concept === null ? generated : { ...generated, config: { ...config, metadata: { ...metadata, concept } } }
}

/** The concept of a place in the model; of a datatype the only one that it feeds. */
function conceptOfPart({ mappings }: Plan, [part, name, , datatype]: readonly string[]): string | null {
  if (part === 'concepts') return name ?? null
  const own = mappings.filter(({ mapping }) =>
    part === 'mappings' ? mapping.name === name : mapping.system === name && mapping.datatype === datatype,
  )
  const concepts = new Set(own.map(({ concept }) => concept.name))
  const [only] = concepts
  return concepts.size === 1 ? (only ?? null) : null
}

function pipe(
  id: string,
  { from, part, source, rules, transforms, more = {}, metadata = {} }: PipeParts,
): GeneratedComponent {
  const given = rules === undefined ? transforms : { type: 'dtl', rules }
  const transform: JsonObject = given === undefined ? {} : { transform: given }
  const config = {
    _id: id,
    type: 'pipe',
    source,
    ...transform,
    ...more,
    metadata: {
      ...metadata,
      [originKey]: [...from],
      ...(part === undefined ? {} : { model_part: shapedJson(part) }),
    },
  }
  return { id, file: `pipes/${id}.conf.json`, config }
}

function nodeMetadata({ pipes }: Model): GeneratedComponent {
  const metadata: JsonObject = pipes === undefined ? {} : { metadata: { [originKey]: ['pipes'], model_part: pipes } }
  const config = {
    _id: 'node',
    type: 'metadata',
    namespaced_identifiers: true,
    global_defaults: { use_signalling_internally: true },
    ...metadata,
  }
  return { id: 'node', file: 'node-metadata.conf.json', config }
}

/** A system whose configuration the model knows. */
function systemsOf(model: Model): GeneratedComponent[] {
  return Object.entries(model.systems).flatMap(([name, { config: given, datatypes, description }]) => {
    if (!isObject(given)) return []
    const id = slugOf(name)
    const restSettings = get(given, 'type') === REST_SYSTEM ? restOperations(datatypes) : {}
    const own = get(given, 'operations')
    const operations = { ...restSettings, ...(isObject(own) ? own : {}) }
    const config = Object.keys(operations).length === 0 ? given : { ...given, operations }
    const says: JsonObject = description === undefined ? {} : { description }
    const metadata: JsonObject = {
      ...(description === undefined ? {} : { comment: description }),
      [originKey]: ['systems', name],
      model_part: { ...says, config: given },
    }
    return [{ id, file: `systems/${id}.conf.json`, config: { _id: id, ...config, metadata } }]
  })
}

/**
 * The raw copy of a datatype. Where the model names no source, records are pushed to it; what is read by operations of a
 * REST system is read by a pipe of its own, so that what is known of inserted records can be added.
 */
function collectPipes(
  { model, mappings }: Plan,
  { system, datatype }: Pick<ModelMapping, 'system' | 'datatype'>,
  entities: readonly JsonObject[] | null,
): GeneratedComponent[] {
  const from = ['systems', system, 'datatypes', datatype]
  const id = collectName({ system, datatype })
  const part = model.systems[system]?.datatypes[datatype] ?? { key: [] }
  const { key, source = inboxSource } = part
  const more = { namespaced_identifiers: false }
  const restConfig = restDatatype(model, system, datatype)
  if (restConfig?.isRead !== true)
    return [pipe(id, { from, part, source: withTestData(isObject(source) ? source : {}, entities), more })]
  const all = id.replace(/-collect$/, '-all')
  const operation = { type: 'rest', system: slugOf(system), operation: restConfig.operation('list') }
  const shares = mappings.filter((each) => each.rest !== null && collectName(each.mapping) === id && isShared(each))
  const [share] = shares.map(({ slug }) => `${slug}-share`)
  const excluding = share === undefined ? more : { ...more, exclude_completeness: [share] }
  return [
    pipe(all, { from, source: withTestData(operation, entities), more: excluding }),
    pipe(id, {
      from,
      part,
      source: { type: 'dataset', dataset: all },
      ...(share === undefined ? {} : { transforms: restCollect(slugOf(system), key.map(storedName), share) }),
      more: excluding,
    }),
  ]
}

function tablePipe({ name, slug }: PlannedTable, entities: readonly JsonObject[] | null): GeneratedComponent {
  const source = withTestData(inboxSource, entities)
  return pipe(`${slug}-collect`, { from: ['tables', name], source, more: { namespaced_identifiers: false } })
}

/** The source, which gives the records of a test instead where a model has tests and the environment is one for tests. */
function withTestData(source: JsonObject, entities: readonly JsonObject[] | null): JsonObject {
  if (entities === null) return source
  return {
    type: 'conditional',
    condition: '$ENV(node-env)',
    alternatives: { prod: source, test: { type: 'embedded', entities: [...entities] } },
  }
}

function mappingPart({ mapping }: PlannedMapping): string[] {
  return ['mappings', mapping.name]
}

function enrichPipes(plan: Plan, planned: PlannedMapping): GeneratedComponent[] {
  const { source, rules } = enrichRules(plan, planned)
  const { slug } = planned
  const from = mappingPart(planned)
  const more = { namespaces: { identity: slug, property: slug }, ...rescanSettings }
  const metadata = { model_place: planned.rank }
  const enrich = { from, part: planned.mapping, source: { type: 'dataset', dataset: source }, rules, more, metadata }
  const pipes = [pipe(`${slug}-enrich`, enrich)]
  if (isSet(planned))
    pipes.push(
      pipe(`${slug}-set`, {
        from,
        source: { type: 'dataset', dataset: `${slug}-enrich` },
        rules: setRules(plan, planned),
        more,
      }),
    )
  for (const { id, source: dataset, rules: own } of tablePipes(plan, planned))
    pipes.push(pipe(id, { from, source: { type: 'dataset', dataset }, rules: own, more }))
  return pipes
}

function conceptPipes(plan: Plan, concept: PlannedConcept): GeneratedComponent[] {
  const from = ['concepts', concept.name]
  const { overrides } = concept.concept
  const merged = mergedDatasets(plan, concept)
  if (concept.mappings.length === 0) return []
  const matched = isMatched(concept)
  const key = `${concept.slug}-key`
  const references = merged.map(({ dataset, alias }) => `${dataset} ${alias}`)
  const keyed = `${key} ${key}`
  const source: JsonObject = matched
    ? {
        type: 'merge',
        version: 2,
        identity: 'first',
        strategy: 'compact',
        datasets: [...references, keyed],
        equality_sets: [[`${key}.$key`, ...merged.map(({ alias }) => `${alias}.$keys`)]],
        ...(concept.concept.limit === undefined ? {} : { max_merged: concept.concept.limit }),
      }
    : { type: 'merge_datasets', datasets: merged.map(({ dataset }) => dataset) }
  const keys = pipe(key, {
    from,
    source: { type: 'merge_datasets', datasets: merged.map(({ dataset }) => dataset) },
    rules: keyRules(concept),
    more: { namespaces: { identity: key, property: key }, ...rescanSettings },
  })
  const decided = overrides === undefined ? [] : [overridePipe(concept, overrides.table)]
  const globalPipe = `global-${concept.slug}`
  const whole = pipe(globalPipe, {
    from,
    part: concept.concept,
    source,
    rules: globalRules(concept, plan.tables.length > 0),
    more: {
      namespaces: { identity: globalPipe, property: globalPipe },
      ...rescanSettings,
      ...(hasFeedback(concept) ? { exclude_completeness: [feedbackId(concept)] } : {}),
    },
    metadata: { global: true },
  })
  const feedback = hasFeedback(concept)
    ? [
        pipe(feedbackId(concept), {
          from,
          source: { type: 'dataset', dataset: globalPipe },
          rules: feedbackRules(plan, concept),
          more: { namespaces: { identity: feedbackId(concept), property: feedbackId(concept) }, ...rescanSettings },
        }),
      ]
    : []
  return [...decided, ...(matched ? [keys] : []), whole, ...feedback]
}

function overridePipe(concept: PlannedConcept, table: string): GeneratedComponent {
  const namespace = `${concept.slug}-override`
  return pipe(overrideId(concept), {
    from: ['concepts', concept.name],
    source: { type: 'dataset', dataset: tableName(table) },
    rules: overrideRules(concept),
    more: { namespaces: { identity: namespace, property: namespace }, ...rescanSettings },
  })
}

/**
 * Nothing goes out before all systems that know records of the concept, or of those that it refers to, were read once:
 * else what one system has would be inserted into it. What is pushed is never complete, and is not waited for
 * (completeness-feature.rst, bidirectional-synchronization.rst).
 */
function completenessSettings(plan: Plan, concept: PlannedConcept): JsonObject {
  const { model } = plan
  const read = linkedConcepts(plan, concept).flatMap(({ mappings }) => mappings.map((each) => rootOf(each).mapping))
  const pulled = read.filter(({ system, datatype }) => {
    const source = model.systems[system]?.datatypes[datatype]?.source
    const isPushed = source === undefined || (isObject(source) && get(source, 'type') === inboxSource.type)
    return !isPushed || restDatatype(model, system, datatype)?.isRead === true
  })
  const datasets = [...new Set(pulled.map(collectName))]
  return datasets.length === 0 ? {} : { initial_completeness: datasets }
}

/** A concept and all that it refers to, over any number of references. */
function linkedConcepts(plan: Plan, first: PlannedConcept): readonly PlannedConcept[] {
  const all = new Set([first])
  for (const { mappings } of all)
    for (const planned of mappings)
      for (const each of planned.mapping.properties) {
        const concept = referenceOf(plan, planned, each)?.concept
        const known = concept && plan.concepts.get(concept.name)
        if (known) all.add(known)
      }
  return [...all]
}

function sharePipes(plan: Plan, planned: PlannedMapping): GeneratedComponent[] {
  const { slug, concept, mapping, datatype } = planned
  const from = mappingPart(planned)
  const plain = { namespaced_identifiers: false }
  const again = { ...plain, ...rescanSettings }
  const global = { type: 'dataset', dataset: `global-${concept.slug}` }
  const transform = `${slug}-transform`
  if (mapping.parent !== undefined)
    return mapping.list === undefined
      ? []
      : [pipe(transform, { from, source: global, rules: elementRules(plan, planned), more: again })]
  const sentOperations = call.list('insert', 'update', 'delete')
  const { rest } = planned
  const share: Omit<PipeParts, 'from' | 'source'> =
    rest?.isWritten === true
      ? {
          transforms: restShare({
            system: slugOf(mapping.system),
            columns: datatype.key.map(storedName),
            pipe: `${slug}-share`,
            operation: rest.operation,
            hasNaturalKey: datatype.key.every((column) => mapping.properties.some(({ from: name }) => name === column)),
            properties: writtenProperties(plan, planned),
            sent: sentOperations,
          }),
          more: {
            ...plain,
            sink: { type: 'dataset', deletion_tracking: false, set_initial_offset: 'onload' },
            batch_size: 1,
          },
        }
      : {
          rules: { default: [call.filter(call.in('_S.$operation', sentOperations)), call.copy('*')] },
          more: { ...plain, sink: datatype.sink ?? inboxSource, batch_size: 1 },
        }
  return [
    pipe(`${transform}-split`, {
      from,
      source: { ...global, ...completenessSettings(plan, concept) },
      rules: splitRules(planned),
      more: again,
    }),
    pipe(transform, {
      from,
      source: { type: 'dataset', dataset: `${transform}-split` },
      rules: transformRules(plan, planned),
      more: again,
    }),
    pipe(`${slug}-share`, { from, source: { type: 'dataset', dataset: transform }, ...share }),
  ]
}
