/**
 * What an environment uses: the bytes of each dataset, with how often they count. Data of durable pipes is stored three
 * times (hub/features/durable-data.rst); data of global pipes that are searched takes more room for the index
 * (hub/features/integrated-search.rst: "2x increase", which can be read as one or two more).
 */

/** A dataset that a pipe fills, whatever is in it. */
export interface FilledDataset {
  readonly dataset: string
  readonly pipe: string
  /** Whether the project has the pipe: a node elsewhere may have others, of which nothing more is known. */
  readonly isOfProject: boolean
  /** The system that the pipe names; null where it works on datasets alone. */
  readonly system: string | null
  /** The group of configuration that the pipe belongs to. */
  readonly group: string | null
  readonly durable: boolean
  readonly global: boolean
  /** Other pipes that read it or reach it in hops. */
  readonly readers: readonly string[]
}

export interface UsedDataset extends FilledDataset {
  readonly bytes: number
  /** What it counts for, in bytes. */
  readonly counted: number
  /** Entities that are not deleted. */
  readonly entities: number
  readonly versions: number
}

/** How many more times the data of global pipes counts for search; 0 without search. */
export type SearchCopies = 0 | 1 | 2

/** What the bytes of a dataset count for. */
export function countedBytes(
  { bytes, durable, global }: Pick<UsedDataset, 'bytes' | 'durable' | 'global'>,
  search: SearchCopies,
): number {
  return bytes * (durable ? 3 : 1) + (global ? bytes * search : 0)
}

/** The amounts that a price is made of: data counted once with what search adds, and the part of it that is durable. */
export function amountsOf(datasets: readonly UsedDataset[], search: SearchCopies): PricedBytes {
  const sumOf = (of: (each: UsedDataset) => number) => datasets.reduce((total, each) => total + of(each), 0)
  return {
    bytes: sumOf(({ bytes, global }) => bytes + (global ? bytes * search : 0)),
    durableBytes: sumOf(({ bytes, durable }) => (durable ? bytes : 0)),
  }
}

/** Data that a price is computed from, in bytes. */
export interface PricedBytes {
  /** Each byte once, and what search adds. */
  readonly bytes: number
  /** The part in durable pipes, which counts for two more. */
  readonly durableBytes: number
}

/** What was used at the end of a day. */
export interface UsageSample {
  /** `yyyy-mm-dd`, by UTC. */
  readonly day: string
  readonly bytes: number
  readonly durableBytes: number
  readonly globalBytes: number
  readonly entities: number
  /** Bytes by system; what belongs to none is under the empty name. */
  readonly systems: Readonly<Record<string, number>>
  /** The same figures by config group; pipes of no group are under the empty name. */
  readonly groups: Readonly<Record<string, SampledBytes>>
  /** By dataset, in the first sample of a month and in the latest one: enough to say what grew; else empty. */
  readonly datasets: Readonly<Record<string, SampledDataset>>
}

/** What counts for the price, in bytes that are counted once. */
export interface SampledBytes {
  readonly bytes: number
  readonly durableBytes: number
  readonly globalBytes: number
}

export interface SampledDataset {
  readonly bytes: number
  readonly entities: number
  readonly versions: number
}

/** The sample of a day. */
export function sampleOf(day: string, datasets: readonly UsedDataset[]): UsageSample {
  const systems: Record<string, number> = {}
  for (const { system, bytes } of datasets) systems[system ?? ''] = (systems[system ?? ''] ?? 0) + bytes
  const groups = new Set(datasets.map(({ group }) => group ?? ''))
  return {
    day,
    ...sampledBytes(datasets),
    entities: datasets.reduce((total, each) => total + each.entities, 0),
    systems,
    groups: Object.fromEntries(
      [...groups].map((name) => [name, sampledBytes(datasets.filter(({ group }) => (group ?? '') === name))]),
    ),
    datasets: Object.fromEntries(
      datasets.map(({ dataset, bytes, entities, versions }) => [dataset, { bytes, entities, versions }]),
    ),
  }
}

function sampledBytes(datasets: readonly UsedDataset[]): SampledBytes {
  const sumOf = (of: (each: UsedDataset) => number) => datasets.reduce((total, each) => total + of(each), 0)
  return {
    bytes: sumOf(({ bytes }) => bytes),
    durableBytes: sumOf(({ bytes, durable }) => (durable ? bytes : 0)),
    globalBytes: sumOf(({ bytes, global }) => (global ? bytes : 0)),
  }
}

/** Samples that are kept: three years of days. */
const MAX_SAMPLES = 1096

/** The samples with one of today, which replaces an earlier one of the same day. */
export function withSample(samples: readonly UsageSample[], sample: UsageSample): readonly UsageSample[] {
  const all = [...samples.filter(({ day }) => day !== sample.day), sample].toSorted((a, b) => (a.day < b.day ? -1 : 1))
  const isFirstOfMonth = (at: number) => all[at - 1]?.day.slice(0, 7) !== all[at]?.day.slice(0, 7)
  return all
    .map((each, at) => (at === all.length - 1 || isFirstOfMonth(at) ? each : { ...each, datasets: {} }))
    .slice(-MAX_SAMPLES)
}
