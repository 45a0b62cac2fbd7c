/** What one mapping would send, by columns of golden values and of its own records. */
import { evaluateBatch } from '../../dtl/batch.ts'
import { compileRules } from '../../dtl/compile/compile.ts'
import { makeContext } from '../../dtl/context.ts'
import type { Datasets } from '../../dtl/evaluation.ts'
import { printJson } from '../../entity/json.ts'
import type { Entity } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { newPrefix } from '../generate/plan-names.ts'
import { changeOf, noChanges, type SharedChange, sharedOperation } from '../test/changes.ts'
import { type ComputeOptions, type LiveColumn, RuleFailed } from './live-columns.ts'
import { changedAfter, putPresent } from './live-merge.ts'
import { type ConceptRules, operationProperty, type SharingRules, sharedNamespaces } from './live-rules.ts'
import { LiveRecords, type LiveUnits } from './live-units.ts'
import type { StepGroup } from './rule-steps.ts'
import type { ChangeTally } from './tally.ts'

/** So many names of a path are followed to see whether what is read has changed. */
export const MAX_PATH_LENGTH = 3

/** Datasets that rules look into. */
export interface KnownDatasets {
  readonly lists: Datasets
  /** A text that is another one where a dataset has changed. */
  readonly stateOf: (dataset: string) => string
}

/** The units that figures are about, and their records by mapping. */
export interface Round {
  readonly unitPlaces: readonly number[]
  readonly records: readonly (readonly number[])[]
}

/** One mapping of a concept, in one round. */
export class MappingSharing {
  private readonly name: string
  private readonly prefix: string
  private readonly own: LiveRecords
  private readonly row: LiveColumn | undefined
  private readonly sharing: SharingRules | null
  private readonly newId: string

  constructor(
    private readonly concept: { readonly rules: ConceptRules; readonly units: LiveUnits } & Round,
    private readonly place: number,
    private readonly datasets: KnownDatasets,
    private readonly environment: Environment,
    private readonly time: number,
    private readonly signal: AbortSignal,
  ) {
    const mapping = concept.rules.mappings[place]
    this.name = mapping?.planned.mapping.name ?? ''
    this.prefix = `${mapping?.planned.slug} `
    this.newId = mapping ? newPrefix(mapping.planned) : ''
    this.sharing = mapping?.sharing ?? null
    this.own = concept.units.mappings[place] ?? new LiveRecords('', '', [])
    this.row = this.own.table.get('$row')
  }

  /** What would be sent; the first `most` changes of each operation are told whole. */
  async tally(most: number): Promise<ChangeTally> {
    const { sharing, name } = this
    const counts = noChanges()
    if (sharing === null) return { counts: { [name]: counts }, changes: [] }
    const { units, unitPlaces, records } = this.concept
    const existing = records[this.place] ?? []
    const inserted = await this.inserted(sharing, this.without(existing, unitPlaces))
    const { operation } = sharing
    const golden = this.columns(operation.source)
    const ofRow = operation.paths.filter(([name]) => name === 'own')
    const row = ofRow.map(([, ...path]) => this.own.table.inside(['$row', ...path].slice(0, MAX_PATH_LENGTH)))
    await this.own.table.compute(operation, {
      ...this.computeOptions(operation),
      wanted: existing,
      sourceOf: (at) => this.recordSource(at, golden),
      isStale: (at, after) =>
        row.some((part) => changedAfter(part, at, after)) || this.isStale(this.own.unitOf[at] ?? 0, after, golden),
    })
    await units.table.compute(operation, {
      ...this.computeOptions(operation),
      wanted: inserted,
      sourceOf: (at) => this.newSource(at, golden),
      isStale: (at, after) => this.isStale(at, after, golden),
    })
    const shown: Entity[] = []
    const all = this.columns(goldenNames(this.concept.rules))
    const add = (column: LiveColumn | undefined, at: number, source: () => Entity): void => {
      const operationMade = sharedOperation({ _id: '', [operationProperty]: column?.values[at] ?? null })
      if (++counts[operationMade] <= most && operationMade !== 'none') shown.push(source())
    }
    const ofRecords = this.own.table.get(`${this.prefix}${operationProperty}`)
    for (const at of existing) add(ofRecords, at, () => this.recordSource(at, all))
    const ofUnits = units.table.get(`${this.prefix}${operationProperty}`)
    for (const at of inserted) add(ofUnits, at, () => this.newSource(at, all))
    return { counts: { [name]: counts }, changes: await this.whole(sharing, shown) }
  }

