/** Search over the datasets of a store by their kept indexes, which are brought up to date first and kept. */
import { readEntity } from '../entity/transit.ts'
import type { DatasetStore } from '../storage/store.ts'
import { searchIndexes } from './index/index-search.ts'
import type { SearchIndexes } from './index/search-indexes.ts'
import { parseQuery } from './query.ts'
import { mostSnippets, type StoreHit, type StoreSearch, type StoreSearchResult } from './search-store.ts'
import { snippetsOf } from './snippet.ts'

/** The same answer as a scan of the store (search-store.ts). */
export async function searchStored(
  store: DatasetStore,
  indexes: SearchIndexes,
  { query: text, datasets, picks, withDeleted, most }: StoreSearch,
): Promise<StoreSearchResult> {
  for (const dataset of datasets) await indexes.follow(dataset)
  const query = parseQuery(text)
  const { total, hits, facets } = searchIndexes(indexes.indexesOf(datasets), { query, picks, withDeleted, most })
  const shown: StoreHit[] = []
  for (const { dataset, updated, score } of hits) {
    const [found] = await store.textsAt(dataset, [updated])
    if (typeof found !== 'string' || query === null) continue
    const entity = readEntity(found)
    shown.push({ dataset, id: String(entity._id), score, snippets: snippetsOf(query, entity, mostSnippets) })
  }
  return { total, hits: shown, facets }
}
