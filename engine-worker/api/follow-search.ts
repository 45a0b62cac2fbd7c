/** Search indexes that follow their datasets. */
import type { IndexProgress } from '../search/index/search-indexes.ts'
import { type CallContext, capability } from './capability.ts'
import type { OpenedProject } from './host.ts'
import { datasetsOff, searchedDatasets } from './searched-datasets.ts'

/**
 * Brings the indexes of all datasets that are searched up to date, and tells how far they are. It stops when the
 * request is aborted; what was made is kept.
 */
export const followSearch = capability(
  'follow-search',
  'draft',
  async (_: null, { host, onEvent, signal }: CallContext<IndexProgress>): Promise<FollowedIndexes> => {
    const opened = host.current()
    const names = await followIndexes(opened, onEvent, signal)
    const progress = await Promise.all(names.map((name) => opened.search.progress(name)))
    return { indexes: progress.filter((each) => each !== null), off: await datasetsOff(opened.store) }
  },
)

/** Brings the indexes of all datasets that are searched up to date; gives their names, globals first. */
export async function followIndexes(
  opened: OpenedProject,
  onProgress: (progress: IndexProgress) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names = await searchedDatasets(opened)
  await opened.search.removeStale(new Set(names))
  for (const name of names) {
    if (signal.aborted) break
    await opened.search.follow(name, { onProgress, signal })
  }
  return names
}

/** The indexes of all datasets that are searched, globals first, and the datasets that are not searched. */
interface FollowedIndexes {
  readonly indexes: readonly IndexProgress[]
  readonly off: readonly string[]
}
