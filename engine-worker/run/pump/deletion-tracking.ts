/** Deletion tracking: what a run from the beginning has not come across is deleted (features/deletion-tracking.rst). */

import type { Entity } from '../../entity/value.ts'
import { IdRows } from '../../storage/index/id-rows.ts'
import type { DatasetStore } from '../../storage/store.ts'

/** The `_id`s that came out of a run from the beginning. */
export class DeletionTracking {
  private readonly seen: IdRows

  /** `mark`: deleted versions say that they are the work of deletion tracking. `seed`: see IdRows. */
  constructor(
    private readonly mark: boolean,
    seed: number,
  ) {
    this.seen = new IdRows(seed)
  }

  add(ids: readonly string[]): void {
    for (const id of ids) this.seen.put(id, 1)
  }

  /** Deleted versions of what is live in a dataset but did not come out. */
  async *unseenIn(store: DatasetStore, dataset: string): AsyncIterable<Entity[]> {
    for await (const batch of store.scan(dataset, { live: true })) {
      const deleted: Entity[] = []
      for (const entity of batch) {
        if (typeof entity._id !== 'string' || this.seen.has(entity._id)) continue
        deleted.push({ ...entity, _deleted: true, ...(this.mark ? { $deletion_tracked: true } : {}) })
      }
      yield deleted
    }
  }
}
