/** Id indexes that are in memory although nothing asks for them: where all take too much, those go; they are read again when needed. */
import type { Log } from './log.ts'

/** How much the id indexes may take before idle ones go, in bytes, and after how many uses of others one is idle. */
export interface IndexLimits {
  readonly bytes: number
  readonly uses: number
}

const LIMITS: IndexLimits = { bytes: 48_000_000, uses: 256 }

/** Knows which id indexes were used last. One that is used in every batch of a run never goes, however much it takes. */
export class IdleIndexes {
  private uses = 0

  constructor(private readonly limits = LIMITS) {}

  /** An id index is used. */
  use(log: Log): void {
    log.usedAt = ++this.uses
  }

  /** By how many bytes all take more than they may. */
  excess(logs: Iterable<Log>): number {
    let total = 0
    for (const log of logs) if (log.loaded) total += log.index.bytes
    return total - this.limits.bytes
  }

  /** Takes idle ones out of memory until a number of bytes is free, the biggest first. */
  drop(logs: Iterable<Log>, bytes: number): void {
    let left = bytes
    const idle = [...logs].filter((log) => log.loaded && this.uses - log.usedAt > this.limits.uses)
    for (const log of idle.sort((a, b) => b.index.bytes - a.index.bytes)) {
      if (left <= 0) return
      left -= log.index.bytes
      log.dropIndex()
    }
  }
}
