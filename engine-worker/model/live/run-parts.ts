/**
 * A dry run in parts: records that are one, and those that they refer to, make up a part that no pipe looks beyond. So
 * each part says about its own records what the whole says, and the first figures are there long before the last.
 */
import type { Entity } from '../../entity/value.ts'
import { directExpressions } from '../generate/enrich.ts'
import { hasFeedback } from '../generate/feedback.ts'
import { type Plan, planOf } from '../generate/plan.ts'
import { collectName } from '../generate/plan-names.ts'
import { isSet } from '../generate/sets.ts'
import type { Model } from '../model.ts'
import { linkedUnits, linksOfRecords, type Unit } from './linked-units.ts'
import type { MatchedRecords, Matcher } from './matching.ts'
import type { RecordReader, StoredRecords } from './records.ts'

/** Records of the first parts: few, so that their figures come soon. The last number counts for all others. */
const partSizes: readonly number[] = [1500, 6000, 15_000]

/** A part of the records of a model. */
interface RunPart {
  /** The records by the pipe that collects them. */
  readonly records: ReadonlyMap<string, readonly Entity[]>
  /** A text that is another one where the part has other records. */
  readonly state: string
  /** How many records it is about, without those that they refer to. */
  readonly own: number
  /** Whether it is about a record of a mapping. */
  readonly isAbout: (mapping: string, id: string) => boolean
}

/** Whether the pipes of a model look at nothing but records that are one and those that they refer to. */
function isDivisible({ mappings, concepts }: Plan): boolean {
  const isDirect = mappings.every((planned) => directExpressions(planned) !== null && !isSet(planned))
  return isDirect && [...concepts.values()].every((concept) => !hasFeedback(concept))
}

/** All parts of a model's records, each made when it is asked for. */
interface RunParts {
  readonly parts: Iterable<RunPart>
  /** How many records the parts are about, and how many there are. */
  readonly of: number
  readonly size: number
}

/** Makes the parts of a model's records; where an edit touches nothing that parts depend on, they are the same again. */
export class PartMaker {
  private cachedParts: (RunParts & { readonly state: string }) | null = null

  constructor(
    private readonly matcher: Matcher,
    private readonly reader: RecordReader,
    private readonly sizes: readonly number[] = partSizes,
  ) {}

  /** The parts of all records, in which the first ones stand for all; null where the model cannot be taken in parts. */
  async parts(edited: Model): Promise<RunParts | null> {
    // What a filter leaves out stays in the part of those that it would be one with: a filter makes no other parts.
    const model = { ...edited, mappings: edited.mappings.map(({ filter: _, ...mapping }) => mapping) }
    const plan = planOf(model)
    if (!isDivisible(plan)) return null
    const matched: MatchedRecords[] = []
    for (const name of plan.concepts.keys()) {
      const found = await this.matcher.match(model, name)
      if (found !== null) matched.push(found)
    }
    const links = await linksOfRecords(plan, this.matcher)
    const stored = await storedOf(model, this.reader)
    const collects = new Map(model.mappings.map((each) => [each.name, collectName(each)]))
    const mapped = [...collects].map(([mapping, collect]) => `${mapping} ${collect}`)
    const read = [...stored].map(([collect, { state }]) => `${collect} ${state}`)
    const state = [...matched.map((each) => each.state), links.state, ...mapped, ...read].join('\n')
    if (this.cachedParts?.state === state) return this.cachedParts
    const sources = new Map([...stored].map(([collect, records]) => [collect, sourceOf(records)]))
    const units = matched.flatMap((each) => each.clusters.map((cluster) => unitOf(each, cluster)))
    const parts = replayable(partsOf(units, linkedUnits(units, links), sources, collects, this.sizes))
    const of = units.reduce((sum, { length }) => sum + length, 0)
    const size = [...sources.values()].reduce((sum, { entities }) => sum + entities.length, 0)
    this.cachedParts = { state, parts, of, size }
    return this.cachedParts
  }
}

