/** A report on the matching of a concept: counts, sizes of clusters, and clusters to look at. */
import type { NumberedKey } from './clusters.ts'
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
  /** How many of these records no other key joins with anything. */
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

const MAX_SHOWN = 100

/** Describes matched records. */
export function matchingReport(matched: MatchedRecords): MatchingReport {
  const { concept, mappings: places, ids, clusters, keys, datasets } = matched
  const { mappings } = concept
  const limit = concept.concept.limit ?? null
  const kinds = { pairs: 0, wider: 0, several: 0, keys: 0, alone: 0 }
  const sizes = new Map<number, number>()
  const doubtful: { readonly differing: readonly string[]; readonly members: readonly number[] }[] = []
  const counts = keys.map(countsOf)
  const read = mappings.map(() => 0)
  const keyed = mappings.map(() => 0)
  const joined = mappings.map(() => 0)
  const addPlace = (list: number[], record: number): void => {
    const place = places[record] ?? -1
    if (place >= 0) list[place] = (list[place] ?? 0) + 1
  }
  let allKeyed = 0
  for (let at = 0; at < ids.length; at++) {
    addPlace(read, at)
    if (!keys.some(({ columns }) => columns.some((column) => (column[at] ?? -1) >= 0))) continue
    allKeyed++
    addPlace(keyed, at)
  }
  let allJoined = 0
  const usedKeys = keys.filter(({ of }) => of.length > 0)
  for (const members of clusters) {
    if (members.length === 1) {
      kinds.alone++
      continue
    }
    allJoined += members.length
    for (const member of members) addPlace(joined, member)
    sizes.set(members.length, (sizes.get(members.length) ?? 0) + 1)
    const differing = usedKeys.filter((key) => differs(members, key)).map(({ of }) => of.join(' + '))
    const repeats = new Set(members.map((member) => places[member])).size < members.length
    if (differing.length > 0) kinds.keys++
    else if (repeats) kinds.several++
    else if (members.length === 2) kinds.pairs++
    else kinds.wider++
    if (differing.length > 0 || repeats) doubtful.push({ differing, members })
  }
  const isByKeys = ({ differing }: { readonly differing: readonly string[] }): number => Number(differing.length > 0)
  doubtful.sort((a, b) => isByKeys(b) - isByKeys(a) || b.members.length - a.members.length)
  return {
    mappings: mappings.map(({ mapping: { name } }, at) => ({
      name,
      dataset: datasets[at] ?? null,
      read: read[at] ?? 0,
      keyed: keyed[at] ?? 0,
      matched: joined[at] ?? 0,
    })),
    keys: keys.flatMap((key, place) => (key.of.length === 0 ? [] : [keyReport(key, place, keys, counts)])),
    read: ids.length,
    keyed: allKeyed,
    matched: allJoined,
    clusters: clusters.length,
    sizes: [...sizes].sort(([a], [b]) => a - b).map(([size, number]) => ({ records: size, clusters: number })),
    kinds,
    limit,
    beyond: limit === null ? 0 : [...sizes].reduce((sum, [size, number]) => sum + (size > limit ? number : 0), 0),
    doubtful: doubtful.slice(0, MAX_SHOWN).map(({ differing, members }) => ({
      why: differing.length > 0 ? 'keys' : 'several',
      differing,
      members: members.map((member) => ({
        mapping: mappings[places[member] ?? -1]?.mapping.name ?? '',
        id: ids[member] ?? '',
      })),
    })),
  }
}

function differs(members: readonly number[], { columns: [column] }: NumberedKey): boolean {
  let first = -1
  for (const member of members) {
    const number = column?.[member] ?? -1
    if (number < 0) continue
    if (first >= 0 && number !== first) return true
    first = number
  }
  return false
}

function keyReport(
  key: NumberedKey,
  place: number,
  keys: readonly NumberedKey[],
  counts: readonly Int32Array[],
): KeyReport {
  const [column = new Int32Array()] = key.columns
  const isShared = (at: number, number: number): boolean => number >= 0 && (counts[at]?.[number] ?? 0) > 1
  let filled = 0
  let shared = 0
  let alone = 0
  for (const [record, number] of column.entries()) {
    if (number < 0) continue
    filled++
    if (!isShared(place, number)) continue
    shared++
    const elsewhere = keys.some(
      ({ columns }, at) => at !== place && columns.some((other) => isShared(at, other[record] ?? -1)),
    )
    if (!elsewhere) alone++
  }
  return { of: key.of, filled, shared, alone, distinct: key.distinct }
}

/** How many records have each text. */
function countsOf({ columns, distinct }: NumberedKey): Int32Array {
  const counts = new Int32Array(distinct)
  for (const column of columns) for (const number of column) if (number >= 0) counts[number] = (counts[number] ?? 0) + 1
  return counts
}
