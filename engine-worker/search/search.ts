/**
 * Search over entities: what is found, ranked, and counted for the lists beside it. Documents are looked at one by one,
 * without an index; an index has to give the same answers.
 */
import type { SearchDocument } from './document.ts'
import { match, type TermMatch } from './match.ts'
import { parseQuery, type Query } from './query.ts'

/** What is picked in the lists: several of a list widen, lists narrow each other. */
export interface SearchPicks {
  readonly datasets?: readonly string[]
  readonly namespaces?: readonly string[]
  readonly properties?: readonly string[]
}

const facetNames = ['datasets', 'namespaces', 'properties'] as const
type FacetName = (typeof facetNames)[number]

/** Counts of entities by name, over the whole result. */
export type Facets = Readonly<Record<FacetName, ReadonlyMap<string, number>>>

/** A document that was found; hits with a larger score come first. */
interface SearchHit {
  readonly document: SearchDocument
  readonly score: number
}

interface SearchResult {
  /** Best first; equal ones in the order of the documents. */
  readonly hits: readonly SearchHit[]
  /** The counts of a list do not heed its own picks, so that it shows what widening would give. */
  readonly facets: Facets
}

/** BM25's usual constants: how fast repetition counts less, and how much a long entity is worth less. */
const saturation = 1.2
const lengthShare = 0.75

interface Found {
  readonly candidate: SearchDocument
  readonly matches: readonly TermMatch[]
}

/** The documents that the query finds within the picks. A query in which nothing is left to look for finds nothing. */
export function search(documents: Iterable<SearchDocument>, text: string, picks: SearchPicks = {}): SearchResult {
  const scan = new SearchScan(parseQuery(text))
  for (const candidate of documents) scan.add(candidate)
  return scan.result(picks)
}

/** A search that is given its documents one by one and keeps those that it finds. */
export class SearchScan {
  private readonly found: Found[] = []
  private documents = 0
  private words = 0

  /** @param query what is looked for; null finds nothing */
  constructor(private readonly query: Query | null) {}

  add(candidate: SearchDocument): void {
    if (this.query === null) return
    this.documents += 1
    this.words += candidate.length
    const matches = match(this.query, candidate)
    if (matches !== null) this.found.push({ candidate, matches })
  }

  /** What was found so far within the picks. */
  result(picks: SearchPicks = {}): SearchResult {
    const within = this.found.filter(({ candidate }) => isPicked(candidate, picks, null))
    return {
      hits: this.ranked(within),
      facets: {
        datasets: counts(this.found, picks, 'datasets'),
        namespaces: counts(this.found, picks, 'namespaces'),
        properties: counts(this.found, picks, 'properties'),
      },
    }
  }

  /** More terms first, then better found ones, then by BM25: rarer terms, oftener, in shorter entities. */
  private ranked(within: readonly Found[]): SearchHit[] {
    const frequency = new Map<object, number>()
    for (const { matches } of this.found)
      for (const { term } of matches) frequency.set(term, (frequency.get(term) ?? 0) + 1)
    const average = this.words / Math.max(1, this.documents)
    const relevance = ({ candidate, matches }: Found) =>
      matches.reduce((sum, { term, count }) => {
        const having = frequency.get(term) ?? 0
        const rarity = Math.log(1 + (this.documents - having + 0.5) / (having + 0.5))
        const size = 1 - lengthShare + (lengthShare * candidate.length) / Math.max(1, average)
        return sum + (rarity * count * (saturation + 1)) / (count + saturation * size)
      }, 0)
    const hits = within.map((each) => {
      const terms = new Set(each.matches.map(({ term }) => term)).size
      const quality = each.matches.reduce((sum, match) => sum + match.quality, 0)
      const relevant = relevance(each)
      // Each level outweighs all below it: qualities are at most 3 a match, the share of relevance is below 1.
      const score = terms * TERM_SCORE + quality + relevant / (1 + relevant)
      return { document: each.candidate, score }
    })
    return hits.sort((a, b) => b.score - a.score)
  }
}

/** What one more term is worth, above every quality of its matches. */
const TERM_SCORE = 1000

function namesOf(candidate: SearchDocument, facet: FacetName): ReadonlySet<string> {
  return facet === 'datasets' ? new Set([candidate.dataset]) : candidate[facet]
}

function isPicked(candidate: SearchDocument, picks: SearchPicks, except: FacetName | null): boolean {
  return facetNames.every((facet) => {
    const picked = facet === except ? undefined : picks[facet]
    if (picked === undefined || picked.length === 0) return true
    const names = namesOf(candidate, facet)
    return picked.some((name) => names.has(name))
  })
}

function counts(found: readonly Found[], picks: SearchPicks, facet: FacetName): ReadonlyMap<string, number> {
  const all = new Map<string, number>()
  for (const { candidate } of found) {
    if (!isPicked(candidate, picks, facet)) continue
    for (const name of namesOf(candidate, facet)) all.set(name, (all.get(name) ?? 0) + 1)
  }
  return all
}
