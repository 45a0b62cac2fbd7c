/**
 * A dry run in parts: records that are one, and those that they refer to, make up a part that no pipe looks beyond. So
 * each part says about its own records what the whole says, and the first figures are there long before the last.
 */
import type { Entity } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { directExpressions } from '../generate/enrich.ts'
import { hasFeedback } from '../generate/feedback.ts'
import { type Plan, planOf } from '../generate/plan.ts'
import { collectName } from '../generate/plan-names.ts'
import { isSet } from '../generate/sets.ts'
import type { Model } from '../model.ts'
import { linkedUnits, type Unit } from './linked-units.ts'
import type { MatchedRecords, Matcher } from './matching.ts'
import type { RecordReader } from './records.ts'

/** Records of the first parts: few, so that their figures come soon. The last number counts for all others. */
const partSizes: readonly number[] = [1500, 6000, 15_000]

/** A part of the records of a model. */
interface RunPart {
  /** The records by the pipe that collects them. */
  readonly records: ReadonlyMap<string, readonly Entity[]>
  /** A text that is another one where the part has other records. */
  readonly state: string
  /** How many records are in it, with those that they refer to, and how many of them it is about. */
  readonly size: number
  readonly own: number
  /** Whether it is about a record of a mapping. */
  readonly isAbout: (mapping: string, id: string) => boolean
}

/** Whether the pipes of a model look at nothing but records that are one and those that they refer to. */
function isDivisible({ mappings, concepts }: Plan): boolean {
  const isDirect = mappings.every((planned) => directExpressions(planned) !== null && !isSet(planned))
  return isDirect && [...concepts.values()].every((concept) => !hasFeedback(concept))
}

/** The parts of all records, in which the first ones stand for all; null where the model cannot be taken in parts. */
export async function runParts(
  model: Model,
  matcher: Matcher,
  reader: RecordReader,
  environment: Environment,
  sizes: readonly number[] = partSizes,
): Promise<readonly RunPart[] | null> {
  const plan = planOf(model)
  if (!isDivisible(plan)) return null
  const units: Unit[] = []
  for (const name of plan.concepts.keys()) {
    const matched = await matcher.match(model, name)
    if (matched !== null) for (const cluster of matched.clusters) units.push(unitOf(matched, cluster))
  }
  const links = await linkedUnits(plan, units, reader, environment)
  const sources = await sourcesOf(model, reader)
  const collects = new Map(model.mappings.map((each) => [each.name, collectName(each)]))
  const parts: RunPart[] = []
  let own: number[] = []
  let count = 0
  const close = (isLast: boolean): void => {
    parts.push(partOf(units, own, links, sources, collects, isLast))
    own = []
    count = 0
  }
  for (const at of spread(units.length)) {
    own.push(at)
    count += units[at]?.length ?? 0
    if (count >= (sizes[Math.min(parts.length, sizes.length - 1)] ?? 0)) close(false)
  }
  close(true)
  return parts
}

function unitOf({ concept, mappings, ids }: MatchedRecords, cluster: readonly number[]): Unit {
  return cluster.map((at) => [concept.mappings[mappings[at] ?? -1]?.mapping.name ?? '', ids[at] ?? ''] as const)
}

/** The numbers below `length`, so that those at the beginning are spread evenly over all. */
function* spread(length: number): Iterable<number> {
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

async function sourcesOf(model: Model, reader: RecordReader): Promise<Map<string, Source>> {
  const sources = new Map<string, Source>()
  for (const [system, { datatypes }] of Object.entries(model.systems))
    for (const datatype of Object.keys(datatypes)) {
      const { state, entities } = await reader.records(model, system, datatype)
      const places = new Map(entities.map(({ _id }, at) => [String(_id), at]))
      const left = new Set(entities.keys())
      sources.set(collectName({ system, datatype }), { state, entities, places, left })
    }
  return sources
}

function partOf(
  units: readonly Unit[],
  own: readonly number[],
  links: (unit: number) => readonly number[],
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
    size: [...records.values()].reduce((sum, { length }) => sum + length, 0),
    own: about.size,
    isAbout: (mapping, id) => about.has(keyOf([mapping, id])),
  }
}

function keyOf([mapping, id]: readonly [string, string]): string {
  return `${mapping} ${id}`
}
