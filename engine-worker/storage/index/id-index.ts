/**
 * The id index of a dataset: what the latest version of each `_id` is, for a million entities without a million objects.
 * A hash table in typed arrays keeps 64 bits of the id's hash, 64 bits of the content hash and the `_updated` of the
 * latest version: 20 bytes a slot (24 where sequence numbers need more than 31 bits), 25 to 38 bytes an entity by load, 31 of many. Ids themselves are not kept; whoever reads the
 * version compares. The hash is seeded at random per database, so nobody can make ids collide on purpose.
 */

/** Flag of a version that is a deletion. */
export const DELETED = 1

/** An id's hash as two halves. */
export interface IdHash {
  readonly high: number
  readonly low: number
}

/** A 64-bit hash of an id. */
export function hashId(id: string, seed: number): IdHash {
  putIdHash(id, seed, single, 0)
  return { high: single[0] as number, low: single[1] as number }
}

const single = new Uint32Array(2)

/** Puts the hash of an id into a list, high and low from `2 * at` on. */
export function putIdHash(id: string, seed: number, ids: Uint32Array, at: number): void {
  let a = seed ^ 0x1b873593
  let b = Math.imul(seed, 0x85ebca6b) ^ id.length
  for (let at = 0; at < id.length; at++) {
    const code = id.charCodeAt(at)
    a = Math.imul(((a << 13) | (a >>> 19)) ^ code, 0x9e3779b1)
    b = Math.imul(((b << 17) | (b >>> 15)) ^ code, 0x85ebca6b)
  }
  a ^= Math.imul(b ^ (b >>> 15), 0xc2b2ae35)
  b ^= Math.imul(a ^ (a >>> 13), 0x27d4eb2f)
  a = Math.imul(a ^ (a >>> 16), 0x9e3779b1)
  b = Math.imul(b ^ (b >>> 15), 0x85ebca6b)
  ids[2 * at] = a ^ (b >>> 14)
  ids[2 * at + 1] = b ^ (a >>> 16)
}

/** Whether no two of the hashes (high and low of each) are equal; a set of the texts would take many times as long. */
export function allDistinct(ids: Uint32Array): boolean {
  const count = ids.length / 2
  let slots = 16
  while (slots < 2 * count) slots *= 2
  const mask = slots - 1
  /** The place of a hash in the list, and one more. */
  const taken = new Int32Array(slots)
  for (let at = 0; at < count; at++) {
    const low = ids[2 * at + 1] as number
    let slot = low & mask
    for (let place = taken[slot]; place; place = taken[slot]) {
      if (ids[2 * place - 1] === low && ids[2 * place - 2] === ids[2 * at]) return false
      slot = (slot + 1) & mask
    }
    taken[slot] = at + 1
  }
  return true
}

/** What the index knows of a latest version. */
export interface LatestVersion {
  readonly updated: number
  readonly deleted: boolean
  readonly hashHigh: number
  readonly hashLow: number
}

/** The columns of a segment's head that the index takes. */
interface Entries {
  readonly updated: Float64Array
  readonly ids: Uint32Array
  readonly hashes: Uint32Array
  readonly flags: Uint8Array
}

const FULL = 0.8
const HALVES = 4
const FEWEST = 64
/** A table of so many slots grows in smaller steps. */
const LARGE = 500_000
/** What `_updated` may reach while 32 bits are kept of it. */
const NARROW = 0x7fff_ffff

/** An open-addressed table from id hashes to latest versions, in typed arrays so that millions of ids fit. */
export class IdIndex {
  size = 0
  private slots = FEWEST
  /** Slots are in order of the low half of the hash: this many of them a step of it. */
  private scale = FEWEST / 0x1_0000_0000
  /** Four halves a slot: id high and low, content hash high and low. */
  private halves = new Uint32Array(HALVES * FEWEST)
  /** `_updated` of the latest version, negative when that is a deletion; 0 where the slot is free. */
  private updated: Int32Array | Float64Array = new Int32Array(FEWEST)

  /** What it takes in memory. */
  get bytes(): number {
    return this.halves.byteLength + this.updated.byteLength
  }

