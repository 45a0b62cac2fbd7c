/** Deletion tracking: what a run from the beginning has not come across is deleted (features/deletion-tracking.rst). */

import type { Entity } from '../entity/value.ts'
import type { DatasetStore } from '../storage/store.ts'

/** Deleted versions of what is live in a dataset but was not seen, marked so where `mark` is set. */
export async function* unseen(
  store: DatasetStore,
  dataset: string,
  seen: ReadonlySet<string>,
  mark: boolean,
): AsyncIterable<Entity[]> {
  for await (const batch of store.scan(dataset, { live: true })) {
    const deleted: Entity[] = []
    for (const entity of batch) {
      if (typeof entity._id !== 'string' || seen.has(entity._id)) continue
      deleted.push({ ...entity, _deleted: true, ...(mark ? { $deletion_tracked: true } : {}) })
    }
    yield deleted
  }
}
