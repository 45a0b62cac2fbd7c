/** Search over the datasets of the open project: the query language of integrated search, filters, counts. */
import { searchIndexes } from '../search/index/index-search.ts'
import type { IndexProgress } from '../search/index/search-indexes.ts'
import type { PropertyFilter } from '../search/property-filters.ts'
import type { SearchPicks } from '../search/search.ts'
import { type CallContext, capability } from './capability.ts'
import { datasetGroups } from './dataset-groups.ts'
import { type FoundEntity, foundEntities } from './found-entities.ts'
import { filteredQuery } from './search-filters.ts'
import { searchedDatasets } from './searched-datasets.ts'

/** What is looked for. */
interface SearchRequest {
  /** With filters by property, each with a leading `@` (search/property-filters.ts). */
  readonly query: string
  readonly picks: SearchPicks
  readonly withDeleted?: boolean
  /** The first hit that is wanted, and how many. */
  readonly from: number
  readonly count: number
}

/** Names with their counts, the most frequent first. */
type FacetCounts = readonly (readonly [string, number])[]

/** What was found. */
interface SearchAnswer {
  readonly total: number
  readonly hits: readonly FoundEntity[]
  readonly facets: Readonly<Record<'datasets' | 'systems' | 'types' | 'namespaces' | 'properties', FacetCounts>>
  /** The filters by property in the query, as they were read. */
  readonly filters: readonly PropertyFilter[]
  /** Entities that were searched. */
  readonly searched: number
  /** How far the index of each dataset is, globals first. */
  readonly indexes: readonly IndexProgress[]
}

/** Finds entities. Datasets whose index is not complete are searched as far as it is. */
export const searchEntities = capability(
  'search',
  'draft',
  async (request: SearchRequest, { host, signal }: CallContext): Promise<SearchAnswer> => {
    const opened = host.current()
    const names = await searchedDatasets(opened)
    const indexes = opened.search.indexesOf(names)
    const withDeleted = request.withDeleted ?? false
    const { query, filters, accepts } = await filteredQuery(opened, indexes, request.query, withDeleted, signal)
    const { total, hits, facets } = searchIndexes(indexes, {
      query,
      picks: request.picks,
      withDeleted,
      most: request.from + request.count,
      groupsOf: datasetGroups(opened.session.pipes()),
      ...(accepts ? { accepts } : {}),
    })
    const progress = await Promise.all(names.map((name) => opened.search.progress(name)))
    return {
      total,
      hits: await foundEntities(opened, hits.slice(request.from), query),
      facets: {
        datasets: byCount(facets.datasets),
        systems: byCount(facets.systems),
        types: byCount(facets.types),
        namespaces: byCount(facets.namespaces),
        properties: byCount(facets.properties),
      },
      filters,
      searched: indexes.reduce((sum, { live }) => sum + live, 0),
      indexes: progress.filter((each) => each !== null),
    }
  },
)

function byCount(counts: ReadonlyMap<string, number>): FacetCounts {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}
