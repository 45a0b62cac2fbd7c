/** Search over the datasets of a store: the latest versions of their entities, read one batch after another. */
import type { DatasetStore } from '../storage/store.ts'
import { documentOf } from './document.ts'
import { parseQuery } from './query.ts'
import { type Facets, type SearchPicks, SearchScan } from './search.ts'
import { type Snippet, snippetsOf } from './snippet.ts'

/** What is looked for in a store. */
export interface StoreSearch {
  readonly query: string
  /** The datasets that are searched, the ones that count most first. */
  readonly datasets: readonly string[]
  readonly picks: SearchPicks
  /** Whether deleted entities are found, too. */
  readonly withDeleted: boolean
  /** The most hits that are given; `total` counts all. */
  readonly most: number
}

/** One entity that was found, as it is shown. */
export interface StoreHit {
  readonly dataset: string
  readonly id: string
  readonly score: number
  readonly snippets: readonly Snippet[]
}

/** What was found in a store. */
export interface StoreSearchResult {
  readonly total: number
  readonly hits: readonly StoreHit[]
  readonly facets: Facets
}

/** Pieces of an entity that are shown for a hit. */
export const mostSnippets = 3

/** Searches datasets of a store; a dataset that is not there is empty. */
export async function searchStore(
  store: DatasetStore,
  { query: text, datasets, picks, withDeleted, most }: StoreSearch,
): Promise<StoreSearchResult> {
  const query = parseQuery(text)
  const scan = new SearchScan(query)
  for (const dataset of query === null ? [] : datasets) {
    for await (const batch of store.scan(dataset)) {
      for (const entity of batch) if (withDeleted || entity._deleted !== true) scan.add(documentOf(dataset, entity))
    }
  }
  const { hits, facets } = scan.result(picks)
  const shown: StoreHit[] = []
  for (const { document, score } of hits.slice(0, most)) {
    const { dataset, id } = document
    const [entity] = await store.lookup(dataset, [id])
    shown.push({ dataset, id, score, snippets: query && entity ? snippetsOf(query, entity, mostSnippets) : [] })
  }
  return { total: hits.length, hits: shown, facets }
}
