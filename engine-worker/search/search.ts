/**
 * Search over entities: what is found, ranked, and counted for the lists beside it. Documents are looked at one by one,
 * which is exact and needs no index; an index has to give the same answers.
 */
import type { SearchDocument } from './document.ts'
import { match, type TermMatch } from './match.ts'
import { parseQuery } from './query.ts'

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

interface SearchResult {
  /** Best first; equal ones in the order of the documents. */
  readonly hits: readonly SearchDocument[]
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
export function search(documents: readonly SearchDocument[], text: string, picks: SearchPicks = {}): SearchResult {
  const query = parseQuery(text)
  const found: Found[] = []
  for (const candidate of query === null ? [] : documents) {
    const matches = query === null ? null : match(query, candidate)
    if (matches !== null) found.push({ candidate, matches })
  }
  const within = found.filter(({ candidate }) => isPicked(candidate, picks, null))
  return {
    hits: ranked(within, found, documents).map(({ candidate }) => candidate),
    facets: {
      datasets: counts(found, picks, 'datasets'),
      namespaces: counts(found, picks, 'namespaces'),
      properties: counts(found, picks, 'properties'),
    },
  }
}

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

/** More terms first, then better found ones, then by BM25: rarer terms, oftener, in shorter entities. */
function ranked(within: readonly Found[], found: readonly Found[], documents: readonly SearchDocument[]): Found[] {
  const frequency = new Map<object, number>()
  for (const { matches } of found) for (const { term } of matches) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  const average = documents.reduce((sum, { length }) => sum + length, 0) / Math.max(1, documents.length)
  const relevance = ({ candidate, matches }: Found) =>
    matches.reduce((sum, { term, count }) => {
      const having = frequency.get(term) ?? 0
      const rarity = Math.log(1 + (documents.length - having + 0.5) / (having + 0.5))
      const size = 1 - lengthShare + (lengthShare * candidate.length) / Math.max(1, average)
      return sum + (rarity * count * (saturation + 1)) / (count + saturation * size)
    }, 0)
  const keyed = within.map((each) => ({
    each,
    terms: new Set(each.matches.map(({ term }) => term)).size,
    quality: each.matches.reduce((sum, { quality }) => sum + quality, 0),
    relevance: relevance(each),
  }))
  keyed.sort((a, b) => b.terms - a.terms || b.quality - a.quality || b.relevance - a.relevance)
  return keyed.map(({ each }) => each)
}
