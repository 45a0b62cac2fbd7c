/** The queries of the corpus, with the expected hits by the documented syntax. */
import { readFileSync } from 'node:fs'
import type { SearchPicks } from '../../engine-worker/search/search.ts'

export interface QueryCase {
  readonly on: string
  readonly rule: string
  readonly query: string
  readonly hits: readonly string[]
  /** Expected hits in order; other hits may be between them. */
  readonly order?: readonly string[]
  readonly globals?: readonly string[]
  readonly picks?: SearchPicks & { readonly deleted?: boolean; readonly all?: boolean }
  readonly facets?: Readonly<Record<string, Readonly<Record<string, number>>>>
}

interface QueryCases {
  readonly datasets: Readonly<Record<string, Readonly<Record<string, readonly object[]>>>>
  readonly cases: readonly QueryCase[]
}

export const queryCases: QueryCases = JSON.parse(
  readFileSync(new URL('../corpus/search-cases.json', import.meta.url), 'utf8'),
)
