/**
 * A dry run: the generated pipes run on given records, and what would be sent to each system: inserts, updates and
 * deletes, with what it is based on. Nothing leaves the machine.
 */
import '../../connectors/kinds.ts'
import { get } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import { encodeTransit } from '../../entity/transit.ts'
import { type Entity, Float, isDict, isObject, type Json, type JsonObject, objectOrEmpty } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import type { Problem } from '../../problem.ts'
import { Session } from '../../run/session.ts'
import { memoryStore } from '../../storage/memory.ts'
import type { DatasetStore } from '../../storage/store.ts'
import { type OpenProject, openProjectOf, runInternal } from '../../testing/outputs.ts'
import { modelFile } from '../../text/project-files.ts'
import type { GeneratedComponent } from '../generate/composite.ts'
import { generate, testProfile } from '../generate/pipes.ts'
import { type Plan, planOf } from '../generate/plan.ts'
import { collectRecords, type RecordsByName } from '../generate/records.ts'
import { isShared } from '../generate/transform.ts'
import type { Model } from '../model.ts'
import { problemsInModel } from '../origin.ts'

/** A record that contributed to what is sent. */
interface Origin {
  readonly mapping: string
  readonly key: string
  readonly values: JsonObject
}

/** One change that would be sent. */
export interface SharedChange {
  readonly operation: 'insert' | 'update' | 'delete' | 'none'
  readonly mapping: string
  readonly record: JsonObject
  /** The record as it is; null for an insert. */
  readonly before: JsonObject | null
  readonly origins: readonly Origin[]
}

/** What a dry run gives. */
interface DryRun {
  readonly changes: readonly SharedChange[]
  readonly problems: readonly Problem[]
}

/** Runs the pipes of a model on records and gives the changes, also records that stay as they are. */
export async function dryRun(model: Model, records: RecordsByName, environment: Environment): Promise<DryRun> {
  const plan = planOf(model)
  const generated = generate(model).map((each) => withRecords(each, collectRecords(plan, each.id, records)))
  const { open, store } = openGenerated(generated, environment)
  const result = await runInternal(open)
  const problems = [...open.problems, ...result.pipes.flatMap((each) => each.problems)]
  const changes: SharedChange[] = []
  for await (const change of changesIn(store, plan)) changes.push(change)
  return { changes, problems: problemsInModel(model, generated, problems, modelFile) }
}

/**
 * What the transform pipes of a plan have made: the changes of each system, also records that stay as they are; with
 * `most` only the first ones of each operation, without unchanged records.
 */
export async function* changesIn(store: DatasetStore, plan: Plan, most?: number): AsyncIterable<SharedChange> {
  for (const [mapping, dataset] of changeDatasets(plan)) {
    const found = noChanges()
    for await (const batch of store.scan(dataset, { live: true }))
      for (const entity of batch) {
        const operation = sharedOperation(entity)
        if (most === undefined || (operation !== 'none' && ++found[operation] <= most)) yield changeOf(mapping, entity)
      }
  }
}

/** How many changes there are of each operation, by mapping; 0 of each for mappings that send nothing. */
export async function countChanges(store: DatasetStore, plan: Plan): Promise<Record<string, SharedCounts>> {
  const counts = Object.fromEntries(plan.mappings.map(({ mapping }) => [mapping.name, noChanges()]))
  for (const [mapping, dataset] of changeDatasets(plan)) {
    const found = noChanges()
    for await (const batch of store.scan(dataset, { live: true }))
      for (const entity of batch) found[sharedOperation(entity)]++
    counts[mapping] = found
  }
  return counts
}

/** Whether a change is about records of which `isAbout` is true: all records that it is made of are, or none. */
export function isChangeOf(entity: Entity, isAbout: (mapping: string, id: string) => boolean): boolean {
  const origins = get(entity, '$origin') ?? null
  const first = Array.isArray(origins) ? (origins[0] ?? null) : origins
  return isDict(first) && isAbout(String(get(first, 'mapping')), String(get(first, 'key')))
}

/** How many changes there are of each operation. */
export type SharedCounts = Record<SharedChange['operation'], number>

/** No changes of any operation. */
export const noChanges = (): SharedCounts => ({ insert: 0, update: 0, delete: 0, none: 0 })

/** The dataset with the changes of each mapping that sends any. */
export function changeDatasets({ mappings }: Plan): (readonly [mapping: string, dataset: string])[] {
  return mappings.flatMap((planned) =>
    planned.parent !== null || !isShared(planned) ? [] : [[planned.mapping.name, `${planned.slug}-transform`] as const],
  )
}

/** What is to be done with an entity that a transform pipe has made. */
export function sharedOperation(entity: Entity): SharedChange['operation'] {
  const operation = get(entity, '$operation')
  return operation === 'insert' || operation === 'update' || operation === 'delete' ? operation : 'none'
}

/** The generated components as an open project over a store in memory. */
export function openGenerated(
  generated: readonly GeneratedComponent[],
  environment: Environment,
): { readonly open: OpenProject; readonly store: DatasetStore } {
  const files = Object.fromEntries(generated.map(({ file, config }) => [file, printJson(config)]))
  const store = memoryStore(environment)
  const session = new Session({ store, environment })
  session.open({ ...files, ...testProfile })
  return { open: openProjectOf(session), store }
}

/** The pipe with these records as its test data. */
function withRecords(generated: GeneratedComponent, records: readonly Json[] | undefined): GeneratedComponent {
  if (records === undefined) return generated
  const source = { type: 'embedded', entities: [...records] }
  return { ...generated, config: { ...generated.config, source } }
}

/** An entity that a transform pipe has made, as a change. */
export function changeOf(mapping: string, entity: Entity): SharedChange {
  const plain = plainJson(encodeTransit(entity))
  const whole = isObject(plain) ? plain : {}
  const before = get(whole, '$based_on')
  const origins = get(whole, '$origin')
  const named = new Set(['$based_on', '$operation', '$origin', '$ids'])
  const columns = Object.entries(whole).flatMap(([column, value]) => {
    if (column.startsWith('_') || named.has(column)) return []
    return [[column.startsWith('$') ? `_${column.slice(1)}` : column, value] as const]
  })
  return {
    operation: sharedOperation(entity),
    mapping,
    record: Object.fromEntries(columns),
    before: isObject(before) ? before : null,
    origins: (Array.isArray(origins) ? origins : [origins]).filter(isObject).map((origin) => ({
      mapping: String(get(origin, 'mapping')),
      key: String(get(origin, 'key')),
      values: objectOrEmpty(get(origin, 'values')),
    })),
  }
}

/** Numbers of all kinds as JSON's. */
function plainJson(json: Json): Json {
  if (typeof json === 'string') return json.startsWith('~f') ? Number(json.slice(2)) : json
  if (json instanceof Float) return json.value
  if (Array.isArray(json)) return json.map(plainJson)
  if (!isObject(json)) return json
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, plainJson(value)]))
}
