/**
 * How often each of many values comes, without the values: a table of hashes with counts in typed arrays, about 28 bytes a
 * value. Values are told apart by 64 bits of their hash, so that two may, very rarely, count as one.
 */
import { putIdHash } from '../storage/index/id-index.ts'

/** How often one value came. */
interface ValueCount {
  /** How often altogether, and how often among the entities that a query found. */
  readonly count: number
  readonly found: number
  /** Where it came first, as it was given. */
  readonly first: number
}

const FEWEST = 64

/** Counts values by their texts. */
export class ValueCounts {
  /** Different values. */
  distinct = 0
  private hashes = new Uint32Array(2 * FEWEST)
  private counts = new Uint32Array(FEWEST)
  private founds = new Uint32Array(FEWEST)
  private firsts = new Float64Array(FEWEST)
  private readonly hash = new Uint32Array(2)

  /** Adds a value; `space` keeps texts of different types apart, `at` says where it is. */
  add(text: string, space: number, at: number, isFound: boolean): void {
    putIdHash(text, space, this.hash, 0)
    const [high = 0, low = 0] = this.hash
    const slot = this.slotOf(high, low)
    if (this.counts[slot] === 0) {
      this.hashes[2 * slot] = high
      this.hashes[2 * slot + 1] = low
      this.firsts[slot] = at
      this.distinct++
    }
    this.counts[slot] = (this.counts[slot] ?? 0) + 1
    if (isFound) this.founds[slot] = (this.founds[slot] ?? 0) + 1
    if (4 * this.distinct > 3 * this.counts.length) this.grow()
  }

  /** Values that come more than once, and how often they come altogether. */
  repeated(): { readonly values: number; readonly entities: number } {
    let [values, entities] = [0, 0]
    for (const count of this.counts) {
      if (count < 2) continue
      values++
      entities += count
    }
    return { values, entities }
  }

  /** The values that come most often and at least `least` times, the most frequent first; of equal ones the first. */
  top(most: number, least: number): readonly ValueCount[] {
    const best: ValueCount[] = []
    let needed = least
    for (let slot = 0; slot < this.counts.length; slot++) {
      const count = this.counts[slot] ?? 0
      if (count === 0 || count < needed) continue
      best.push({ count, found: this.founds[slot] ?? 0, first: this.firsts[slot] ?? 0 })
      if (best.length < 2 * most + 32) continue
      sortValues(best).length = most
      needed = best.at(-1)?.count ?? least
    }
    return sortValues(best).slice(0, most)
  }

  private slotOf(high: number, low: number): number {
    const mask = this.counts.length - 1
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask
    while (this.counts[slot] !== 0 && (this.hashes[2 * slot] !== high || this.hashes[2 * slot + 1] !== low)) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private grow(): void {
    const { hashes, counts, founds, firsts } = this
    const size = 2 * counts.length
    this.hashes = new Uint32Array(2 * size)
    this.counts = new Uint32Array(size)
    this.founds = new Uint32Array(size)
    this.firsts = new Float64Array(size)
    for (let before = 0; before < counts.length; before++) {
      if (counts[before] === 0) continue
      const slot = this.slotOf(hashes[2 * before] ?? 0, hashes[2 * before + 1] ?? 0)
      this.hashes[2 * slot] = hashes[2 * before] ?? 0
      this.hashes[2 * slot + 1] = hashes[2 * before + 1] ?? 0
      this.counts[slot] = counts[before] ?? 0
      this.founds[slot] = founds[before] ?? 0
      this.firsts[slot] = firsts[before] ?? 0
    }
  }
}

function sortValues(values: ValueCount[]): ValueCount[] {
  return values.sort((a, b) => b.count - a.count || a.first - b.first)
}
