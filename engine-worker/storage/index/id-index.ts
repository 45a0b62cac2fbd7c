/**
 * The id index of a dataset: what the latest version of each `_id` is, for a million entities without a million
 * objects. A hash table in typed arrays keeps 64 bits of the id's hash, 64 bits of the content hash and the `_updated`
 * of the latest version: 20 bytes a slot (24 where sequence numbers need more than 31 bits), 25 to 38 bytes an entity
 * by load, 24 to 27 of many. Ids themselves are not kept; the reader of the version compares. The hash has a random
 * seed per database, so that ids cannot be made to collide on purpose.
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
  putIdHash(id, seed, hashOfOne, 0)
  return { high: hashOfOne[0] as number, low: hashOfOne[1] as number }
}

const hashOfOne = new Uint32Array(2)

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

const MAX_LOAD = 0.8
/** Load at which a table of many slots grows; it grows in smaller steps, which cost little where nothing is copied whole. */
const LARGE_MAX_LOAD = 0.85
const LARGE_SLOTS = 500_000
const HALVES_PER_SLOT = 4
const MIN_SLOTS = 64
/** Slots of a page; larger tables consist of several pages. */
const PAGE_SHIFT = 12
const PAGE_SLOTS = 1 << PAGE_SHIFT
const PAGE_MASK = PAGE_SLOTS - 1
/** What `_updated` may reach while 32 bits are kept of it. */
const MAX_NARROW = 0x7fff_ffff

/** Some slots. */
interface Page {
  /** Four halves a slot: id high and low, content hash high and low. */
  readonly halves: Uint32Array
  /** `_updated` of the latest version, negative when that is a deletion; 0 where the slot is free. */
  updated: Int32Array | Float64Array
}

/**
 * An open-addressed table from id hashes to latest versions, in typed arrays so that millions of ids fit. Slots are in order
 * of the hash, so that a table grows page by page: what a page held is moved on, and the page is used again.
 */
export class IdIndex {
  size = 0
  private slots = MIN_SLOTS
  /** Slots are in order of the low half of the hash: this many of them a step of it. */
  private scale = MIN_SLOTS / 0x1_0000_0000
  /** Pages that nothing was entered in are missing. */
  private pages: (Page | undefined)[] = []
  private isNarrow = true

  /** What it takes in memory. */
  get bytes(): number {
    return this.pages.reduce((sum, page) => sum + (page ? page.halves.byteLength + page.updated.byteLength : 0), 0)
  }

  get({ high, low }: IdHash): LatestVersion | null {
    return this.at(high, low)
  }

  /** The same by the halves of the id's hash. */
  at(high: number, low: number): LatestVersion | null {
    const slot = this.find(high, low)
    const page = this.pages[slot >> PAGE_SHIFT]
    const updated = page?.updated[slot & PAGE_MASK] ?? 0
    if (!page || updated === 0) return null
    const at = (slot & PAGE_MASK) * HALVES_PER_SLOT
    return {
      updated: Math.abs(updated),
      deleted: updated < 0,
      hashHigh: page.halves[at + 2] ?? 0,
      hashLow: page.halves[at + 3] ?? 0,
    }
  }

  /** `_updated` of the latest version, 0 where there is none. */
  latest(high: number, low: number): number {
    return Math.abs(this.updatedAt(this.find(high, low)))
  }

  /** Makes one version of a segment the latest of its entity. */
  enter(head: Entries, at: number): void {
    const isLarge = this.slots >= LARGE_SLOTS
    if (this.size >= this.slots * (isLarge ? LARGE_MAX_LOAD : MAX_LOAD)) {
      this.resize(Math.ceil(this.slots * (isLarge ? 1.15 : 1.5)))
    }
    const high = head.ids[2 * at] ?? 0
    const low = head.ids[2 * at + 1] ?? 0
    const updated = head.updated[at] ?? 0
    if (updated > MAX_NARROW && this.isNarrow) this.widen()
    const slot = this.find(high, low)
    const page = this.pageOf(slot)
    const place = slot & PAGE_MASK
    if (page.updated[place] === 0) this.size++
    const to = place * HALVES_PER_SLOT
    page.halves[to] = high
    page.halves[to + 1] = low
    page.halves[to + 2] = head.hashes[2 * at] ?? 0
    page.halves[to + 3] = head.hashes[2 * at + 1] ?? 0
    page.updated[place] = ((head.flags[at] ?? 0) & DELETED) !== 0 ? -updated : updated
  }