  get({ high, low }: IdHash): LatestVersion | null {
    return this.at(high, low)
  }

  /** The same by the halves of the id's hash. */
  at(high: number, low: number): LatestVersion | null {
    const slot = this.find(high, low)
    const updated = this.updated[slot] ?? 0
    if (updated === 0) return null
    const at = slot * HALVES
    return {
      updated: Math.abs(updated),
      deleted: updated < 0,
      hashHigh: this.halves[at + 2] ?? 0,
      hashLow: this.halves[at + 3] ?? 0,
    }
  }

  /** `_updated` of the latest version, 0 where there is none. */
  latest(high: number, low: number): number {
    return Math.abs(this.updated[this.find(high, low)] ?? 0)
  }

  /** Makes one version of a segment the latest of its entity. */
  enter(head: Entries, at: number): void {
    if (this.size >= this.slots * FULL) this.resize(Math.ceil(this.slots * (this.slots < LARGE ? 1.5 : 1.25)))
    const high = head.ids[2 * at] ?? 0
    const low = head.ids[2 * at + 1] ?? 0
    const updated = head.updated[at] ?? 0
    if (updated > NARROW && this.updated instanceof Int32Array) this.updated = Float64Array.from(this.updated)
    const slot = this.find(high, low)
    if (this.updated[slot] === 0) this.size++
    const to = slot * HALVES
    this.halves[to] = high
    this.halves[to + 1] = low
    this.halves[to + 2] = head.hashes[2 * at] ?? 0
    this.halves[to + 3] = head.hashes[2 * at + 1] ?? 0
    this.updated[slot] = ((head.flags[at] ?? 0) & DELETED) !== 0 ? -updated : updated
  }

  /** Removes an id and moves up those behind it that were put aside by collisions. */
  delete(high: number, low: number): void {
    let free = this.find(high, low)
    if (this.updated[free] === 0) return
    this.size--
    for (let slot = this.after(free); this.updated[slot] !== 0; slot = this.after(slot)) {
      const home = this.home(this.halves[slot * HALVES + 1] ?? 0)
      if (this.distance(home, slot) < this.distance(free, slot)) continue
      this.halves.copyWithin(free * HALVES, slot * HALVES, (slot + 1) * HALVES)
      this.updated[free] = this.updated[slot] ?? 0
      free = slot
    }
    this.updated[free] = 0
  }

  /** How many of the ids are deleted. */
  deletions(): number {
    let count = 0
    for (const updated of this.updated) if (updated < 0) count++
    return count
  }

  /** Makes room for as many ids at once. */
  reserve(ids: number): void {
    const slots = Math.ceil((ids + 1) / FULL)
    if (slots > this.slots) this.resize(slots)
  }

  private find(high: number, low: number): number {
    let slot = this.home(low)
    for (;;) {
      const at = slot * HALVES
      if (this.updated[slot] === 0 || (this.halves[at + 1] === low && this.halves[at] === high)) return slot
      slot = this.after(slot)
    }
  }

  /** The slot that an id has where no other is in its way. */
  private home(low: number): number {
    return Math.floor(low * this.scale)
  }

  private after(slot: number): number {
    return slot + 1 === this.slots ? 0 : slot + 1
  }

  /** How many slots one is behind another, which it may be from the end on. */
  private distance(from: number, to: number): number {
    return to >= from ? to - from : to - from + this.slots
  }

  private resize(slots: number): void {
    const { halves, updated } = this
    this.slots = slots
    this.scale = slots / 0x1_0000_0000
    this.halves = new Uint32Array(HALVES * slots)
    this.updated = updated instanceof Int32Array ? new Int32Array(slots) : new Float64Array(slots)
    for (let slot = 0; slot < updated.length; slot++) {
      const known = updated[slot] ?? 0
      if (known === 0) continue
      const from = slot * HALVES
      const to = this.find(halves[from] ?? 0, halves[from + 1] ?? 0)
      for (let half = 0; half < HALVES; half++) this.halves[to * HALVES + half] = halves[from + half] ?? 0
      this.updated[to] = known
    }
  }
}
