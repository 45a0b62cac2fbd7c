/** The commits of one run, one after the other; the next batch is transformed while the one before is stored. */

import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import type { Commit, DatasetWrite, StateWrite } from '../../storage/store.ts'
import type { RunLog } from '../log.ts'
import type { Breaker } from './breaker.ts'
import type { RunCounts } from './counts.ts'

interface CommitQueueOptions {
  readonly store: IndexedStore
  readonly counts: RunCounts
  readonly log: RunLog
  /** Nanoseconds since 1970. */
  readonly now: () => bigint
  /** Called when the counts have changed. */
  readonly report: () => void
}

/** At most one commit is under way; a failed one is thrown where it is waited for. */
export class CommitQueue {
  private committing: Promise<void> = Promise.resolve()
  private breaker: Breaker | null = null
  /** The dataset whose versions are counted. */
  private countedDataset: string | null = null

  constructor(private readonly options: CommitQueueOptions) {}

  /** Counts what is written to the sink's dataset, and withholds it where a circuit breaker is set. */
  open(dataset: string, breaker: Breaker | null): void {
    this.countedDataset = dataset
    this.breaker = breaker
  }

  /** Waits for the commit under way. */
  done(): Promise<void> {
    return this.committing
  }

  /** Starts a commit; call {@link done} before it. */
  add(datasets: readonly DatasetWrite[], states: readonly StateWrite[]): void {
    const { store, log, now, report } = this.options
    const before = now()
    const commit: Commit = { datasets, states }
    this.committing = store.commit(this.breaker ? this.breaker.withhold(commit) : commit).then((committed) => {
      log.spent.sink += now() - before
      this.countVersions(committed)
      report()
      return this.breaker?.check(this.options.counts.changed)
    })
    // Waited for before the next commit; a failure must not count as unhandled until then.
    this.committing.catch(() => {})
  }

  private countVersions(committed: Awaited<ReturnType<IndexedStore['commit']>>): void {
    const { counts } = this.options
    for (const { dataset, changes, unchanged } of committed) {
      if (dataset !== this.countedDataset) continue
      counts.unchanged += unchanged
      counts.changed += changes.length
      for (const { deleted } of changes) {
        if (deleted) counts.deleted++
        else counts.written++
      }
    }
  }

  /** A rule said that the circuit breaker has to trip. */
  async trip(): Promise<void> {
    await this.breaker?.trip()
  }

  /** The last commit of a run, which makes visible what was withheld. */
  async last(datasets: readonly DatasetWrite[], states: readonly StateWrite[]): Promise<void> {
    await this.committing
    const kept = this.breaker?.release()
    await this.options.store.commit({ datasets, ...kept, states: [...(kept?.states ?? []), ...states] })
  }
}
