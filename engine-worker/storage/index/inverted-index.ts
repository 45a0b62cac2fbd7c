/**
 * An inverted index: owners with their terms, and from a term back to its owners. Join indexes, the look-ups of a pipe and
 * the members of merged entities are of this kind, each for up to millions of owners.
 *
 * Texts stand in a list of texts, numbers in typed arrays. An owner with one term takes about 24 bytes and its texts, and 12
 * where the term is its own text, where maps and lists of texts take 200, and the garbage collector has nothing to follow.
 * Replaced owners stay in place, marked, until they are half of all.
 */
import { ByteTexts } from './byte-texts.ts'
import { putIdHash } from './id-index.ts'

/** Terms of an owner: group and text alternate. Groups are whole numbers; those of group 0 are kept but cannot be looked for. */
export type IndexTerms = readonly (number | string)[]

const CHUNK_SHIFT = 10
const CHUNK_SIZE = 1 << CHUNK_SHIFT
const CHUNK_MASK = CHUNK_SIZE - 1
const FIRST_CHUNK_SIZE = 16
/** Up to this number of dead items, the index is not rebuilt. */
const MIN_ITEMS_TO_REBUILD = 4096
/** Greatest group of a first term that stands in the mark of its owner, and most characters of an owner that a term may leave out. */
const MAX_OWN_GROUP = 15
const MAX_CUT = 14
/** What the numbers of an item take, and where its text ends. */
const ITEM_BYTES = 10

/** Numbers of items: what each is, and what follows it in the list of its hash. */
interface Chunk {
  marks: Int32Array
  next: Uint32Array
}

/** Owners by term and terms by owner. */
export class InvertedIndex {
  /** How many owners there are. */
  size = 0
  private texts = new ByteTexts()
  private chunks: Chunk[] = []
  /** Items are owners, each followed by its terms. The first is not used: 0 ends a list. */
  private itemCount = 0
  private deadItems = 0
  /** The first item of each list, by hash; and how many items are in lists. */
  private heads = new Uint32Array(16)
  private linkedItems = 0
  /** How many terms each group has. */
  private groupCounts: number[] = []
  private readonly hash = new Uint32Array(2)

  /** `seed`: random, so that texts cannot be chosen to fall into one list. */
  constructor(private readonly seed = 0) {
    this.push('', ownerMark(0, 0) - 1)
  }

  /** About what it takes in memory. */
  get bytes(): number {
    return ITEM_BYTES * this.itemCount + this.texts.characters + this.heads.byteLength
  }

  /** Replaces the terms of an owner; without terms it is removed. Returns whether that changed anything. */
  set(owner: string, terms: IndexTerms): boolean {
    const before = this.find(owner)
    if (before > 0) {
      if (this.hasTerms(before, terms)) return false
      this.removeOwner(before)
    } else if (terms.length === 0) return false
    if (terms.length > 0) this.add(owner, terms)
    if (this.deadItems > MIN_ITEMS_TO_REBUILD && 2 * this.deadItems > this.itemCount) this.rebuild()
    return true
  }

  has(owner: string): boolean {
    return this.find(owner) > 0
  }

  /** The terms of an owner, or null where there are none. */
  get(owner: string): IndexTerms | null {
    const item = this.find(owner)
    return item > 0 ? this.termsAt(item) : null
  }

  /** The owners of a term, in no order. */
  ownersOf(group: number, term: string): string[] {
    const owners: string[] = []
    for (let item = this.heads[this.slot(term)] ?? 0; item > 0; item = this.next(item)) {
      const mark = this.mark(item)
      if (mark < 0) {
        if (isLive(mark) && ownGroup(mark) === group && group > 0 && this.texts.is(item, term)) owners.push(term)
      } else if (this.isTerm(item, group, term)) {
        const owner = this.ownerItem(item)
        if (isLive(this.mark(owner))) owners.push(this.texts.at(owner))
      }
    }
    return owners
  }

  /** How many terms of a group there are. */
  count(group: number): number {
    return this.groupCounts[group] ?? 0
  }