  /** The units that have no record of the mapping. */
  private without(records: readonly number[], unitPlaces: readonly number[]): number[] {
    const having = new Uint8Array(this.concept.units.size)
    for (const at of records) having[this.own.unitOf[at] ?? -1] = 1
    return unitPlaces.filter((unit) => having[unit] === 0)
  }

  /** Those of some units of which the mapping is to get a record. */
  private async inserted({ insert }: SharingRules, lacking: readonly number[]): Promise<readonly number[]> {
    if (insert === null) return []
    const { table } = this.concept.units
    const columns = this.columns(insert.source)
    await table.compute(insert, {
      ...this.computeOptions(insert),
      wanted: lacking,
      sourceOf: (at) => this.newSource(at, columns),
      isStale: (at, after) => this.isStale(at, after, columns),
    })
    const asked = table.get(`${this.prefix}${insert.writes[0] ?? ''}`)
    return lacking.filter((unit) => asked?.values[unit] === true)
  }

  private computeOptions({ steps, datasets }: StepGroup): Omit<ComputeOptions, 'wanted' | 'sourceOf' | 'isStale'> {
    return {
      environment: this.environment,
      namespaces: sharedNamespaces,
      datasets: this.datasets.lists,
      signal: this.signal,
      time: this.time,
      text: printJson([[...steps], datasets.map(this.datasets.stateOf)]),
      prefix: this.prefix,
    }
  }

  private columns(names: readonly string[]): readonly (readonly [string, LiveColumn])[] {
    return names.flatMap((name) => {
      const column = this.concept.units.table.get(name)
      return column === undefined ? [] : [[name, column] as const]
    })
  }

  private isStale(unit: number, after: number, columns: readonly (readonly [string, LiveColumn])[]): boolean {
    if ((this.concept.units.since[unit] ?? 0) > after) return true
    for (const [, column] of columns) if (changedAfter(column, unit, after)) return true
    return false
  }

  private recordSource(at: number, columns: readonly (readonly [string, LiveColumn])[]): Entity {
    const entity = this.source(`${this.own.slug}:${this.own.idOf(at)}`, this.own.unitOf[at] ?? 0, columns)
    putPresent(entity, 'own', this.row?.values[at])
    return entity
  }

  private newSource(unit: number, columns: readonly (readonly [string, LiveColumn])[]): Entity {
    return this.source(`${this.newId}${this.concept.units.idOf(unit)}`, unit, columns)
  }

  private source(id: string, unit: number, columns: readonly (readonly [string, LiveColumn])[]): Entity {
    const entity: Entity = { _id: id }
    for (const [name, column] of columns) putPresent(entity, name, column.values[unit])
    return entity
  }

  /** The changes themselves. */
  private async whole({ rules }: SharingRules, sources: readonly Entity[]): Promise<SharedChange[]> {
    const { dtl } = compileRules({ rules }, { namespaces: sharedNamespaces })
    const { lists: datasets } = this.datasets
    const context = makeContext({ environment: this.environment, namespaces: sharedNamespaces, datasets })
    const results = await evaluateBatch(sources, (entity, ctx) => dtl.run(entity, ctx).target, context)
    return results.flatMap((each) => {
      if (!('result' in each)) throw new RuleFailed(each.problem.message)
      return each.result === null ? [] : [changeOf(this.name, each.result)]
    })
  }
}

function goldenNames({ golden }: ConceptRules): readonly string[] {
  return golden.flatMap(({ writes }) => writes)
}
