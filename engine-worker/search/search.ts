/**
 * Search over entities: what is found, ranked, and counted for the lists beside it. Documents are looked at one by one,
 * without an index; an index has to give the same answers.
 */
import type { SearchDocument } from './document.ts'
import { match, type TermMatch } from './match.ts'
import { parseQuery, type Query } from './query.ts'
import { Ranking } from './rank.ts'

/** What is picked in the lists: several of a list widen, lists narrow each other. */
export interface SearchPicks {
  readonly datasets?: readonly string[]
  readonly systems?: readonly string[]
  readonly types?: readonly string[]
  readonly namespaces?: readonly string[]
  readonly properties?: readonly string[]
}

const facetNames = ['datasets', 'systems', 'types', 'namespaces', 'properties'] as const
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

interface MatchedDocument {
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
  private readonly matchedDocuments: MatchedDocument[] = []
  documents = 0
  words = 0

  /** @param query what is looked for; null finds nothing */
  constructor(private readonly query: Query | null) {}

  add(candidate: SearchDocument): void {
    if (this.query === null) return
    this.documents += 1
    this.words += candidate.length
    const matches = match(this.query, candidate)
    if (matches !== null) this.matchedDocuments.push({ candidate, matches })
  }

  /** What was found so far within the picks. */
  result(picks: SearchPicks = {}): SearchResult {
    const within = this.matchedDocuments.filter(({ candidate }) => isShapePicked(candidate, picks, null))
    return {
      hits: this.rankedHits(within),
      facets: countFacets(
        this.matchedDocuments.map(({ candidate: { dataset, namespaces, properties } }) => ({
          dataset,
          namespaces,
          properties,
          count: 1,
        })),
        picks,
      ),
    }
  }

  private rankedHits(within: readonly MatchedDocument[]): SearchHit[] {
    const numbers = new Map<object, number>()
    const having: number[] = []
    const numberOf = (term: object) => {
      const number = numbers.get(term) ?? numbers.size
      numbers.set(term, number)
      return number
    }
    for (const { matches } of this.matchedDocuments) {
      for (const { term } of matches) having[numberOf(term)] = (having[numberOf(term)] ?? 0) + 1
    }
    const ranking = new Ranking(having, this)
    const hits = within.map(({ candidate, matches }) => {
      ranking.begin(candidate.length)
      for (const { term, quality, count } of matches) ranking.add(numberOf(term), quality, count)
      return { document: candidate, score: ranking.score() }
    })
    return hits.sort((a, b) => b.score - a.score)
  }
}

/** What all entities of a dataset are counted under, where that is known. */
export interface DatasetGroups {
  /** The systems that they come from or go to. */
  readonly systems?: readonly string[]
  /** What they are: contacts, orders. */
  readonly types?: readonly string[]
}

/** What an entity, or several alike, is counted under. */
interface FacetNames extends DatasetGroups {
  readonly dataset: string
  readonly namespaces: Iterable<string>
  readonly properties: Iterable<string>
}

function namesOf(names: FacetNames, facet: FacetName): Iterable<string> {
  return facet === 'datasets' ? [names.dataset] : (names[facet] ?? [])
}

/** Whether all lists but one let something through. */
export function isShapePicked(names: FacetNames, picks: SearchPicks, except: FacetName | null): boolean {
  return facetNames.every((facet) => {
    const picked = facet === except ? undefined : picks[facet]
    if (picked === undefined || picked.length === 0) return true
    const has = new Set(namesOf(names, facet))
    return picked.some((name) => has.has(name))
  })
}

/** The counts of all lists, of what was found before anything was picked. */
export function countFacets(found: Iterable<FacetNames & { readonly count: number }>, picks: SearchPicks): Facets {
  const facets = {
    datasets: new Map<string, number>(),
    systems: new Map(),
    types: new Map(),
    namespaces: new Map(),
    properties: new Map(),
  } satisfies Facets
  for (const names of found) {
    for (const facet of facetNames) {
      if (!isShapePicked(names, picks, facet)) continue
      const counts: Map<string, number> = facets[facet]
      for (const name of namesOf(names, facet)) counts.set(name, (counts.get(name) ?? 0) + names.count)
    }
  }
  return facets
}
