/** What a query finds in a segment: for each of its terms, how well and how often each document has it. */
import { isWithinEdits, mayBeWithinEdits } from '../edits.ts'
import { hasPhrase } from '../phrase.ts'
import type { Query } from '../query.ts'
import { termQuality } from '../rank.ts'
import type { SearchSegment } from './segment.ts'

/** A term of a query: a part without parts. */
type QueryTerm = Extract<Query, { readonly kind: 'word' | 'prefix' | 'fuzzy' | 'phrase' }>

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

/** How well and how often each document of a segment has a term. */
interface TermHits {
  /** 0 where a document does not have it. */
  readonly quality: Uint8Array
  readonly count: Uint32Array
  /** Those that have it. */
  readonly documents: readonly number[]
}

/** A query on a segment. */
export class SegmentQuery {
  private readonly hits: readonly TermHits[]
  private readonly places: ReadonlyMap<Query, number>
  /** The places of the terms of the last document that was asked about, which made it found. */
  readonly matched: number[] = []

  /** @param terms those of {@link termsOf} */
  constructor(
    private readonly query: Query,
    terms: readonly QueryTerm[],
    private readonly segment: SearchSegment,
  ) {
    this.hits = terms.map((term) => hitsOf(term, segment))
    this.places = new Map(terms.map((term, place) => [term, place]))
  }

  /** Whether the query finds a document; fills {@link matched}. */
  finds(document: number): boolean {
    this.matched.length = 0
    return this.holds(this.query, document)
  }

  /** Documents among which are all that the query finds, ascending. */
  candidates(): ArrayLike<number> {
    const { length } = this.segment
    if (findsWithoutTerms(this.query)) return Uint32Array.from({ length }, (_, document) => document)
    const has = new Uint8Array(length)
    const found: number[] = []
    for (const { documents } of this.hits) {
      for (const document of documents) {
        if (has[document] === 1) continue
        has[document] = 1
        found.push(document)
      }
    }
    return Uint32Array.from(found).sort()
  }

  quality(term: number, document: number): number {
    return this.hits[term]?.quality[document] ?? 0
  }

  count(term: number, document: number): number {
    return this.hits[term]?.count[document] ?? 0
  }

  private holds(query: Query, document: number): boolean {
    const before = this.matched.length
    switch (query.kind) {
      case 'and':
        if (query.parts.every((part) => this.holds(part, document))) return true
        break
      case 'or': {
        let has = false
        for (const part of query.parts) if (this.holds(part, document)) has = true
        if (has) return true
        break
      }
      case 'without': {
        const has = query.part === null || this.holds(query.part, document)
        if (has && !query.excluded.some((part) => this.holds(part, document))) return true
        break
      }
      default: {
        const place = this.places.get(query) ?? -1
        if (this.quality(place, document) === 0) return false
        this.matched.push(place)
        return true
      }
    }
    this.matched.length = before
    return false
  }
}

/** Whether a query finds what has none of its terms. */
function findsWithoutTerms(query: Query): boolean {
  switch (query.kind) {
    case 'and':
      return query.parts.every(findsWithoutTerms)
    case 'or':
      return query.parts.some(findsWithoutTerms)
    case 'without':
      return query.part === null || findsWithoutTerms(query.part)
    default:
      return false
  }
}

function hitsOf(term: QueryTerm, segment: SearchSegment): TermHits {
  const quality = new Uint8Array(segment.length)
  const count = new Uint32Array(segment.length)
  const documents: number[] = []
  const add = (document: number, how: number, often: number) => {
    const before = quality[document] ?? 0
    if (before === 0) documents.push(document)
    if (how > before) quality[document] = how
    count[document] = (count[document] ?? 0) + often
  }
  if (term.kind === 'phrase') eachPhrase(term, segment, (document, often) => add(document, termQuality.exact, often))
  else {
    for (const [word, how] of wordsOf(term, segment)) {
      segment.eachPosting(word, (document, places) => add(document, how, places.length))
    }
  }
  return { quality, count, documents }
}

/** The words of a segment that a term looks for, and how well each is what it looks for. */
function* wordsOf(
  term: QueryTerm & { readonly word: string },
  { parts: { words } }: SearchSegment,
): Generator<readonly [number, number]> {
  if (term.kind === 'prefix') {
    for (const place of words.withPrefix(term.word)) {
      yield [place, words.at(place) === term.word ? termQuality.exact : termQuality.prefix]
    }
  } else if (term.kind === 'fuzzy') {
    for (let place = 0; place < words.length; place++) {
      const word = words.at(place)
      if (word === term.word) yield [place, termQuality.exact]
      else if (mayBeWithinEdits(term.word, word, term.edits) && isWithinEdits(term.word, word, term.edits)) {
        yield [place, termQuality.fuzzy]
      }
    }
  } else {
    const place = words.find(term.word)
    if (place >= 0) yield [place, termQuality.exact]
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
