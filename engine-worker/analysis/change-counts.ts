/** How many versions were written to a dataset in each minute, counted from its log. */
import type { DatasetStore } from '../storage/store.ts'
import { type ChangeCounts, MINUTE } from './time-spans.ts'

interface DatasetCounts {
  readonly generation: number
  readonly position: number
  readonly counts: Map<number, number>
}

/** `_ts` is in microseconds. */
const MICROSECONDS = 1000

/** Counts the versions of the datasets of one store; what was counted before is not read again. */
export class ChangeCounter {
  private readonly countsByDataset = new Map<string, DatasetCounts>()

  /** @param turn lets other work of the thread have its turn */
  constructor(
    private readonly store: DatasetStore,
    private readonly turn: () => Promise<void>,
  ) {}

  /** The counts of a dataset; null where the signal was aborted before all was counted. */
  async count(dataset: string, signal: AbortSignal): Promise<ChangeCounts | null> {
    const info = await this.store.info(dataset)
    if (!info) return new Map()
    const before = this.countsByDataset.get(dataset)
    const goesOn = before?.generation === info.generation && before.position <= info.lastUpdated
    const found = await this.read(dataset, info.lastUpdated, goesOn ? before : null, signal)
    if (found === null) return null
    // Compaction removes versions from the middle of a log.
    const isWhole = goesOn && totalChanges(found) !== info.versions && info.pendingSince === null
    const counts = isWhole ? await this.read(dataset, info.lastUpdated, null, signal) : found
    if (counts !== null)
      this.countsByDataset.set(dataset, { generation: info.generation, position: info.lastUpdated, counts })
    return counts
  }

  private async read(
    dataset: string,
    until: number,
    before: DatasetCounts | null,
    signal: AbortSignal,
  ): Promise<Map<number, number> | null> {
    const counts = new Map(before?.counts)
    const since = before?.position ?? 0
    if (since >= until) return counts
    for await (const batch of this.store.rows(dataset, { history: true, since, until })) {
      if (signal.aborted) return null
      for (let at = 0; at < batch.updated.length; at++) {
        const minute = Math.floor(Number(batch.value(at, '_ts') ?? 0) / MICROSECONDS / MINUTE) * MINUTE
        counts.set(minute, (counts.get(minute) ?? 0) + 1)
      }
      await this.turn()
    }
    return counts
  }
}

function totalChanges(counts: ChangeCounts): number {
  let total = 0
  for (const each of counts.values()) total += each
  return total
}
