/** The records of a concept that some records become, as the generated pipes make them, and who said what. */
import { get } from '../../entity/dict.ts'
import { printValue } from '../../entity/transit.ts'
import { type Entity, isDict, type Value } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { contributors } from '../generate/global.ts'
import { generate } from '../generate/pipes.ts'
import { type PlannedConcept, planOf } from '../generate/plan.ts'
import { collectName, goldenPart, goldenProperty } from '../generate/plan-names.ts'
import type { Model } from '../model.ts'
import type { RecordReader } from './records.ts'
import type { RecordPlace } from './report.ts'
import { givenRecords, runInMemory } from './run.ts'

/** What one record says; values as transit texts. */
interface RecordWithValues extends RecordPlace {
  readonly values: Readonly<Record<string, string>>
}

/** One record of a concept. */
export interface GoldenRecord {
  /** By property, as transit texts. */
  readonly values: Readonly<Record<string, string>>
  /** The mapping and record whose value won, by property. */
  readonly winners: Readonly<Record<string, RecordPlace>>
  readonly records: readonly RecordWithValues[]
}

/** Runs some records of one concept through the pipes of the model. */
export async function goldenOf(
  model: Model,
  name: string,
  places: readonly RecordPlace[],
  reader: RecordReader,
  environment: Environment,
): Promise<readonly GoldenRecord[]> {
  const plan = planOf(model)
  const concept = plan.concepts.get(name)
  if (concept === undefined) return []
  const entitiesByDataset = new Map<string, Entity[]>()
  for (const { mapping, id } of places) {
    const declared = concept.mappings.find((each) => each.mapping.name === mapping)?.mapping
    if (declared === undefined) continue
    const { entities } = await reader.records(model, declared.system, declared.datatype)
    // An element of a list is named after the record that it is in.
    const found = entities.find(({ _id }) => _id === id || (typeof _id === 'string' && id.startsWith(`${_id}?`)))
    const collect = collectName(declared)
    const own = entitiesByDataset.get(collect) ?? []
    if (found !== undefined && !own.includes(found)) own.push(found)
    entitiesByDataset.set(collect, own)
  }
  const components = generate(model).filter(({ id }) => !/-(transform|transform-split|share)$/.test(id))
  const { store } = await runInMemory(components, givenRecords(model, entitiesByDataset), environment)
  const goldenRecords: GoldenRecord[] = []
  for await (const batch of store.scan(`global-${concept.slug}`, { live: true }))
    for (const entity of batch) goldenRecords.push(recordOf(concept, entity))
  return goldenRecords
}

function recordOf(concept: PlannedConcept, entity: Entity): GoldenRecord {
  const properties = Object.keys(concept.concept.properties)
  const rows = listOf(get(entity, goldenPart(concept, 'rows')) ?? null)
  const sayings = rows.map((row) => ({
    mapping: textOf(get(row, 'mapping')),
    id: textOf(get(row, 'key')),
    said: get(row, 'values') ?? null,
    times: get(row, 'times') ?? null,
  }))
  const values = new Map<string, string>()
  const winners = new Map<string, RecordPlace>()
  for (const property of properties) {
    const value = get(entity, goldenProperty(concept, property)) ?? null
    if (value === null) continue
    const text = printValue(value)
    values.set(property, text)
    const order = contributors(concept, property).map(({ mapping }) => mapping.name)
    const holders = sayings
      .filter(({ said }) => isDict(said) && printValue(get(said, property) ?? null) === text)
      .sort((a, b) => order.indexOf(a.mapping) - order.indexOf(b.mapping))
    const latest = concept.concept.properties[property]?.rule === 'latest'
    const [first] = latest
      ? holders.sort((a, b) => compareTimes(timeOf(b.times, property), timeOf(a.times, property)))
      : holders
    if (first !== undefined) winners.set(property, { mapping: first.mapping, id: first.id })
  }
  return {
    values: Object.fromEntries(values),
    winners: Object.fromEntries(winners),
    records: sayings.map(({ mapping, id, said }) => ({ mapping, id, values: isDict(said) ? textsOf(said) : {} })),
  }
}

function timeOf(times: Value, property: string): string {
  const time = isDict(times) ? (get(times, property) ?? null) : null
  return time === null ? '' : printValue(time)
}

function compareTimes(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function textsOf(values: Entity | Readonly<Record<string, Value>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, printValue(value)]])),
  )
}

function listOf(value: Value): Entity[] {
  const list = Array.isArray(value) ? value : [value]
  return list.flatMap((each) => (isDict(each) ? [{ _id: '', ...each }] : []))
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}
