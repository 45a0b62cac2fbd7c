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

/** A record by the place of its mapping, its `_id`, and its keys: one text or null for each key of the concept. */
export interface KeyedRecord {
  readonly mapping: number
  readonly id: string
  readonly keys: readonly (string | null)[]
}

/** The clusters, each as the places of its records, in the order of their first ones. */
export function clustersOf(records: readonly KeyedRecord[]): readonly (readonly number[])[] {
  const sets = new JoinedSets(records.length)
  const first = new Map<string, number>()
  for (const [at, { keys }] of records.entries())
    for (const key of keys) {
      if (key === null) continue
      const other = first.get(key)
      if (other === undefined) first.set(key, at)
      else sets.join(at, other)
    }
  const clusters = new Map<number, number[]>()
  for (let at = 0; at < records.length; at++) {
    const root = sets.rootOf(at)
    const known = clusters.get(root)
    if (known) known.push(at)
    else clusters.set(root, [at])
  }
  return [...clusters.values()]
}
