/**
 * A dry run by columns: what the generated rules make of all records is kept value by value, and an edit of the model
 * makes only those values again that it touches. Only for models whose pipes look at nothing but columns.
 */
import { listDatasets } from '../../dtl/context.ts'
import type { Datasets } from '../../dtl/evaluation.ts'
import { printJson } from '../../entity/json.ts'
import type { Entity } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import type { Plan } from '../generate/plan.ts'
import { type LiveColumn, RuleFailed } from './live-columns.ts'
import { changedAfter, putPresent, UnitMerge } from './live-merge.ts'
import { type ConceptRules, liveRules } from './live-rules.ts'
import { type KnownDatasets, MAX_PATH_LENGTH, MappingSharing, type Round } from './live-sharing.ts'
import { LiveRecords, LiveUnits } from './live-units.ts'
import type { Matcher } from './matching.ts'
import type { RecordReader } from './records.ts'
import { addTally, type ChangeTally, emptyTally } from './tally.ts'

/** Records of the first rounds: few, so that their figures come soon. */
const roundSizes: readonly number[] = [2000]

/** What a merge takes together where the model says nothing else. */
const MAX_MEMBERS = 50_000

interface ColumnOptions {
  readonly signal: AbortSignal
  readonly most: number
  /** Hears what is found in the records that are done. */
  readonly found: (found: ChangeTally, done: number, of: number) => void
  /** Called before all records are done from the beginning and at once, because they look into each other. */
  readonly joined: () => Promise<void>
}

/** What a run by columns works with. */
interface LiveConcept {
  readonly rules: ConceptRules
  readonly units: LiveUnits
}

type ConceptRound = LiveConcept & Round

/** Dry runs of which each makes only what an edit has changed since the one before. They must not overlap. */
export class ColumnRun {
  private readonly units = new Map<string, LiveUnits>()
  private readonly golden = new GoldenDatasets()
  private time = 0
  private isFinished = false

  constructor(
    private readonly matcher: Matcher,
    private readonly reader: RecordReader,
    private readonly environment: Environment,
    private readonly sizes: readonly number[] = roundSizes,
  ) {}

  /** What would be sent; null where only the pipes themselves can say it. */
  async find(plan: Plan, options: ColumnOptions): Promise<ChangeTally | null> {
    const rules = liveRules(plan)
    const concepts = rules && (await this.arrange(plan, rules))
    if (concepts === null) {
      this.units.clear()
      return null
    }
    try {
      return await this.findIn(plan, concepts, options)
    } catch (error) {
      if (error instanceof RuleFailed) return null
      throw error
    }
  }

  private async arrange({ model }: Plan, rules: readonly ConceptRules[]): Promise<LiveConcept[] | null> {
    this.time++
    const live: LiveConcept[] = []
    for (const each of rules) {
      const { name, concept } = each.concept
      const matched = await this.matcher.match(model, name)
      if (matched === null || matched.hasFailed) return null
      const limit = concept.limit ?? MAX_MEMBERS
      if (matched.clusters.some(({ length }) => length > limit)) return null
      const stored = []
      for (const { planned } of each.mappings)
        stored.push(await this.reader.records(model, planned.mapping.system, planned.mapping.datatype))
      const units = this.units.get(name) ?? new LiveUnits()
      this.units.set(name, units)
      units.arrange(matched, stored, this.time)
      live.push({ rules: each, units })
    }
    for (const name of this.units.keys())
      if (!live.some(({ rules: { concept } }) => concept.name === name)) this.units.delete(name)
    return live
  }

  private async findIn(plan: Plan, concepts: readonly LiveConcept[], options: ColumnOptions): Promise<ChangeTally> {
    const tables = concepts.flatMap(({ units }) => [units.table, ...units.mappings.map(({ table }) => table)])
    for (const table of tables) table.begin()
    const of = concepts.reduce((sum, { units }) => sum + units.records.length, 0)
    // What is looked into must be known whole first.
    const looked = datasetsLookedInto(concepts)
    const isWhole = ({ rules }: LiveConcept): boolean => looked.has(rules.dataset)
    const ofWhole = concepts.filter(isWhole).reduce((sum, { units }) => sum + units.records.length, 0)
    const isJoined = ofWhole * 2 > of
    if (isJoined && !(this.isFinished && concepts.every(({ units }) => units.isKept))) await options.joined()
    this.isFinished = false
    const sizes = [...(isJoined ? [] : this.sizes.filter((size) => size * 2 < of)), of]
    let tally = emptyTally(plan)
    for (const size of sizes) {
      this.time++
      const share = size / Math.max(1, of)
      const rounds = concepts.map((each) => ({ ...each, ...roundOf(each.units, isWhole(each) ? 1 : share) }))
      for (const each of rounds) await this.makeGolden(each, options.signal)
      const datasets = this.golden.of(concepts)
      tally = emptyTally(plan)
      for (const each of rounds)
        for (const place of each.rules.mappings.keys()) {
          const sharing = new MappingSharing(each, place, datasets, this.environment, this.time, options.signal)
          addTally(tally, await sharing.tally(options.most), options.most)
        }
      const done = rounds.reduce((sum, { records }) => sum + records.reduce((all, { length }) => all + length, 0), 0)
      if (done < of) options.found(tally, done, of)
    }
    for (const table of tables) table.end()
    this.isFinished = true
    return tally
  }

