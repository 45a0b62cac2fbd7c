/** A store whose commits go another way; everything else is the store's own. */
import type { DatasetStore } from './store.ts'

/** The store with this `commit` in the place of its own. */
export function withCommit(store: DatasetStore, commit: DatasetStore['commit']): DatasetStore {
  return {
    commit,
    list: () => store.list(),
    info: (dataset) => store.info(dataset),
    scan: (dataset, options) => store.scan(dataset, options),
    rows: (dataset, options) => store.rows(dataset, options),
    textsAt: (dataset, updated) => store.textsAt(dataset, updated),
    lookup: (dataset, ids) => store.lookup(dataset, ids),
    peek: (dataset, id) => store.peek(dataset, id),
    versions: (dataset, id) => store.versions(dataset, id),
    versionAt: (dataset, id, at) => store.versionAt(dataset, id, at),
    state: (key) => store.state(key),
    states: (prefix) => store.states(prefix),
    compact: (dataset, settings) => store.compact(dataset, settings),
    close: () => store.close(),
  }
}