  /** Removes an id and moves up those behind it that were put aside by collisions. */
  delete(high: number, low: number): void {
    let free = this.find(high, low)
    if (this.updatedAt(free) === 0) return
    this.size--
    for (let slot = this.nextSlot(free); this.updatedAt(slot) !== 0; slot = this.nextSlot(slot)) {
      const from = this.pageOf(slot)
      const home = this.homeSlot(from.halves[(slot & PAGE_MASK) * HALVES_PER_SLOT + 1] ?? 0)
      if (this.distance(home, slot) < this.distance(free, slot)) continue
      copySlot(from, slot & PAGE_MASK, this.pageOf(free), free & PAGE_MASK)
      free = slot
    }
    this.pageOf(free).updated[free & PAGE_MASK] = 0
  }

  /** How many of the ids are deleted. */
  deletions(): number {
    let count = 0
    for (const page of this.pages) for (const updated of page?.updated ?? []) if (updated < 0) count++
    return count
  }

  /** Makes room for as many ids at once. */
  reserve(ids: number): void {
    const slots = Math.ceil((ids + 1) / (ids >= LARGE_SLOTS * MAX_LOAD ? LARGE_MAX_LOAD : MAX_LOAD))
    if (slots > this.slots) this.resize(slots)
  }

  /** The slot of an id, or the free one where it would be entered. */
  private find(high: number, low: number): number {
    let slot = this.homeSlot(low)
    for (;;) {
      const page = this.pages[slot >> PAGE_SHIFT]
      if (!page) return slot
      const { halves, updated } = page
      const start = slot - (slot & PAGE_MASK)
      const end = Math.min(PAGE_SLOTS, this.slots - start)
      for (let place = slot - start; place < end; place++) {
        const at = place * HALVES_PER_SLOT
        if (updated[place] === 0 || (halves[at + 1] === low && halves[at] === high)) return start + place
      }
      slot = start + end === this.slots ? 0 : start + end
    }
  }

  private updatedAt(slot: number): number {
    return this.pages[slot >> PAGE_SHIFT]?.updated[slot & PAGE_MASK] ?? 0
  }

  /** The slot that an id has where no other is in its way. */
  private homeSlot(low: number): number {
    return Math.floor(low * this.scale)
  }

  private nextSlot(slot: number): number {
    return slot + 1 === this.slots ? 0 : slot + 1
  }

  /** How many slots one is behind another, which it may be from the end on. */
  private distance(from: number, to: number): number {
    return to >= from ? to - from : to - from + this.slots
  }

  /** The page of a slot, made where it is missing. */
  private pageOf(slot: number, unused?: Page[]): Page {
    const number = slot >> PAGE_SHIFT
    const known = this.pages[number]
    if (known) return known
    const size = Math.min(PAGE_SLOTS, this.slots)
    const page = unused?.pop() ?? {
      halves: new Uint32Array(HALVES_PER_SLOT * size),
      updated: this.isNarrow ? new Int32Array(size) : new Float64Array(size),
    }
    this.pages[number] = page
    return page
  }

  private widen(): void {
    this.isNarrow = false
    for (const page of this.pages) if (page) page.updated = Float64Array.from(page.updated)
  }

  private resize(slots: number): void {
    const before = this.pages
    this.pages = []
    this.slots = slots
    this.scale = slots / 0x1_0000_0000
    const unused: Page[] = []
    for (const page of before) {
      if (!page) continue
      for (let place = 0; place < page.updated.length; place++) {
        if (page.updated[place] === 0) continue
        const slot = this.find(page.halves[place * HALVES_PER_SLOT] ?? 0, page.halves[place * HALVES_PER_SLOT + 1] ?? 0)
        copySlot(page, place, this.pageOf(slot, unused), slot & PAGE_MASK)
      }
      if (page.updated.length < PAGE_SLOTS) continue
      page.updated.fill(0)
      unused.push(page)
    }
  }
}

function copySlot(from: Page, place: number, to: Page, free: number): void {
  const [at, into] = [place * HALVES_PER_SLOT, free * HALVES_PER_SLOT]
  for (let half = 0; half < HALVES_PER_SLOT; half++) to.halves[into + half] = from.halves[at + half] ?? 0
  to.updated[free] = from.updated[place] ?? 0
}