  private async makeGolden({ rules, units, records, ...round }: ConceptRound, signal: AbortSignal): Promise<void> {
    const common = { environment: this.environment, signal, time: this.time }
    for (const [place, { enrich, namespaces }] of rules.mappings.entries()) {
      const { table, entities } = units.mappings[place] ?? new LiveRecords('', '', [])
      for (const group of enrich) {
        const inputs = group.paths.map((path) => table.inside(path.slice(0, MAX_PATH_LENGTH)))
        await table.compute(group, {
          ...common,
          namespaces,
          wanted: records[place] ?? [],
          sourceOf: (at) => entities[at] ?? {},
          isStale: (at, after) => inputs.some((input) => changedAfter(input, at, after)),
          text: printJson([...group.steps]),
        })
      }
    }
    for (const group of rules.golden) {
      const merging = new UnitMerge(units, group.source, rules.isMatched)
      const inputs = group.target.map((name) => units.table.get(name))
      await units.table.compute(group, {
        ...common,
        namespaces: rules.namespaces,
        wanted: round.unitPlaces,
        sourceOf: (at) => merging.merged(at),
        isStale: (at, after) =>
          merging.changedAfter(at, after) || inputs.some((input) => changedAfter(input, at, after)),
        text: printJson([[...group.steps], merging.text]),
      })
    }
  }
}

/** The units spread over all, as large a share of them as is asked for, with their records by mapping. */
function roundOf(units: LiveUnits, share: number): Round {
  const unitPlaces: number[] = []
  const records: number[][] = units.mappings.map(() => [])
  for (let unit = 0; unit < units.size; unit++) {
    if (share < 1 && Math.floor(unit * share) === Math.floor((unit + 1) * share)) continue
    unitPlaces.push(unit)
    const end = units.starts[unit + 1] ?? 0
    for (let at = units.starts[unit] ?? 0; at < end; at++) records[units.places[at] ?? 0]?.push(units.records[at] ?? 0)
  }
  return { unitPlaces, records }
}

/** Golden records as datasets; what has not changed keeps its indexes. */
class GoldenDatasets {
  private readonly made = new Map<string, { readonly state: string; readonly datasets: Datasets }>()

  /** Brings those up to date that are looked into. */
  of(concepts: readonly LiveConcept[]): KnownDatasets {
    const looked = datasetsLookedInto(concepts)
    const known = new Map<string, Datasets>()
    const states = new Map<string, string>()
    for (const { rules, units } of concepts) {
      const { dataset } = rules
      if (!looked.has(dataset)) continue
      const columns = rules.golden.flatMap(({ writes }) => writes).map((name) => [name, units.table.get(name)] as const)
      let since = 0
      for (const times of [units.since, ...columns.map(([, column]) => column?.since ?? [])])
        for (const each of times) since = Math.max(since, each)
      const state = `${since} ${units.size} ${columns.map(([name]) => name).join(' ')}`
      const before = this.made.get(dataset)
      const datasets =
        before?.state === state ? before.datasets : listDatasets({ [dataset]: goldenEntities(units, columns) })
      this.made.set(dataset, { state, datasets })
      known.set(dataset, datasets)
      states.set(dataset, state)
    }
    for (const dataset of this.made.keys()) if (!known.has(dataset)) this.made.delete(dataset)
    const none = listDatasets({})
    const at = (dataset: string): Datasets => known.get(dataset) ?? none
    return {
      lists: {
        lookup: (dataset, id) => at(dataset).lookup(dataset, id),
        join: (dataset, index, keys, isTracked) => at(dataset).join(dataset, index, keys, isTracked),
        all: (dataset, isTracked) => at(dataset).all(dataset, isTracked),
      },
      stateOf: (dataset) => states.get(dataset) ?? '',
    }
  }
}

function datasetsLookedInto(concepts: readonly LiveConcept[]): ReadonlySet<string> {
  const groups = concepts.flatMap(({ rules }) => rules.mappings.flatMap(({ sharing }) => sharing?.operation ?? []))
  return new Set(groups.flatMap(({ datasets }) => datasets))
}

function goldenEntities(
  units: LiveUnits,
  columns: readonly (readonly [name: string, column: LiveColumn | undefined])[],
): Entity[] {
  return Array.from({ length: units.size }, (_, unit) => {
    const entity: Entity = { _id: units.idOf(unit) }
    for (const [name, column] of columns) putPresent(entity, name, column?.values[unit])
    return entity
  })
}
