/** What one run has done so far. */
export interface RunCounts {
  /** Source entities that were read. */
  read: number
  written: number
  deleted: number
  /** Outputs equal to what the sink has. */
  unchanged: number
  filtered: number
  /** Source entities that were processed again because of changes elsewhere. */
  reprocessed: number
  /** Versions written, deletions among them. */
  changed: number
  /** Deletions that deletion tracking has written. */
  deletionTracked: number
}

/** The counts of a run that begins. */
export function newCounts(): RunCounts {
  return { read: 0, written: 0, deleted: 0, unchanged: 0, filtered: 0, reprocessed: 0, changed: 0, deletionTracked: 0 }
}
