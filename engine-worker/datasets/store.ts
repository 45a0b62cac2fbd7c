/**
 * The dataset store: append-only logs of entities and the states of pipes, behind one interface with two
 * implementations, in memory (memory.ts) and on IndexedDB (indexeddb.ts). Both pass the same law tests.
 *
 * A commit is all or nothing: a batch of entities, the pipe's position and its tracking data become durable together,
 * so a killed tab leaves neither half a batch nor a position ahead of its data.
 */
import type { Entity, Json } from '../entity/value.ts'

/** What is known of a dataset without reading it. */
export interface DatasetInfo {
  readonly name: string
  /** Highest `_updated`; 0 when empty. Sequence numbers start at 1 and never repeat in a dataset's life. */
  readonly lastUpdated: number
  /** Entities whose latest version is not deleted. */
  readonly live: number
  /** Entities whose latest version is deleted. */
  readonly deleted: number
  /** Versions in the log. */
  readonly versions: number
  /** Whether a producer has completed a run into it. */
  readonly populated: boolean
  /** Changes with every reset, so that consumers see that their position is void. */
  readonly generation: number
  readonly bytes: number
  /** Settings and state kept with the dataset: circuit breaker, compaction, completeness (nanoseconds as text) … */
  readonly meta: Readonly<Record<string, Json>>
}

/** An entity as written by a pump: `_id`, `_deleted` and properties. The store sets `_updated`, `_previous`, `_hash`, `_ts`. */
export interface DatasetWrite {
  readonly dataset: string
  /** Later ones win where an `_id` occurs twice. Entities equal to their latest version (by hash) write nothing. */
  readonly entities: readonly Entity[]
  readonly populated?: boolean
  readonly meta?: Readonly<Record<string, Json>>
}

/** A state record: positions of a pump, tracking data, execution log cursors. `null` removes it. */
export interface StateWrite {
  readonly key: string
  readonly value: Json | Uint8Array
}

export interface Commit {
  readonly datasets?: readonly DatasetWrite[]
  readonly states?: readonly StateWrite[]
  /** Datasets to empty first; their generation goes up. */
  readonly reset?: readonly string[]
  /** Datasets to remove, with everything known of them. */
  readonly remove?: readonly string[]
}

/** What a commit changed, per dataset. */
export interface Committed {
  readonly dataset: string
  /** The versions that were appended, in log order, with the version each replaced (null when new). */
  readonly changes: readonly { readonly entity: Entity; readonly previous: Entity | null }[]
  readonly unchanged: number
}

export interface ScanOptions {
  /** Only versions with `_updated` greater than this. Default 0. */
  readonly since?: number
  /** Only versions with `_updated` at most this. */
  readonly until?: number
  /** All versions instead of the latest of each entity. */
  readonly history?: boolean
  /** Leave out entities whose version is deleted. Default false. */
  readonly live?: boolean
  /** Entities per batch; about 2,000 to 5,000. */
  readonly batch?: number
  readonly reverse?: boolean
}

export interface DatasetStore {
  list(): Promise<readonly DatasetInfo[]>
  info(dataset: string): Promise<DatasetInfo | null>
  commit(commit: Commit): Promise<readonly Committed[]>
  /** Batches in `_updated` order, reading one batch ahead. */
  scan(dataset: string, options?: ScanOptions): AsyncIterable<readonly Entity[]>
  /** Latest versions (deleted ones too) in the order asked for; null where there is none. */
  lookup(dataset: string, ids: readonly string[]): Promise<readonly (Entity | null)[]>
  /** A synchronous look-up where the store has the entity in memory; undefined where it would have to read. */
  peek(dataset: string, id: string): Entity | null | undefined
  /** Versions of one entity, newest first. */
  versions(dataset: string, id: string): Promise<readonly Entity[]>
  /** The latest version of the entity at a point of the log (`_updated` at most `at`), or null. */
  versionAt(dataset: string, id: string, at: number): Promise<Entity | null>
  state(key: string): Promise<Json | Uint8Array | undefined>
  /** States whose key begins with the prefix, in key order. */
  states(prefix: string): AsyncIterable<{ readonly key: string; readonly value: Json | Uint8Array }>
  /** Rewrites the log by the dataset's settings; no consumer's result changes. Positions are the consumers' `_updated`. */
  compact(dataset: string, settings: Compaction): Promise<{ readonly removed: number }>
  close(): Promise<void>
}

/** configuration-sinks-dataset.rst and the pipe's `compaction` property. */
export interface Compaction {
  /** Versions to keep of each entity, at least 1. */
  readonly keepVersions: number
  /** Remove versions older than this (milliseconds since 1970), besides the ones kept. */
  readonly olderThan?: number
  /** Remove deletion markers older than this, but none after `consumedUpTo`. */
  readonly deletesOlderThan?: number
  /** The least position of all consumers. */
  readonly consumedUpTo: number
}

/** Time and randomness, passed in so that runs can be repeated. */
export interface Surroundings {
  /** Nanoseconds since 1970. */
  now(): bigint
  random(): number
  randomBytes(length: number): Uint8Array
}
