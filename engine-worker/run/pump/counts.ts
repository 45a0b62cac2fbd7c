import { type EntityCounts, noEntities } from '../entity-counts.ts'

/** What one run has done so far. */
export interface RunCounts extends Writable<EntityCounts> {
  /** Versions written, deletions among them. */
  changed: number
  /** Deletions that deletion tracking has written. */
  deletionTracked: number
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** The counts of a run that begins. */
export function newCounts(): RunCounts {
  return { ...noEntities, changed: 0, deletionTracked: 0 }
}