function* partsOf(
  units: readonly Unit[],
  links: (unit: number) => Iterable<number>,
  sources: ReadonlyMap<string, Source>,
  collects: ReadonlyMap<string, string>,
  sizes: readonly number[],
): Iterable<RunPart> {
  let own: number[] = []
  let count = 0
  let partCount = 0
  for (const at of spreadOrder(units.length)) {
    own.push(at)
    count += units[at]?.length ?? 0
    if (count < (sizes[Math.min(partCount, sizes.length - 1)] ?? 0)) continue
    yield partOf(units, own, links, sources, collects, false)
    own = []
    count = 0
    partCount++
  }
  yield partOf(units, own, links, sources, collects, true)
}

/** The same items each time, of which each is made once. */
function replayable<T>(source: Iterable<T>): Iterable<T> {
  const replayed: T[] = []
  const iterator = source[Symbol.iterator]()
  return {
    *[Symbol.iterator]() {
      for (let at = 0; ; at++) {
        if (at === replayed.length) {
          const next = iterator.next()
          if (next.done === true) return
          replayed.push(next.value)
        }
        yield* replayed.slice(at, at + 1)
      }
    },
  }
}

function unitOf({ concept, mappings, ids }: MatchedRecords, cluster: readonly number[]): Unit {
  return cluster.map((at) => [concept.mappings[mappings[at] ?? -1]?.mapping.name ?? '', ids[at] ?? ''] as const)
}

/** The numbers below `length`, so that those at the beginning are spread evenly over all. */
function* spreadOrder(length: number): Iterable<number> {
  const steps = 64
  for (let step = 0; step < steps; step++) for (let at = step; at < length; at += steps) yield at
}

/** The records of a datatype, and which of them no part has had yet. */
interface Source {
  readonly state: string
  readonly entities: readonly Entity[]
  readonly places: ReadonlyMap<string, number>
  readonly left: Set<number>
}

/** The records of each datatype by the pipe that collects them. */
async function storedOf(model: Model, reader: RecordReader): Promise<Map<string, StoredRecords>> {
  const stored = new Map<string, StoredRecords>()
  for (const [system, { datatypes }] of Object.entries(model.systems))
    for (const datatype of Object.keys(datatypes))
      stored.set(collectName({ system, datatype }), await reader.records(model, system, datatype))
  return stored
}

function sourceOf({ state, entities }: StoredRecords): Source {
  const places = new Map(entities.map(({ _id }, at) => [String(_id), at]))
  return { state, entities, places, left: new Set(entities.keys()) }
}

function partOf(
  units: readonly Unit[],
  own: readonly number[],
  links: (unit: number) => Iterable<number>,
  sources: ReadonlyMap<string, Source>,
  collects: ReadonlyMap<string, string>,
  isLast: boolean,
): RunPart {
  const places = new Map([...sources.keys()].map((name) => [name, new Set<number>()]))
  const members = new Set(own)
  for (const unit of members) {
    for (const [mapping, id] of units[unit] ?? []) {
      const collect = collects.get(mapping) ?? ''
      const place = sources.get(collect)?.places.get(id)
      if (place === undefined) continue
      places.get(collect)?.add(place)
      sources.get(collect)?.left.delete(place)
    }
    for (const other of links(unit)) members.add(other)
  }
  // What is in no unit (a filter leaves it out) makes nothing, but may fail.
  if (isLast) for (const [name, { left }] of sources) for (const place of left) places.get(name)?.add(place)
  const about = new Set(own.flatMap((unit) => (units[unit] ?? []).map(keyOf)))
  const records = new Map<string, readonly Entity[]>()
  const states: string[] = []
  for (const [name, set] of places) {
    const sorted = Int32Array.from(set).sort()
    const source = sources.get(name)
    records.set(
      name,
      Array.from(sorted, (at) => source?.entities[at]).filter((entity) => entity !== undefined),
    )
    states.push(`${source?.state ?? ''} ${sorted.join()}`)
  }
  return {
    records,
    state: states.join('\n'),
    own: about.size,
    isAbout: (mapping, id) => about.has(keyOf([mapping, id])),
  }
}

function keyOf([mapping, id]: readonly [string, string]): string {
  return `${mapping} ${id}`
}
