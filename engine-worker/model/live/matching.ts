/**
 * How the records of a concept match, worked out from the records themselves: what a run of the generated pipes would
 * merge, without a run. Records whose keys are not in themselves (elements of lists, tables) go through their pipes in
 * memory. What an edit does not touch is kept: the texts of each key, and their numbers.
 */
import { LRUCache } from 'lru-cache'
import { printJson } from '../../entity/json.ts'
import type { Entity, Json } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { type DirectExpressions, directExpressions } from '../generate/enrich.ts'
import { type PlannedConcept, type PlannedMapping, planOf } from '../generate/plan.ts'
import type { Model } from '../model.ts'
import { type KeyedRecords, type NumberedKey, numberedKey, recordClusters } from './clusters.ts'
import { recordTexts } from './evaluate.ts'
import { keysThroughPipes } from './pipe-keys.ts'
import type { RecordReader } from './records.ts'

/** The records of a concept and how they belong together. */
export interface MatchedRecords extends KeyedRecords {
  readonly concept: PlannedConcept
  readonly clusters: readonly (readonly number[])[]
  /** Of each mapping: its dataset, or null where nothing has been collected. */
  readonly datasets: readonly (string | null)[]
}

type Texts = readonly (string | null)[]

/** Texts with a name that changes when they do. */
interface NamedTexts {
  readonly name: string
  readonly texts: Texts
}

/** What is read of the records of one mapping. */
interface MappingTexts {
  readonly ids: readonly string[]
  readonly columns: readonly NamedTexts[]
}

/** Matches the records of concepts; what has not changed is not worked out again. */
export class Matcher {
  private readonly texts = new LRUCache<string, Promise<Texts>>({ max: 300 })
  private readonly numbers = new LRUCache<string, NumberedKey>({ max: 100 })

  constructor(
    private readonly reader: RecordReader,
    private readonly environment: Environment,
  ) {}

  /** The records of one concept; null where the model has no such concept. */
  async match(model: Model, name: string): Promise<MatchedRecords | null> {
    const concept = planOf(model).concepts.get(name)
    if (concept === undefined) return null
    const datasets: (string | null)[] = []
    for (const { mapping } of concept.mappings)
      datasets.push((await this.reader.records(model, mapping.system, mapping.datatype)).dataset)
    const direct = concept.mappings.every((planned) => directExpressions(planned) !== null)
    const keyed = direct
      ? await this.direct(model, concept)
      : await keysThroughPipes(model, concept, this.reader, this.environment)
    return { concept, ...keyed, clusters: recordClusters(keyed), datasets }
  }

  private async direct(model: Model, { concept, mappings }: PlannedConcept): Promise<KeyedRecords> {
    const keys = concept.keys ?? []
    const read: MappingTexts[] = []
    for (const planned of mappings) read.push(await this.readMapping(model, planned, keys))
    // Texts of links come after those of the keys; a record may have several.
    const width = Math.max(0, ...read.map(({ columns }) => columns.length - keys.length))
    const of = (at: number): NamedTexts[] =>
      read.map(({ ids, columns }) => columns[at] ?? { name: `${ids.length}`, texts: ids.map(() => null) })
    const numbered = keys.map((key, at) => this.number(key, [of(at)]))
    const links = Array.from({ length: width }, (_, at) => of(keys.length + at))
    return {
      mappings: read.flatMap(({ ids }, at) => ids.map(() => at)),
      ids: read.flatMap(({ ids }) => ids),
      keys: links.length === 0 ? numbered : [...numbered, this.number([], links)],
    }
  }

  private number(of: readonly string[], columns: readonly (readonly NamedTexts[])[]): NumberedKey {
    const name = printJson([of, columns.map((parts) => parts.map((part) => part.name))].map((each) => [...each]))
    const known = this.numbers.get(name)
    if (known) return known
    const made = numberedKey(
      of,
      columns.map((parts) => parts.map(({ texts }) => texts)),
    )
    this.numbers.set(name, made)
    return made
  }

  private async readMapping(
    model: Model,
    planned: PlannedMapping,
    keys: readonly (readonly string[])[],
  ): Promise<MappingTexts> {
    const reading = directExpressions(planned)
    if (reading === null) return { ids: [], columns: [] }
    const { state, entities } = await this.reader.records(model, planned.mapping.system, planned.mapping.datatype)
    const own = reading.keys.filter(({ of }) => of.length > 0)
    const expressions: Json[] = [
      '_S._id',
      ...keys.map((key) => own.find(({ of }) => isSameKey(of, key))?.text ?? null),
      // The keys by tables have no properties, and stand in the order in which they are made.
      ...reading.keys.filter(({ of }) => of.length === 0).map(({ text }) => text),
    ]
    const names = expressions.map((expression) => printJson([state, planned.slug, reading.filter, expression]))
    const texts = await this.textsOf(planned, reading, entities, expressions, names)
    const [ids = [], ...columns] = texts
    return {
      ids: ids.map(String),
      columns: columns.map((column, at) => ({ name: names[at + 1] ?? '', texts: column })),
    }
  }

  /** The texts of expressions; those that are not known are worked out together. */
  private async textsOf(
    planned: PlannedMapping,
    reading: DirectExpressions,
    entities: readonly Entity[],
    expressions: readonly Json[],
    names: readonly string[],
  ): Promise<Texts[]> {
    const missing = expressions.flatMap((_, at) => (this.texts.has(names[at] ?? '') ? [] : [at]))
    if (missing.length > 0) {
      const wanted = missing.map((at) => expressions[at] ?? null)
      const working = recordTexts(planned, reading, entities, wanted, this.environment)
      for (const [place, at] of missing.entries()) {
        const column = working.then((columns) => columns[place] ?? [])
        const name = names[at] ?? ''
        this.texts.set(name, column)
        column.catch(() => this.texts.delete(name))
      }
    }
    return Promise.all(names.map((name) => this.texts.get(name) ?? []))
  }
}

function isSameKey(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index])
}
