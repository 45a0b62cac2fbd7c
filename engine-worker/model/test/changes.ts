/**
 * A dry run: the generated pipes run on given records, and what would be sent to each system: inserts, updates and
 * deletes, with what it is based on. Nothing leaves the machine.
 */
import '../../connectors/kinds.ts'
import { get } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import { encodeTransit } from '../../entity/transit.ts'
import { type Entity, Float, isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import type { Problem } from '../../problem.ts'
import { Session } from '../../run/session.ts'
import { memoryStore } from '../../storage/memory.ts'
import { openProjectOf, runInternal } from '../../testing/outputs.ts'
import { type Generated, generate } from '../generate/pipes.ts'
import { collectName, type Plan, planOf, storedName } from '../generate/plan.ts'
import { isShared } from '../generate/transform.ts'
import type { Model } from '../model.ts'

/** Records by `system.datatype`, or by the name of a table. */
type Records = Readonly<Record<string, readonly Json[]>>

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

/** Runs the pipes of a model on records and gives the changes, those that are none too. */
export async function dryRun(model: Model, records: Records, environment: Environment): Promise<DryRun> {
  const plan = planOf(model)
  const generated = generate(model).map((each) => withRecords(each, recordsFor(plan, each.id, records)))
  const files = Object.fromEntries(generated.map(({ file, config }) => [file, printJson(config)]))
  const store = memoryStore(environment)
  const session = new Session({ store, environment })
  session.open({ ...files, 'test-env.json': '{"node-env": "test"}' })
  const open = openProjectOf(session)
  const result = await runInternal(open)
  const problems = [...open.problems, ...result.pipes.flatMap((each) => each.problems)]
  const changes: SharedChange[] = []
  for (const planned of plan.mappings) {
    if (planned.parent !== null || !isShared(planned)) continue
    for await (const batch of store.scan(`${planned.slug}-transform`))
      for (const entity of batch) if (entity._deleted !== true) changes.push(changeOf(planned.mapping.name, entity))
  }
  return { changes, problems }
}

/** The pipe with these records as its test data. */
function withRecords(generated: Generated, records: readonly Json[] | undefined): Generated {
  if (records === undefined) return generated
  const source = { type: 'embedded', entities: [...records] }
  return { ...generated, config: { ...generated.config, source } }
}

function recordsFor(plan: Plan, pipe: string, records: Records): readonly JsonObject[] | undefined {
  const table = plan.tables.find(({ slug }) => pipe === `${slug}-collect`)
  if (table !== undefined)
    return (records[table.name] ?? []).map((row, index) => ({
      _id: String(index),
      ...stored(isObject(row) ? row : {}),
    }))
  const planned = plan.mappings.find(({ mapping, parent }) => parent === null && collectName(mapping) === pipe)
  if (planned === undefined) return undefined
  const { system, datatype } = planned.mapping
  return (records[`${system}.${datatype}`] ?? []).map((row, index) => {
    const record = isObject(row) ? row : {}
    return { ...stored(record), _id: keyText(planned.datatype.key, record) ?? `?${index}` }
  })
}

/** The key of a record as one text; several parts as JSON. Null where a part is missing. */
export function keyText(key: readonly string[], record: JsonObject): string | null {
  const values = key.map((column) => get(record, column) ?? null)
  if (values.includes(null)) return null
  const [only] = values
  if (key.length === 1) return typeof only === 'string' ? only : printJson(only ?? null)
  const pairs = key.map((column, index) => [column, values[index] ?? null] as const)
  const sorted = pairs.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([column, value]) => `${JSON.stringify(column)}: ${printJson(value)}`).join(', ')}}`
}

function stored(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).map(([column, value]) => [storedName(column), value]))
}

function changeOf(mapping: string, entity: Entity): SharedChange {
  const plain = plainJson(encodeTransit(entity))
  const whole = isObject(plain) ? plain : {}
  const operation = get(whole, '$operation')
  const before = get(whole, '$based_on')
  const origins = get(whole, '$origin')
  const named = new Set(['$based_on', '$operation', '$origin', '$ids'])
  const columns = Object.entries(whole).flatMap(([column, value]) => {
    if (column.startsWith('_') || named.has(column)) return []
    return [[column.startsWith('$') ? `_${column.slice(1)}` : column, value] as const]
  })
  return {
    operation: operation === 'insert' || operation === 'update' || operation === 'delete' ? operation : 'none',
    mapping,
    record: Object.fromEntries(columns),
    before: isObject(before) ? before : null,
    origins: (Array.isArray(origins) ? origins : [origins]).filter(isObject).map((origin) => ({
      mapping: String(get(origin, 'mapping')),
      key: String(get(origin, 'key')),
      values: toObject(get(origin, 'values')),
    })),
  }
}

function toObject(json: Json | undefined): JsonObject {
  return isObject(json) ? json : {}
}

/** Numbers of all kinds as JSON's. */
function plainJson(json: Json): Json {
  if (typeof json === 'string') return json.startsWith('~f') ? Number(json.slice(2)) : json
  if (json instanceof Float) return json.value
  if (Array.isArray(json)) return json.map(plainJson)
  if (!isObject(json)) return json
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, plainJson(value)]))
}
