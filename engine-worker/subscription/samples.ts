/** The daily counts as they are stored, what of them belongs to an environment, and what grew. */
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { dayAt, numberAt, objectAt } from './fields.ts'
import type { SampledBytes, SampledDataset, UsageSample } from './usage.ts'

/** Reads the daily counts. */
export function readSamples(stored: unknown): readonly UsageSample[] {
  return Array.isArray(stored) ? (stored as readonly Json[]).flatMap(readSample) : []
}

function readSample(json: Json): UsageSample[] {
  if (!isObject(json) || dayAt(json, 'day') === '') return []
  const systems = Object.entries(objectAt(json, 'systems')).map(([name, bytes]) => [name, Number(bytes) || 0])
  return [
    {
      day: dayAt(json, 'day'),
      ...readBytes(json),
      entities: numberAt(json, 'entities'),
      systems: Object.fromEntries(systems),
      groups: readEach(objectAt(json, 'groups'), readBytes),
      datasets: readEach(objectAt(json, 'datasets'), readDataset),
    },
  ]
}

function readEach<Read>(json: JsonObject, read: (json: JsonObject) => Read): Record<string, Read> {
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, each]) => (isObject(each) ? [[name, read(each)] as const] : [])),
  )
}

function readBytes(json: JsonObject): SampledBytes {
  return {
    bytes: numberAt(json, 'bytes'),
    durableBytes: numberAt(json, 'durableBytes'),
    globalBytes: numberAt(json, 'globalBytes'),
  }
}

function readDataset(json: JsonObject): SampledDataset {
  return {
    bytes: numberAt(json, 'bytes'),
    entities: numberAt(json, 'entities'),
    versions: numberAt(json, 'versions'),
  }
}

/** What a day counts for an environment with some of the groups; all where null. Days before groups were counted have none. */
export function sampledFor({ groups: byGroup, ...all }: UsageSample, groups: readonly string[] | null): SampledBytes {
  const { bytes, durableBytes, globalBytes } = all
  if (groups === null) return { bytes, durableBytes, globalBytes }
  const own = groups.flatMap((group) => (byGroup[group] === undefined ? [] : [byGroup[group]]))
  const sumOf = (of: (each: SampledBytes) => number) => own.reduce((total, each) => total + of(each), 0)
  return {
    bytes: sumOf((each) => each.bytes),
    durableBytes: sumOf((each) => each.durableBytes),
    globalBytes: sumOf((each) => each.globalBytes),
  }
}

/** Why a dataset takes more or less room than before. */
type GrowthReason = 'new' | 'gone' | 'entities' | 'versions' | 'size'

interface Growth {
  readonly dataset: string
  /** Bytes more; negative where it shrank. */
  readonly bytes: number
  readonly reason: GrowthReason
  /** Entities or versions more, by the reason; else 0. */
  readonly more: number
}

interface GrowthSince {
  /** The day of the earlier count. */
  readonly since: string
  /** The largest change first. */
  readonly changes: readonly Growth[]
}

/** What changed between the first count of the month before the latest one, or of its own month, and the latest. */
export function growthOf(samples: readonly UsageSample[]): GrowthSince | null {
  const last = samples.at(-1)
  const detailed = samples.slice(0, -1).filter(({ datasets }) => Object.keys(datasets).length > 0)
  const first = detailed.at(-2) ?? detailed.at(-1)
  if (last === undefined || first === undefined) return null
  const names = new Set([...Object.keys(first.datasets), ...Object.keys(last.datasets)])
  const changes = [...names].flatMap((dataset): Growth[] => {
    const [before, now] = [first.datasets[dataset], last.datasets[dataset]]
    const bytes = (now?.bytes ?? 0) - (before?.bytes ?? 0)
    if (bytes === 0) return []
    if (before === undefined) return [{ dataset, bytes, reason: 'new', more: now?.entities ?? 0 }]
    if (now === undefined) return [{ dataset, bytes, reason: 'gone', more: -before.entities }]
    const entities = now.entities - before.entities
    const versions = now.versions - before.versions
    // Entities that came explain the growth when they are most of the versions that came.
    if (entities !== 0 && Math.sign(entities) === Math.sign(bytes) && Math.abs(entities) * 2 >= Math.abs(versions))
      return [{ dataset, bytes, reason: 'entities', more: entities }]
    if (versions !== 0 && Math.sign(versions) === Math.sign(bytes))
      return [{ dataset, bytes, reason: 'versions', more: versions }]
    return [{ dataset, bytes, reason: 'size', more: 0 }]
  })
  return { since: first.day, changes: changes.toSorted((a, b) => Math.abs(b.bytes) - Math.abs(a.bytes)) }
}
