/** Search over the indexes of datasets: the same hits, order and counts as a scan of their entities (search.ts). */
import type { Query } from '../query.ts'
import { Ranking } from '../rank.ts'
import { countFacets, type DatasetGroups, type Facets, isShapePicked, type SearchPicks } from '../search.ts'
import type { DatasetSearchIndex } from './dataset-index.ts'
import type { DocumentShape, SearchSegment } from './segment.ts'
import { SegmentQuery, termsOf } from './segment-query.ts'

/** A version that was found. */
export interface IndexHit {
  readonly dataset: string
  readonly updated: number
  readonly score: number
}

/** What indexes find. */
interface IndexResult {
  readonly total: number
  /** Best first, at most as many as were asked for; equal ones in the order of datasets and logs. */
  readonly hits: readonly IndexHit[]
  readonly facets: Facets
}

interface IndexSearch {
  /** Null finds nothing. */
  readonly query: Query | null
  readonly picks: SearchPicks
  readonly withDeleted: boolean
  readonly most: number
  /** What all entities of a dataset are counted under. */
  readonly groupsOf?: (dataset: string) => DatasetGroups
  /** Whether a version that the query finds is wanted. */
  readonly accepts?: (dataset: string, updated: number) => boolean
}

/** A query that finds everything. */
export const matchAll: Query = { kind: 'without', part: null, excluded: [] }

/** The versions of an index that a query finds, by `_updated`, ascending; those whose shape `mayHave` refuses are left out. */
export function foundVersions(
  { segments }: DatasetSearchIndex,
  query: Query,
  withDeleted: boolean,
  mayHave: (shape: DocumentShape) => boolean,
): readonly number[] {
  const terms = termsOf(query)
  return segments.flatMap((segment) => {
    const { updated, shapeOf, deleted, shapes } = segment.parts
    const onSegment = new SegmentQuery(query, terms, segment)
    const may = shapes.map(mayHave)
    const versions: number[] = []
    for (let document = 0; document < onSegment.found.length; document++) {
      if (onSegment.found[document] === 0 || segment.replaced[document] === 1) continue
      if (!withDeleted && deleted[document] === 1) continue
      if (may[shapeOf[document] ?? 0]) versions.push(updated[document] ?? 0)
    }
    return versions
  })
}

/** What was found in one segment. */
interface SegmentHits {
  readonly dataset: string
  readonly segment: SearchSegment
  readonly query: SegmentQuery
  /** Documents within the picks. */
  readonly documents: readonly number[]
}

/** Searches indexes. */
export function searchIndexes(
  indexes: readonly DatasetSearchIndex[],
  { query, picks, withDeleted, most, groupsOf, accepts }: IndexSearch,
): IndexResult {
  if (query === null) return { total: 0, hits: [], facets: countFacets([], picks) }
  const terms = termsOf(query)
  const having = terms.map(() => 0)
  const totals = { documents: 0, words: 0 }
  const found: SegmentHits[] = []
  const shapes: (DatasetGroups & DocumentShape & { dataset: string; count: number })[] = []
  for (const { dataset, segments } of indexes) {
    const names = { dataset, ...groupsOf?.(dataset) }
    for (const segment of segments) {
      const { updated, shapeOf, deleted, shapes: known } = segment.parts
      const onSegment = new SegmentQuery(query, terms, segment)
      const documents: number[] = []
      const counts = new Uint32Array(known.length)
      const isPicked = known.map((shape) => isShapePicked({ ...names, ...shape }, picks, null))
      const searched = segment.totals(withDeleted)
      totals.documents += searched.documents
      totals.words += searched.words
      for (let document = 0; document < onSegment.found.length; document++) {
        if (onSegment.found[document] === 0 || segment.replaced[document] === 1) continue
        if (!withDeleted && deleted[document] === 1) continue
        if (accepts?.(dataset, updated[document] ?? 0) === false) continue
        for (let term = 0; term < having.length; term++) {
          if (onSegment.matches(term, document)) having[term] = (having[term] ?? 0) + 1
        }
        const shape = shapeOf[document] ?? 0
        counts[shape] = (counts[shape] ?? 0) + 1
        if (isPicked[shape]) documents.push(document)
      }
      for (const [place, shape] of known.entries()) {
        const count = counts[place] ?? 0
        if (count > 0) shapes.push({ ...names, ...shape, count })
      }
      found.push({ dataset, segment, query: onSegment, documents })
    }
  }
  const best = new BestHits(most)
  const ranking = new Ranking(having, totals)
  let total = 0
  for (const { dataset, segment, query: onSegment, documents } of found) {
    total += documents.length
    for (const document of documents) {
      ranking.begin(segment.parts.lengths[document] ?? 0)
      for (let term = 0; term < having.length; term++) {
        if (!onSegment.matches(term, document)) continue
        ranking.add(term, onSegment.quality(term, document), onSegment.count(term, document))
      }
      const score = ranking.score()
      if (best.takes(score)) best.add({ dataset, updated: segment.parts.updated[document] ?? 0, score })
    }
  }
  return { total, hits: best.all(), facets: countFacets(shapes, picks) }
}

/** The hits with the highest scores; of equal ones those that came first. */
class BestHits {
  /** Twice as many as wanted are collected before the worse half goes. */
  private hits: IndexHit[] = []
  private leastScore = Number.NEGATIVE_INFINITY

  constructor(private readonly most: number) {
    if (most === 0) this.leastScore = Number.POSITIVE_INFINITY
  }

  /** Whether a hit with this score may be one of the best. */
  takes(score: number): boolean {
    return score > this.leastScore
  }

  add(hit: IndexHit): void {
    this.hits.push(hit)
    if (this.hits.length >= 2 * this.most + 64) this.keepBest()
  }

  all(): readonly IndexHit[] {
    this.keepBest()
    return this.hits
  }

  /** Sorting keeps the order of equal ones. */
  private keepBest(): void {
    this.hits.sort((a, b) => b.score - a.score)
    if (this.hits.length < this.most) return
    this.hits.length = this.most
    this.leastScore = this.hits.at(-1)?.score ?? this.leastScore
  }
}
