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
import { type ExpressionTexts, recordTexts } from './evaluate.ts'
import { keysThroughPipes } from './pipe-keys.ts'
import type { RecordReader } from './records.ts'

/** The records of a concept and how they belong together. */
export interface MatchedRecords extends KeyedRecords {
  readonly concept: PlannedConcept
  readonly clusters: readonly (readonly number[])[]
  /** A text that is another one where the records, or what makes them the same, are others. */
  readonly state: string
  /** Of each mapping: its dataset, or null where nothing has been collected. */
  readonly datasets: readonly (string | null)[]
  /** Whether a filter or key fails for a record, which then counts as one without it. */
  readonly hasFailed: boolean
}

/** Texts with a name that changes when they do. */
interface NamedTexts extends Pick<ExpressionTexts, 'hasFailed'> {
  readonly name: string
  readonly texts: readonly (string | null)[]
}

/** What is read of the records of one mapping. */
interface MappingTexts {
  /** The name of the texts of the ids. */
  readonly name: string
  readonly ids: readonly string[]
  readonly columns: readonly NamedTexts[]
  readonly hasFailed: boolean
}

const nothing: ExpressionTexts = { texts: [], hasFailed: false }

/** Matches the records of concepts; what has not changed is not worked out again. */
export class Matcher {
  private readonly texts = new LRUCache<string, Promise<ExpressionTexts>>({ max: 300 })
  private readonly numbers = new LRUCache<string, NumberedKey>({ max: 100 })
  private readonly clusters = new LRUCache<string, readonly (readonly number[])[]>({ max: 30 })

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
    if (concept.mappings.some((planned) => directExpressions(planned) === null)) {
      const keyed = await keysThroughPipes(model, concept, this.reader, this.environment)
      return { concept, ...keyed, clusters: recordClusters(keyed), state: '', datasets, hasFailed: false }
    }
    const keyed = await this.directKeys(model, concept)
    const clusters = this.clusters.get(keyed.state) ?? recordClusters(keyed)
    this.clusters.set(keyed.state, clusters)
    return { concept, ...keyed, clusters, datasets }
  }

  /** The texts of expressions for the records of a mapping, and their names, which change when the texts do. */
  async recordTexts(
    model: Model,
    planned: PlannedMapping,
    reading: DirectExpressions,
    expressions: readonly Json[],
  ): Promise<readonly NamedTexts[]> {
    const { state, entities } = await this.reader.records(model, planned.mapping.system, planned.mapping.datatype)
    const names = expressions.map((expression) => printJson([state, planned.slug, reading.filter, expression]))
    const found = await this.textsOf(planned, reading, entities, expressions, names)
    return found.map((column, at) => ({ ...column, name: names[at] ?? '' }))
  }

  private async directKeys(
    model: Model,
    { concept, mappings }: PlannedConcept,
  ): Promise<KeyedRecords & Pick<MatchedRecords, 'state' | 'hasFailed'>> {
    const keys = concept.keys ?? []
    const read: MappingTexts[] = []
    for (const planned of mappings) read.push(await this.readMapping(model, planned, keys))
    const state = printJson([
      keys.map((key) => [...key]),
      ...read.map((each) => [each.name, ...each.columns.map(({ name }) => name)]),
    ])
    // Texts of links come after those of the keys; a record may have several.
    const width = Math.max(0, ...read.map(({ columns }) => columns.length - keys.length))
    const columnsAt = (at: number): NamedTexts[] =>
      read.map(
        ({ ids, columns }) => columns[at] ?? { name: `${ids.length}`, texts: ids.map(() => null), hasFailed: false },
      )
    const numbered = keys.map((key, at) => this.numberKey(key, [columnsAt(at)]))
    const links = Array.from({ length: width }, (_, at) => columnsAt(keys.length + at))
    return {
      mappings: read.flatMap(({ ids }, at) => ids.map(() => at)),
      ids: read.flatMap(({ ids }) => ids),
      keys: links.length === 0 ? numbered : [...numbered, this.numberKey([], links)],
      state,
      hasFailed: read.some((each) => each.hasFailed),
    }
  }

  private numberKey(of: readonly string[], columns: readonly (readonly NamedTexts[])[]): NumberedKey {
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
    if (reading === null) return { name: '', ids: [], columns: [], hasFailed: false }
    const own = reading.keys.filter(({ of }) => of.length > 0)
    const expressions: Json[] = [
      '_S._id',
      ...keys.map((key) => own.find(({ of }) => isSameKey(of, key))?.text ?? null),
      // The keys by tables have no properties, and stand in the order in which they are made.
      ...reading.keys.filter(({ of }) => of.length === 0).map(({ text }) => text),
    ]
    const [ids, ...columns] = await this.recordTexts(model, planned, reading, expressions)
    const hasFailed = ids?.hasFailed === true || columns.some((column) => column.hasFailed)
    return { name: ids?.name ?? '', ids: (ids?.texts ?? []).map(String), columns, hasFailed }
  }

  /** The texts of expressions; those that are not known are worked out together. */
  private async textsOf(
    planned: PlannedMapping,
    reading: DirectExpressions,
    entities: readonly Entity[],
    expressions: readonly Json[],
    names: readonly string[],
  ): Promise<ExpressionTexts[]> {
    const missing = expressions.flatMap((_, at) => (this.texts.has(names[at] ?? '') ? [] : [at]))
    if (missing.length > 0) {
      const wanted = missing.map((at) => expressions[at] ?? null)
      const working = recordTexts(planned, reading, entities, wanted, this.environment)
      for (const [place, at] of missing.entries()) {
        const column = working.then((columns) => columns[place] ?? nothing)
        const name = names[at] ?? ''
        this.texts.set(name, column)
        column.catch(() => this.texts.delete(name))
      }
    }
    return Promise.all(names.map((name) => this.texts.get(name) ?? nothing))
  }
}

function isSameKey(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index])
}
