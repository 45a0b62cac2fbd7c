/** Windows of rows: the page asks for the rows on screen and a few around them, never for a whole dataset. */

import { useEffect, useRef, useState } from 'react'
import { type JsonObject, type RowsRequest, readJson } from '../../engine-worker/index.ts'
import { ask as askEngine } from '../store/engine/open-project.ts'
import { useEngine } from '../store/engine/state.ts'
import { failureText } from '../store/failure.ts'
import { NewestPages } from './newest-pages.ts'
import { isPlainObject } from './value.ts'

/** Rows per request. */
const pageSize = 100
/** Requests whose rows are kept: those around the last one. */
const maxPages = 80

/** A request for rows without its window. */
type RowQuery = Omit<RowsRequest, 'from' | 'count'>

/** The rows of a query that were fetched so far. */
export interface RowWindow {
  readonly total: number | null
  readonly columns: readonly string[]
  readonly failure: string | null
  row(index: number): JsonObject | undefined
  /** Fetches the rows of a range that are missing. */
  need(from: number, to: number): void
}

interface WindowState {
  readonly query: string
  readonly total: number | null
  readonly columns: readonly string[]
  readonly pieces: ReadonlyMap<number, readonly JsonObject[]>
  readonly failure: string | null
}

const initialState = (query: string): WindowState => ({
  query,
  total: null,
  columns: [],
  pieces: new Map(),
  failure: null,
})

/** The rows of a query; asked for again when a run has changed the datasets, and the old ones stay until then. */
export function useRowWindow(query: RowQuery): RowWindow {
  const key = JSON.stringify(query)
  const version = useEngine((state) => state.version)
  const [state, setState] = useState<WindowState>(() => initialState(key))
  const newest = useRef<{ readonly generation: string; readonly pages: NewestPages } | null>(null)

  const loadPage = async (index: number, generation: string): Promise<boolean> => {
    try {
      const rowsAnswer = await askEngine('rows', { ...query, from: index * pageSize, count: pageSize })
      const now = newest.current
      if (now?.generation !== generation) return true
      const parsed = rowsAnswer.rows.map(entityOf)
      setState((old) => {
        const base = old.query === key ? old : initialState(key)
        const pieces = new Map([...base.pieces, [index, parsed]])
        if (pieces.size > maxPages) {
          const far = [...pieces.keys()].sort((a, b) => Math.abs(b - index) - Math.abs(a - index))
          // The first rows say how wide columns are.
          for (const each of far.filter((piece) => piece !== 0).slice(0, pieces.size - maxPages)) {
            pieces.delete(each)
            now.pages.forget(each)
          }
        }
        return {
          ...base,
          total: rowsAnswer.total,
          columns: unionOf(base.columns, rowsAnswer.columns),
          pieces,
          failure: null,
        }
      })
      return true
    } catch (error) {
      const failure = failureText(error)
      setState((old) => ({ ...(old.query === key ? old : initialState(key)), failure }))
      return false
    }
  }

  const generation = `${version} ${key}`
  const newestPages = () => {
    if (newest.current?.generation !== generation) {
      newest.current = { generation, pages: new NewestPages((page) => loadPage(page, generation)) }
    }
    return newest.current.pages
  }

  // A new query, and a run that has changed the data, ask for the first rows again.
  const first = useRef(newestPages)
  first.current = newestPages
  useEffect(() => {
    if (generation) first.current().wantToo(0)
  }, [generation])

  const current = state.query === key ? state : initialState(key)
  return {
    total: current.total,
    columns: current.columns,
    failure: current.failure,
    row: (index) => current.pieces.get(Math.floor(index / pageSize))?.[index % pageSize],
    need: (from, to) => newestPages().want(Math.floor(from / pageSize), Math.floor(Math.max(from, to - 1) / pageSize)),
  }
}

/** An entity as the engine printed it. */
export function entityOf(text: string): JsonObject {
  const value = readJson(text)
  return isPlainObject(value) ? value : {}
}

function unionOf(known: readonly string[], more: readonly string[]): readonly string[] {
  const set = new Set(known)
  const added = more.filter((name) => !set.has(name))
  return added.length === 0 ? known : [...known, ...added]
}
