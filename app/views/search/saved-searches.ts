/** Searches that a person has saved, by project; in this browser, where it keeps anything. */
import { create } from 'zustand'

/** A saved search is the part of its address behind the project. */
interface SavedSearch {
  readonly query: string
  readonly picks: string
}

const storageKey = (project: string) => `pipewright.searches.${project}`
const maxSearches = 30

interface SavedSearches {
  readonly project: string | null
  readonly searches: readonly SavedSearch[]
}

const useSaved = create<SavedSearches>(() => ({ project: null, searches: [] }))

/** The saved searches of a project. */
export function useSavedSearches(project: string): readonly SavedSearch[] {
  return useSaved((state) => (state.project === project ? state.searches : noSearches))
}

const noSearches: readonly SavedSearch[] = []

/** Reads what was saved. */
export function loadSavedSearches(project: string): void {
  useSaved.setState({ project, searches: readSearches(project) })
}

/** Saves a search, or removes it where it is saved. */
export function toggleSavedSearch(project: string, search: SavedSearch): void {
  const before = readSearches(project)
  const others = before.filter((each) => !isSame(each, search))
  const searches = others.length < before.length ? others : [search, ...others].slice(0, maxSearches)
  useSaved.setState({ project, searches })
  try {
    localStorage.setItem(storageKey(project), JSON.stringify(searches))
  } catch {
    // Storage is switched off: they hold until the tab closes.
  }
}

/** Whether two searches are the same. */
export function isSame(a: SavedSearch, b: SavedSearch): boolean {
  return a.query === b.query && a.picks === b.picks
}

function readSearches(project: string): readonly SavedSearch[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(project)) ?? '[]')
    if (!Array.isArray(stored)) return []
    return stored.flatMap((each) =>
      typeof each?.query === 'string' && typeof each?.picks === 'string'
        ? [{ query: each.query, picks: each.picks }]
        : [],
    )
  } catch {
    return useSaved.getState().project === project ? useSaved.getState().searches : []
  }
}