  /** All owners with their terms, in the order in which they were set. */
  *entries(): Generator<readonly [string, IndexTerms]> {
    for (let item = 1; item < this.itemCount; ) {
      const mark = this.mark(item)
      if (isLive(mark)) yield [this.texts.at(item), this.termsAt(item)]
      item += 1 + termCount(mark)
    }
  }

  clear(): void {
    this.size = 0
    this.texts = new ByteTexts()
    this.chunks = []
    this.itemCount = 0
    this.deadItems = 0
    this.heads = new Uint32Array(16)
    this.linkedItems = 0
    this.groupCounts = []
    this.push('', ownerMark(0, 0) - 1)
  }

  private find(owner: string): number {
    for (let item = this.heads[this.slot(owner)] ?? 0; item > 0; item = this.next(item)) {
      if (isLive(this.mark(item)) && this.texts.is(item, owner)) return item
    }
    return 0
  }

  private add(owner: string, terms: IndexTerms): void {
    // Entities are often found by their own ids.
    const group = Number(terms[0])
    const own = terms[1] === owner && group > 0 && group <= MAX_OWN_GROUP ? group : 0
    const first = own > 0 ? 2 : 0
    this.link(this.push(owner, ownerMark((terms.length - first) / 2, own)), owner)
    this.size++
    if (own > 0) this.groupCounts[own] = this.count(own) + 1
    for (let at = first; at < terms.length; at += 2) this.addTerm(owner, Number(terms[at]), String(terms[at + 1]))
  }

  private addTerm(owner: string, group: number, term: string): void {
    const cut = owner.length - term.length
    const isEnd = cut >= 0 && cut <= MAX_CUT && owner.endsWith(term)
    const item = isEnd ? this.push('', termMark(group) + cut + 1) : this.push(term, termMark(group))
    if (group === 0) return
    this.link(item, term)
    this.groupCounts[group] = this.count(group) + 1
  }

  private removeOwner(owner: number): void {
    const mark = this.mark(owner)
    const count = termCount(mark)
    const chunk = this.chunks[owner >> CHUNK_SHIFT]
    if (chunk) chunk.marks[owner & CHUNK_MASK] = mark - 1
    this.size--
    this.deadItems += 1 + count
    const own = ownGroup(mark)
    if (own > 0) this.groupCounts[own] = this.count(own) - 1
    for (let item = owner + 1; item <= owner + count; item++) {
      const group = groupOf(this.mark(item))
      if (group > 0) this.groupCounts[group] = this.count(group) - 1
    }
  }

  private rebuild(): void {
    const fresh = new InvertedIndex(this.seed)
    for (const [owner, terms] of this.entries()) fresh.add(owner, terms)
    this.texts = fresh.texts
    this.chunks = fresh.chunks
    this.itemCount = fresh.itemCount
    this.heads = fresh.heads
    this.linkedItems = fresh.linkedItems
    this.groupCounts = fresh.groupCounts
    this.deadItems = 0
  }

  private push(text: string, mark: number): number {
    const item = this.itemCount++
    const at = item & CHUNK_MASK
    let chunk = this.chunks[item >> CHUNK_SHIFT]
    if (!chunk) {
      // Most indexes are small.
      const size = item === 0 ? FIRST_CHUNK_SIZE : CHUNK_SIZE
      chunk = { marks: new Int32Array(size), next: new Uint32Array(size) }
      this.chunks.push(chunk)
    } else if (at === chunk.marks.length) {
      const { marks, next } = chunk
      chunk.marks = new Int32Array(Math.min(CHUNK_SIZE, 4 * at))
      chunk.next = new Uint32Array(Math.min(CHUNK_SIZE, 4 * at))
      chunk.marks.set(marks)
      chunk.next.set(next)
    }
    chunk.marks[at] = mark
    this.texts.push(text)
    return item
  }

  private link(item: number, text: string): void {
    if (this.linkedItems >= this.heads.length) this.growHeads()
    this.linkedItems++
    const slot = this.slot(text)
    const chunk = this.chunks[item >> CHUNK_SHIFT]
    if (chunk) chunk.next[item & CHUNK_MASK] = this.heads[slot] ?? 0
    this.heads[slot] = item
  }

