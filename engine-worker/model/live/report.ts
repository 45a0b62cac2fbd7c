/** What is told of the matching of a concept: counts, sizes of clusters, and clusters to look at. */
import type { KeyedRecord } from './clusters.ts'
import type { MatchedRecords } from './matching.ts'

/** A record by its mapping and `_id`. */
export interface RecordPlace {
  readonly mapping: string
  readonly id: string
}

/** A cluster that a person may want to look at. */
interface DoubtfulCluster {
  /** `keys`: records are one by one key and differ in another; `several`: a system has more than one of them. */
  readonly why: 'keys' | 'several'
  /** The properties of the keys in which they differ. */
  readonly differing: readonly string[]
  readonly members: readonly RecordPlace[]
}

/** One key of a concept. */
interface KeyReport {
  readonly of: readonly string[]
  /** Records that have it, and those that share it with another record. */
  readonly filled: number
  readonly shared: number
  /** Of these, the records that no other key joins with anything. */
  readonly alone: number
  /** Different values. */
  readonly distinct: number
}

/** How the records of a concept match. */
export interface MatchingReport {
  readonly mappings: readonly {
    readonly name: string
    readonly dataset: string | null
    readonly read: number
    readonly keyed: number
    readonly matched: number
  }[]
  readonly keys: readonly KeyReport[]
  readonly read: number
  readonly keyed: number
  readonly matched: number
  /** What is left when records that are the same are one. */
  readonly clusters: number
  /** Clusters by the number of their records, from 2 on. */
  readonly sizes: readonly { readonly records: number; readonly clusters: number }[]
  readonly kinds: {
    /** A record of each of several systems, without doubt; records of several systems; the same and more of one system. */
    readonly pairs: number
    readonly wider: number
    readonly several: number
    readonly keys: number
    readonly alone: number
  }
  readonly limit: number | null
  /** Clusters with more records than the limit. */
  readonly beyond: number
  /** The first of them, those that differ in keys first. */
  readonly doubtful: readonly DoubtfulCluster[]
}

const mostShown = 100

/** Describes matched records. */
export function matchingReport({ concept, records, clusters, keys, datasets }: MatchedRecords): MatchingReport {
  const { mappings } = concept
  const limit = concept.concept.limit ?? null
  const kinds = { pairs: 0, wider: 0, several: 0, keys: 0, alone: 0 }
  const sizes = new Map<number, number>()
  const doubtful: DoubtfulCluster[] = []
  const perMapping = mappings.map(() => ({ read: 0, keyed: 0, matched: 0 }))
  const width = Math.max(0, ...records.slice(0, 1).map(({ keys: own }) => own.length))
  const counts = Array.from({ length: width }, (_, place) => countsOf(records, place))
  let matched = 0
  let keyed = 0
  for (const { mapping, keys: own } of records) {
    const counts = perMapping[mapping]
    if (counts !== undefined) counts.read++
    if (own.every((key) => key === null)) continue
    keyed++
    if (counts !== undefined) counts.keyed++
  }
  for (const cluster of clusters) {
    const members = cluster.flatMap((at) => records[at] ?? [])
    if (members.length === 1) {
      kinds.alone++
      continue
    }
    matched += members.length
    for (const { mapping } of members) {
      const counts = perMapping[mapping]
      if (counts !== undefined) counts.matched++
    }
    sizes.set(members.length, (sizes.get(members.length) ?? 0) + 1)
    const differing = keys.filter((of, place) => of.length > 0 && differs(members, place)).map((of) => of.join(' + '))
    const repeats = new Set(members.map(({ mapping }) => mapping)).size < members.length
    if (differing.length > 0) kinds.keys++
    else if (repeats) kinds.several++
    else if (members.length === 2) kinds.pairs++
    else kinds.wider++
    if (differing.length === 0 && !repeats) continue
    doubtful.push({
      why: differing.length > 0 ? 'keys' : 'several',
      differing,
      members: members.map(({ mapping, id }) => ({ mapping: mappings[mapping]?.mapping.name ?? '', id })),
    })
  }
  doubtful.sort((a, b) => Number(b.why === 'keys') - Number(a.why === 'keys') || b.members.length - a.members.length)
  return {
    mappings: mappings.map(({ mapping: { name } }, at) => ({
      name,
      dataset: datasets[at] ?? null,
      ...(perMapping[at] ?? { read: 0, keyed: 0, matched: 0 }),
    })),
    keys: keys.flatMap((of, place) => (of.length === 0 ? [] : [keyReport(of, place, records, counts)])),
    read: records.length,
    keyed,
    matched,
    clusters: clusters.length,
    sizes: [...sizes].sort(([a], [b]) => a - b).map(([size, number]) => ({ records: size, clusters: number })),
    kinds,
    limit,
    beyond: limit === null ? 0 : [...sizes].reduce((sum, [size, number]) => sum + (size > limit ? number : 0), 0),
    doubtful: doubtful.slice(0, mostShown),
  }
}

function differs(members: readonly KeyedRecord[], place: number): boolean {
  const texts = new Set(members.map(({ keys }) => keys[place] ?? null).filter((text) => text !== null))
  return texts.size > 1
}

function keyReport(
  of: readonly string[],
  place: number,
  records: readonly KeyedRecord[],
  counts: readonly ReadonlyMap<string, number>[],
): KeyReport {
  const own = counts[place]
  let filled = 0
  let shared = 0
  let alone = 0
  for (const { keys } of records) {
    const text = keys[place] ?? null
    if (text === null) continue
    filled++
    if ((own?.get(text) ?? 0) < 2) continue
    shared++
    const elsewhere = keys.some((key, at) => at !== place && key !== null && (counts[at]?.get(key) ?? 0) > 1)
    if (!elsewhere) alone++
  }
  return { of, filled, shared, alone, distinct: own?.size ?? 0 }
}

function countsOf(records: readonly KeyedRecord[], place: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { keys } of records) {
    const text = keys[place] ?? null
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return counts
}
