/** A store that takes no more data than it may have. What deletes, and what the engine keeps for itself, always goes in. */
import { Fault, problem } from '../problem.ts'
import type { Commit, DatasetStore } from './store.ts'
import { withCommit } from './with-commit.ts'

/** Milliseconds for which a count of all datasets holds. */
const COUNT_MAX_AGE = 1000

const storageFull = problem<{ limit: number; bytes: number }>({
  code: 'storage-limit-reached',
  severity: 'error',
  says: ({ limit, bytes }) => `The data takes ${bytes} bytes; this configuration may have ${limit}.`,
  fix: () => 'Delete datasets, set compaction, or have the limit raised.',
})

/** The store with a limit. `clock`: milliseconds. */
export function limitedStore(store: DatasetStore, limit: number, clock: () => number): DatasetStore {
  let bytes = 0
  let counted = Number.NEGATIVE_INFINITY
  const checkLimit = async (commit: Commit) => {
    const adds = commit.datasets?.some(
      ({ dataset, entities }) => !dataset.startsWith('system:') && entities.some((entity) => entity._deleted !== true),
    )
    if (adds !== true) return
    const now = clock()
    if (now - counted > COUNT_MAX_AGE || now < counted) {
      bytes = (await store.list()).reduce((sum, one) => sum + one.bytes, 0)
      counted = now
    }
    if (bytes >= limit) {
      counted = Number.NEGATIVE_INFINITY
      throw new Fault(storageFull({ limit, bytes }))
    }
  }
  return withCommit(store, async (commit) => {
    await checkLimit(commit)
    return store.commit(commit)
  })
}
