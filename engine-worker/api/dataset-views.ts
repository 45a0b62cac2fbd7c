/** The ways to look into the datasets of a store: search indexes and columns, which follow the datasets beside runs. */
import { StoredColumns } from '../analysis/stored-columns/stored-columns.ts'
import type { Environment } from '../environment.ts'
import { turn, turnAfterRuns, turnsBesideRuns } from '../run/turn.ts'
import { SearchIndexes } from '../search/index/search-indexes.ts'
import type { DatasetStore } from '../storage/store.ts'
import { KeptColumns } from './kept-columns.ts'

/** What is derived from the datasets of one store; engines over the same store use the same. */
export interface DatasetViews {
  readonly search: SearchIndexes
  readonly storedColumns: StoredColumns
  readonly columns: KeptColumns
}

/** @param isRunning whether pipes run: search indexes are then made slowly, and stored columns not at all */
export function datasetViews(store: DatasetStore, environment: Environment, isRunning: () => boolean): DatasetViews {
  const seed = Math.floor(environment.random() * 2 ** 32)
  const storedColumns = new StoredColumns(store, turnAfterRuns(environment, isRunning))
  return {
    search: new SearchIndexes(store, seed, turnsBesideRuns(environment, isRunning)),
    storedColumns,
    columns: new KeptColumns(store, turn, storedColumns),
  }
}
