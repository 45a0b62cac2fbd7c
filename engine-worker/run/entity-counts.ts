/** How many entities a pipe has read, and what became of them. */
export interface EntityCounts {
  /** Source entities that were read. */
  readonly read: number
  readonly written: number
  readonly deleted: number
  /** Outputs equal to what the sink has. */
  readonly unchanged: number
  readonly filtered: number
  /** Source entities that were processed again because of changes elsewhere. */
  readonly reprocessed: number
}

/** The counts of a pipe that has done nothing yet. */
export const noEntities: EntityCounts = { read: 0, written: 0, deleted: 0, unchanged: 0, filtered: 0, reprocessed: 0 }

/** The counts alone. */
export function countsOf({ read, written, deleted, unchanged, filtered, reprocessed }: EntityCounts): EntityCounts {
  return { read, written, deleted, unchanged, filtered, reprocessed }
}

/** The counts of two together. */
export function addCounts(a: EntityCounts, b: EntityCounts): EntityCounts {
  return {
    read: a.read + b.read,
    written: a.written + b.written,
    deleted: a.deleted + b.deleted,
    unchanged: a.unchanged + b.unchanged,
    filtered: a.filtered + b.filtered,
    reprocessed: a.reprocessed + b.reprocessed,
  }
}
