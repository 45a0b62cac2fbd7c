/** What a query finds in a segment: for each of its terms, how well and how often each document has it. */
import { hasPhrase } from '../phrase.ts'
import type { Query } from '../query.ts'
import { termQuality } from '../rank.ts'
import type { SearchSegment } from './segment.ts'

/** A term of a query: a part without parts. */
type QueryTerm = Extract<Query, { readonly kind: 'word' | 'prefix' | 'part' | 'fuzzy' | 'phrase' }>

/** The terms of a query in the order in which it names them, those that it excludes too. */
export function termsOf(query: Query): readonly QueryTerm[] {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.parts.flatMap(termsOf)
    case 'without':
      return [...(query.part === null ? [] : termsOf(query.part)), ...query.excluded.flatMap(termsOf)]
    default:
      return [query]
  }
}

/** How well and how often each document of a segment has a term; 0 where it does not. */
interface TermHits {
  readonly quality: Uint8Array
  readonly count: Uint32Array
}

/** A query on a segment, worked out for all of its documents at once. */
export class SegmentQuery {
  private readonly hits: readonly TermHits[]
  private readonly places: ReadonlyMap<Query, number>
  /** For each term where it counts: where all parts of the query that it stands in hold. Null for what is excluded. */
  private readonly counts: (Uint8Array | null)[]
  /** Not 0 for the documents that the query finds, and for others that were replaced. */
  readonly found: Uint8Array

  /** @param terms those of {@link termsOf} */
  constructor(
    query: Query,
    terms: readonly QueryTerm[],
    private readonly segment: SearchSegment,
  ) {
    this.hits = terms.map((term) => hitsOf(term, segment))
    this.places = new Map(terms.map((term, place) => [term, place]))
    this.counts = terms.map(() => null)
    const holding = new Map<Query, Uint8Array>()
    this.found = this.addHolding(query, holding)
    this.countWithin(query, null, holding)
  }

  /** Whether a term made a document found. */
  matches(term: number, document: number): boolean {
    return (this.hits[term]?.quality[document] ?? 0) > 0 && (this.counts[term]?.[document] ?? 0) > 0
  }

  quality(term: number, document: number): number {
    return this.hits[term]?.quality[document] ?? 0
  }

  count(term: number, document: number): number {
    return this.hits[term]?.count[document] ?? 0
  }

  /** Where a part of the query holds; keeps the answer of each part. */
  private addHolding(query: Query, holding: Map<Query, Uint8Array>): Uint8Array {
    const held = this.heldBy(query, holding)
    holding.set(query, held)
    return held
  }

  private heldBy(query: Query, holding: Map<Query, Uint8Array>): Uint8Array {
    const { length } = this.segment
    switch (query.kind) {
      case 'and':
      case 'or': {
        const [first, ...others] = query.parts.map((part) => this.addHolding(part, holding))
        const held = first?.slice() ?? new Uint8Array(length)
        const combine = query.kind === 'and' ? intersect : unite
        for (const other of others) combine(held, other)
        return held
      }
      case 'without': {
        const held = query.part === null ? new Uint8Array(length).fill(1) : this.addHolding(query.part, holding).slice()
        for (const part of query.excluded) {
          const excluded = this.addHolding(part, holding)
          for (let document = 0; document < length; document++) if (excluded[document] !== 0) held[document] = 0
        }
        return held
      }
      default:
        return this.hits[this.places.get(query) ?? -1]?.quality ?? new Uint8Array(length)
    }
  }

  private countWithin(query: Query, above: Uint8Array | null, holding: ReadonlyMap<Query, Uint8Array>): void {
    const held = holding.get(query)
    if (!held) return
    if (query.kind === 'and' || query.kind === 'or' || query.kind === 'without') {
      const within = above === null ? held : held.slice()
      if (above !== null) intersect(within, above)
      const parts = query.kind === 'without' ? (query.part === null ? [] : [query.part]) : query.parts
      for (const part of parts) this.countWithin(part, within, holding)
    } else this.counts[this.places.get(query) ?? -1] = above ?? held
  }
}

function intersect(held: Uint8Array, other: Uint8Array): void {
  for (let document = 0; document < held.length; document++) if (other[document] === 0) held[document] = 0
}

function unite(held: Uint8Array, other: Uint8Array): void {
  for (let document = 0; document < held.length; document++)
    held[document] = (held[document] ?? 0) | (other[document] ?? 0)
}

function hitsOf(term: QueryTerm, segment: SearchSegment): TermHits {
  const quality = new Uint8Array(segment.length)
  const count = new Uint32Array(segment.length)
  if (term.kind === 'phrase') {
    eachPhrase(term, segment, (document, often) => {
      quality[document] = termQuality.exact
      count[document] = often
    })
  } else {
    for (const { from, to, how } of wordsOf(term, segment)) {
      segment.eachCount(from, to, (document, often) => {
        if (how > (quality[document] ?? 0)) quality[document] = how
        count[document] = (count[document] ?? 0) + often
      })
    }
  }
  return { quality, count }
}

/** Words of a segment that follow each other, and how well they are what a term looks for. */
interface FoundWords {
  readonly from: number
  readonly to: number
  readonly how: number
}

/** The words of a segment that a term looks for. */
function* wordsOf(
  term: QueryTerm & { readonly word: string },
  { parts: { words } }: SearchSegment,
): Generator<FoundWords> {
  const exact = words.find(term.word)
  if (exact >= 0) yield { from: exact, to: exact + 1, how: termQuality.exact }
  if (term.kind === 'prefix') {
    const [from, to] = words.withPrefix(term.word)
    // The word itself is the first of them.
    yield { from: exact >= 0 ? from + 1 : from, to, how: termQuality.prefix }
  } else if (term.kind === 'part') {
    for (const place of words.containing(term.word)) {
      if (place !== exact) yield { from: place, to: place + 1, how: termQuality.prefix }
    }
  } else if (term.kind === 'fuzzy') {
    for (const place of words.withinEdits(term.word, term.edits)) {
      if (place !== exact) yield { from: place, to: place + 1, how: termQuality.fuzzy }
    }
  }
}

/** The documents with a phrase, and in how many of their values it is. */
function eachPhrase(
  { words, slop }: QueryTerm & { readonly kind: 'phrase' },
  segment: SearchSegment,
  each: (document: number, count: number) => void,
): void {
  const found = words.map((word) => segment.parts.words.find(word))
  if (found.includes(-1)) return
  // The rarest word first: what lacks it need not be looked at.
  const rarestFirst = [...new Set(found)].sort((a, b) => segment.postingBytes(a) - segment.postingBytes(b))
  /** The places of each word, by the documents that have all words so far. */
  let documents: Map<number, ReadonlyMap<number, readonly number[]>> | null = null
  for (const word of rarestFirst) {
    const narrowed = new Map<number, ReadonlyMap<number, readonly number[]>>()
    segment.eachPosting(word, (document, places) => {
      const before = documents === null ? [] : documents.get(document)
      if (before) narrowed.set(document, new Map([...before, [word, [...places]]]))
    })
    documents = narrowed
  }
  for (const [document, places] of documents ?? []) {
    let from = 0
    let count = 0
    for (const length of segment.valueLengths(document)) {
      const to = from + length
      const within = found.map((word) => (places.get(word) ?? []).filter((place) => place >= from && place < to))
      if (hasPhrase(within, slop)) count++
      from = to
    }
    if (count > 0) each(document, count)
  }
}
