/** How many versions in a log are deletions: counted once, then only what has been added since. */
import type { DatasetStore } from '../../storage/store.ts'

interface CountedLog {
  readonly generation: number
  /** The last `_updated` that was counted. */
  readonly until: number
  readonly versions: number
  readonly deleted: number
}

export class LogCounts {
  private readonly countsByDataset = new Map<string, CountedLog>()

  constructor(private readonly store: DatasetStore) {}

  /** Deleted and other versions of a dataset; all are 0 where there is none. */
  async of(dataset: string): Promise<{ readonly exists: number; readonly deleted: number }> {
    const info = await this.store.info(dataset)
    if (!info) return { exists: 0, deleted: 0 }
    const before = this.countsByDataset.get(dataset)
    const follows = before?.generation === info.generation ? before : null
    let counted = await this.count(dataset, follows, info.generation)
    // Compaction has removed versions that were counted.
    if (follows && counted.versions !== info.versions && info.pendingSince === null) {
      counted = await this.count(dataset, null, info.generation)
    }
    this.countsByDataset.set(dataset, counted)
    return { exists: counted.versions - counted.deleted, deleted: counted.deleted }
  }

  private async count(dataset: string, before: CountedLog | null, generation: number): Promise<CountedLog> {
    let { until, versions, deleted } = before ?? { until: 0, versions: 0, deleted: 0 }
    for await (const rows of this.store.rows(dataset, { since: until, history: true })) {
      const { length } = rows.updated
      versions += length
      for (let at = 0; at < length; at++) if (rows.value(at, '_deleted') === true) deleted++
      until = rows.updated[length - 1] ?? until
    }
    return { generation, until, versions, deleted }
  }
}