  /** Puts all items that can be found into twice as many lists. */
  private growHeads(): void {
    const last = this.itemCount - 1
    this.heads = new Uint32Array(2 * this.heads.length)
    for (let item = 1; item < last; item++) {
      const mark = this.mark(item)
      if (mark < 0 && !isLive(mark)) item += termCount(mark)
      if ((mark >= 0 && groupOf(mark) === 0) || (mark < 0 && !isLive(mark))) continue
      const slot = this.slot(mark < 0 ? this.texts.at(item) : this.term(item))
      const chunk = this.chunks[item >> CHUNK_SHIFT]
      if (chunk) chunk.next[item & CHUNK_MASK] = this.heads[slot] ?? 0
      this.heads[slot] = item
    }
  }

  private slot(text: string): number {
    putIdHash(text, this.seed, this.hash, 0)
    return (this.hash[1] ?? 0) & (this.heads.length - 1)
  }

  private termsAt(owner: number): IndexTerms {
    const terms: (number | string)[] = []
    const mark = this.mark(owner)
    if (ownGroup(mark) > 0) terms.push(ownGroup(mark), this.texts.at(owner))
    const end = owner + termCount(mark)
    for (let item = owner + 1; item <= end; item++) terms.push(groupOf(this.mark(item)), this.term(item))
    return terms
  }

  private hasTerms(owner: number, terms: IndexTerms): boolean {
    const mark = this.mark(owner)
    const own = ownGroup(mark)
    const first = own > 0 ? 2 : 0
    if (2 * termCount(mark) + first !== terms.length) return false
    if (own > 0 && (terms[0] !== own || !this.texts.is(owner, String(terms[1])))) return false
    for (let at = first; at < terms.length; at += 2) {
      const item = owner + 1 + (at - first) / 2
      if (!this.isTerm(item, Number(terms[at]), String(terms[at + 1]))) return false
    }
    return true
  }

  /** The text of a term. */
  private term(item: number): string {
    const cut = cutOf(this.mark(item))
    return cut < 0 ? this.texts.at(item) : this.texts.at(this.ownerItem(item)).slice(cut)
  }

  private isTerm(item: number, group: number, term: string): boolean {
    const mark = this.mark(item)
    if (mark < 0 || groupOf(mark) !== group) return false
    const cut = cutOf(mark)
    return cut < 0 ? this.texts.is(item, term) : this.texts.is(this.ownerItem(item), term, cut)
  }

  /** The owner that a term stands behind. */
  private ownerItem(term: number): number {
    let item = term - 1
    while (this.mark(item) >= 0) item--
    return item
  }

  private mark(item: number): number {
    return this.chunks[item >> CHUNK_SHIFT]?.marks[item & CHUNK_MASK] ?? 0
  }

  private next(item: number): number {
    return this.chunks[item >> CHUNK_SHIFT]?.next[item & CHUNK_MASK] ?? 0
  }
}

/** The mark of a term. Where its text is the end of that of its owner, 1 and as many characters as it leaves out are added. */
function termMark(group: number): number {
  return (MAX_CUT + 2) * group
}

function groupOf(mark: number): number {
  return Math.floor(mark / (MAX_CUT + 2))
}

/** How many characters of its owner a term leaves out; below 0 where it has a text of its own. */
function cutOf(mark: number): number {
  return (mark % (MAX_CUT + 2)) - 1
}

/**
 * The mark of an owner with so many terms behind it: odd and below 0, one less once it is dead. `own`: the group of a first
 * term whose text is that of the owner, which has no item of its own.
 */
function ownerMark(terms: number, own: number): number {
  return -(2 * (terms * (MAX_OWN_GROUP + 1) + own) + 1)
}

function isLive(mark: number): boolean {
  return mark < 0 && (mark & 1) === 1
}

function termCount(mark: number): number {
  return ((-mark - 1) >> 1) >> 4
}

function ownGroup(mark: number): number {
  return ((-mark - 1) >> 1) & MAX_OWN_GROUP
}
