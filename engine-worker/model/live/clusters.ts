/** Records that are the same: those that have a key in common, and all that are connected so. */

/** Sets of numbers that are joined one pair at a time. */
class JoinedSets {
  private readonly parents: Int32Array

  constructor(size: number) {
    this.parents = Int32Array.from({ length: size }, (_, index) => index)
  }

  rootOf(member: number): number {
    let at = member
    for (;;) {
      const parent = this.parents[at] ?? at
      if (parent === at) return at
      this.parents[at] = this.parents[parent] ?? parent
      at = parent
    }
  }

  join(one: number, other: number): void {
    const [first, second] = [this.rootOf(one), this.rootOf(other)]
    // The smaller number stays, so that a set is named by its first member.
    if (first !== second) this.parents[Math.max(first, second)] = Math.min(first, second)
  }
}

/** One key of records: its different texts are numbers from 0 on. */
export interface NumberedKey {
  /** The properties it is made of; none for links by tables. */
  readonly of: readonly string[]
  /** For each record the number of its text, -1 where it has none. Several columns where a record may have several. */
  readonly columns: readonly Int32Array[]
  /** How many different texts there are. */
  readonly distinct: number
}

/** Records by the places of their mappings and their `_id`s, with their keys. */
export interface KeyedRecords {
  readonly mappings: readonly number[]
  readonly ids: readonly string[]
  readonly keys: readonly NumberedKey[]
}

/** The texts of a key, of several columns where records may have several of it, as numbers. */
export function numberedKey(
  of: readonly string[],
  columns: readonly (readonly (readonly (string | null)[])[])[],
): NumberedKey {
  const numbers = new Map<string, number>()
  const numbered = columns.map((parts) => {
    const column = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const texts of parts)
      for (const text of texts) {
        let number = -1
        if (text !== null) {
          number = numbers.get(text) ?? numbers.size
          if (number === numbers.size) numbers.set(text, number)
        }
        column[at++] = number
      }
    return column
  })
  return { of, columns: numbered, distinct: numbers.size }
}

/** The clusters, each as the places of its records, in the order of their first ones. */
export function recordClusters({ ids, keys }: KeyedRecords): readonly (readonly number[])[] {
  const sets = new JoinedSets(ids.length)
  for (const { columns, distinct } of keys) {
    const first = new Int32Array(distinct).fill(-1)
    for (let at = 0; at < ids.length; at++)
      for (const column of columns) {
        const number = column[at] ?? -1
        if (number < 0) continue
        const other = first[number] ?? -1
        if (other < 0) first[number] = at
        else sets.join(at, other)
      }
  }
  const clusters: number[][] = []
  const places = new Int32Array(ids.length)
  for (let at = 0; at < ids.length; at++) {
    const root = sets.rootOf(at)
    if (root === at) {
      places[at] = clusters.length
      clusters.push([at])
    } else clusters[places[root] ?? 0]?.push(at)
  }
  return clusters
}
