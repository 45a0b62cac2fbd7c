/** Search over the datasets of a store by their indexes, which are brought up to date first and kept; with filters by property. */
import { readEntity } from '../entity/transit.ts'
import { turn } from '../run/turn.ts'
import { searchIndexes } from '../search/index/index-search.ts'
import type { SearchIndexes } from '../search/index/search-indexes.ts'
import { mostSnippets, type StoreHit, type StoreSearch, type StoreSearchResult } from '../search/search-store.ts'
import { snippetsOf } from '../search/snippet.ts'
import type { DatasetStore } from '../storage/store.ts'
import { KeptColumns } from './kept-columns.ts'
import { filteredQuery } from './search-filters.ts'

/** The same answer as a scan of the store (search-store.ts), of what meets the filters in the query. */
export async function searchStored(
  store: DatasetStore,
  indexes: SearchIndexes,
  { query: text, datasets, picks, withDeleted, most }: StoreSearch,
): Promise<StoreSearchResult> {
  for (const dataset of datasets) await indexes.follow(dataset)
  const all = indexes.indexesOf(datasets)
  const source = { store, columns: new KeptColumns(store, turn) }
  const { query, accepts } = await filteredQuery(source, all, text, withDeleted, new AbortController().signal)
  const filtered = accepts ? { accepts } : {}
  const { total, hits, facets } = searchIndexes(all, { query, picks, withDeleted, most, ...filtered })
  const shown: StoreHit[] = []
  for (const { dataset, updated, score } of hits) {
    const [found] = await store.textsAt(dataset, [updated])
    if (typeof found !== 'string' || query === null) continue
    const entity = readEntity(found)
    shown.push({ dataset, id: String(entity._id), score, snippets: snippetsOf(query, entity, mostSnippets) })
  }
  return { total, hits: shown, facets }
}
