/**
 * How the records of a concept match, worked out from the records themselves: what a run of the generated pipes would
 * merge, without a run. Records whose keys are not in themselves (elements of lists, tables) go through their pipes in
 * memory.
 */
import { LRUCache } from 'lru-cache'
import { printJson } from '../../entity/json.ts'
import type { Json } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { directReading } from '../generate/enrich.ts'
import { type PlannedConcept, type PlannedMapping, planOf } from '../generate/plan.ts'
import type { Model } from '../model.ts'
import { clustersOf, type KeyedRecord } from './clusters.ts'
import { evaluateRecords } from './evaluate.ts'
import { keysThroughPipes } from './pipe-keys.ts'
import type { RecordReader } from './records.ts'

/** The records of a concept and how they belong together. */
export interface MatchedRecords {
  readonly concept: PlannedConcept
  readonly records: readonly KeyedRecord[]
  readonly clusters: readonly (readonly number[])[]
  /** The properties of each key, in the order of {@link KeyedRecord.keys}; none for links by tables. */
  readonly keys: readonly (readonly string[])[]
  /** Of each mapping: its dataset, or null where nothing has been collected. */
  readonly datasets: readonly (string | null)[]
}

type MappingKeys = readonly { readonly id: string; readonly keys: readonly (string | null)[] }[]

/** Matches the records of concepts; what has not changed is not worked out again. */
export class Matcher {
  private readonly kept = new LRUCache<string, Promise<MappingKeys>>({ max: 100 })

  constructor(
    private readonly reader: RecordReader,
    private readonly environment: Environment,
  ) {}

  /** The records of one concept; null where the model has no such concept. */
  async match(model: Model, name: string): Promise<MatchedRecords | null> {
    const concept = planOf(model).concepts.get(name)
    if (concept === undefined) return null
    const direct = concept.mappings.every((planned) => directReading(planned) !== null)
    const keys = direct ? columnsOf(concept) : [...(concept.concept.keys ?? []), []]
    const records: KeyedRecord[] = []
    const datasets: (string | null)[] = []
    for (const [mapping, planned] of concept.mappings.entries()) {
      const { system, datatype } = planned.mapping
      const stored = await this.reader.records(model, system, datatype)
      datasets.push(stored.dataset)
      const found = direct ? await this.direct(model, planned, keys) : []
      for (const each of found) records.push({ mapping, ...each })
    }
    if (!direct) records.push(...(await keysThroughPipes(model, concept, keys, this.reader, this.environment)))
    return { concept, records, clusters: clustersOf(records), keys, datasets }
  }

  private async direct(
    model: Model,
    planned: PlannedMapping,
    columns: readonly (readonly string[])[],
  ): Promise<MappingKeys> {
    const reading = directReading(planned)
    if (reading === null) return []
    const { state, entities } = await this.reader.records(model, planned.mapping.system, planned.mapping.datatype)
    // The keys by tables have no properties and stand after the others, in the order in which they are made.
    const own = reading.keys.filter(({ of }) => of.length > 0)
    const links = reading.keys.filter(({ of }) => of.length === 0).map(({ text }) => text)
    const expressions: Json[] = columns.flatMap((column) =>
      column.length === 0 ? [] : [own.find(({ of }) => same(of, column))?.text ?? null],
    )
    const all = [...expressions, ...links]
    const key = `${state} ${printJson([reading.filter, all])}`
    const known = this.kept.get(key)
    if (known) return known
    const working = this.evaluate(planned, reading, entities, all)
    this.kept.set(key, working)
    working.catch(() => this.kept.delete(key))
    return working
  }

  private async evaluate(
    planned: PlannedMapping,
    reading: NonNullable<ReturnType<typeof directReading>>,
    entities: Parameters<typeof evaluateRecords>[2],
    expressions: readonly Json[],
  ): Promise<MappingKeys> {
    const found: { id: string; keys: (string | null)[] }[] = []
    await evaluateRecords(planned, reading, entities, expressions, this.environment, (entity, values) => {
      const keys = values.map((value) => (typeof value === 'string' ? value : null))
      found.push({ id: String(entity._id), keys })
    })
    return found
  }
}

function columnsOf({ concept, mappings }: PlannedConcept): (readonly string[])[] {
  const links = mappings.some((planned) => directReading(planned)?.keys.some(({ of }) => of.length === 0))
  return [...(concept.keys ?? []), ...(links ? [[]] : [])]
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index])
}
