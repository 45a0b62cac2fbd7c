/** What a person has chosen for the table of a dataset, kept while the app is open so that coming back finds it. */
import { useState } from 'react'
import type { Filter } from '../../../engine-worker/index.ts'
import type { ColumnChoice } from '../../data/column-layout.ts'
import type { Sort } from '../../data/table-sort.ts'

interface TableState {
  readonly search: string
  readonly deleted: boolean
  readonly history: boolean
  readonly sorts: readonly Sort[]
  readonly filters: readonly Filter[]
  readonly choice: ColumnChoice
  /** Whether heads show what values look like; null where the number of entities decides. */
  readonly profiled: boolean | null
  /** The column whose values are looked at. */
  readonly looked: string | null
}

/** The state of a table, and how it changes. */
export interface TableControl {
  readonly state: TableState
  readonly change: (part: Partial<TableState>) => void
}

const initialState: TableState = {
  search: '',
  deleted: false,
  history: false,
  sorts: [],
  filters: [],
  choice: { hidden: new Set(['_hash', '_previous', '_ts']), pinned: [], widths: new Map() },
  profiled: null,
  looked: null,
}

const statesByDataset = new Map<string, TableState>()

/** The state of the table of a dataset. */
export function useTableState(dataset: string): TableControl {
  const [state, setState] = useState(() => statesByDataset.get(dataset) ?? initialState)
  const changePart = (part: Partial<TableState>) =>
    setState((before) => {
      const next = { ...before, ...part }
      statesByDataset.set(dataset, { ...next, looked: null })
      return next
    })
  return { state, change: changePart }
}

/** Adds a filter, once. */
export function withFilter(filters: readonly Filter[], filter: Filter): readonly Filter[] {
  const isSame = (each: Filter) =>
    each.property === filter.property && each.how === filter.how && each.value === filter.value
  return filters.some(isSame) ? filters : [...filters, filter]
}
