/**
 * The port between the dataset store and what keeps its bytes: records by key, changed in batches that are atomic and
 * durable. The store on top (segment-store.ts) carries logs, indexes, commits and maintenance; IndexedDB
 * (indexeddb/database.ts), memory (memory-segments.ts) and plain files (node/storage/file-segments.ts) are implementations,
 * which all pass the same law tests.
 */
import type { PackedSegment, Segment, SegmentHead } from './segment.ts'

/** What is known of a dataset without reading it, as stored. */
export interface DatasetRecord {
  readonly name: string
  /** Number of its log: segments belong to a log, and a reset begins another. */
  readonly log: number
  readonly generation: number
  /** The last sequence number given out. */
  readonly sequence: number
  /** Highest `_updated` in the log, and highest that readers see. */
  readonly last: number
  readonly visible: number
  readonly live: number
  readonly deleted: number
  readonly versions: number
  readonly bytes: number
  readonly populated: boolean
  readonly pendingSince: number | null
  /** As JSON text, because numbers such as `1.0` do not survive otherwise. */
  readonly meta: string
}

/** JSON as text, or bytes as they are. */
export interface StateRecord {
  readonly key: string
  readonly value: string | Uint8Array
}

/** Keeps the records of one project. A segment has the key (log, first version). Throws Faults when storage fails. */
export interface SegmentStorage {
  /** Seeds the hashes of ids; the same for as long as the data lives. Known once it is open. */
  readonly seed: number
  /** Opens it for one writer, who is the only one from now on; gives the datasets. `random` makes a new seed. */
  open(random: () => number): Promise<readonly DatasetRecord[]>
  /** One batch: all that `work` asks for becomes durable, or nothing where it throws. One at a time. */
  write(work: (to: SegmentWriter) => Promise<void>): Promise<void>
  segmentsAt(log: number, firsts: readonly number[]): Promise<(Segment | undefined)[]>
  /** Segments of a log whose first version is in a range, both ends included, in order. */
  segmentsBetween(log: number, from: number, to: number): Promise<readonly Segment[]>
  headsAt(log: number, firsts: readonly number[]): Promise<(SegmentHead | undefined)[]>
  /** The next heads of a log after one that begins at `after`, at most `limit`, in order. */
  headsAfter(log: number, after: number, limit: number): Promise<readonly SegmentHead[]>
  state(key: string): Promise<StateRecord | undefined>
  /** States whose key begins with `prefix` and comes after `after` (null: from the first on), in key order. */
  statesAfter(prefix: string, after: string | null, limit: number): Promise<readonly StateRecord[]>
  close(): void | Promise<void>
}

/** The changes of a batch. */
export interface SegmentWriter {
  putSegments(packed: readonly PackedSegment[]): PromiseLike<void>
  deleteSegments(log: number, firsts: readonly number[]): PromiseLike<void>
  /** Deletes the segments of a log that begin after a version. */
  deleteAfter(log: number, after: number): PromiseLike<void>
  putDatasets(records: readonly DatasetRecord[]): PromiseLike<void>
  deleteDatasets(names: readonly string[]): PromiseLike<void>
  putStates(states: readonly StateRecord[]): PromiseLike<void>
  deleteStates(keys: readonly string[]): PromiseLike<void>
}
