/**
 * The dataset store: append-only logs of entities and the states of pipes, behind one interface with two
 * implementations, as objects in memory (memory.ts) and over segments (segment-store.ts), which IndexedDB, memory or files
 * keep (segment-storage.ts). All pass the same law tests.
 *
 * A commit is all or nothing: a batch of entities, the pipe's position and its tracking data become durable together,
 * so a killed tab leaves neither half a batch nor a position ahead of its data.
 */
import type { Entity, Json, Value } from '../entity/value.ts'

/** What is known of a dataset without reading it. */
export interface DatasetInfo {
  readonly name: string
  /**
   * Highest visible `_updated`; 0 when empty. Sequence numbers start at 1 and never repeat in a dataset's life, not even
   * after a reset or a rollback. A dataset that replaced another brings its own.
   */
  readonly lastUpdated: number
  /** Entities whose latest version is not deleted. */
  readonly live: number
  /** Entities whose latest version is deleted. */
  readonly deleted: number
  /** Versions in the log. */
  readonly versions: number
  /** Whether a producer has completed a run into it. */
  readonly populated: boolean
  /** Changes with every reset and replacement, so that consumers see that their position is void. */
  readonly generation: number
  /** About what the log takes as text. */
  readonly bytes: number
  /**
   * Versions with a greater `_updated` are withheld from readers until they are released or rolled back (the circuit
   * breaker); null when nothing is. The counts above include them.
   */
  readonly pendingSince: number | null
  /** Settings and state kept with the dataset: circuit breaker, compaction, completeness (nanoseconds as text) … */
  readonly meta: Readonly<Record<string, Json>>
}

/**
 * Entities as written by a pump: `_id`, `_deleted` and properties; other root fields that begin with `_` are ignored.
 * The store sets `_updated`, `_deleted` (always, as a boolean), `_previous`, `_hash` and `_ts` on copies of its own;
 * what it returns is shared and must not be changed by anyone.
 */
export interface DatasetWrite {
  readonly dataset: string
  /**
   * Later ones win where an `_id` occurs twice. Entities equal to their latest version (by hash) write nothing, nor does
   * the deletion of an entity that is deleted already.
   */
  readonly entities: readonly Entity[]
  /** Withhold these versions from readers until `release` or `rollback`: the batch of a pipe with a circuit breaker. */
  readonly pending?: boolean
  /**
   * Asked for every entity before anything is written, with its latest version: false leaves it out, a thrown Fault
   * refuses the whole commit (optimistic locking, `prevent_multiple_versions`). Costs a look-up of each latest version.
   */
  readonly accept?: (entity: Entity, latest: Entity | null) => boolean
  /** Refuses the commit when an entity's stored text is longer (`max_entity_bytes_size`). */
  readonly maxEntityBytes?: number
  /** Also appends what equals its latest version. */
  readonly repeats?: boolean
  /**
   * Keeps the entities' own `_updated` as sequence numbers (a replicated dataset). What is not beyond the end of the log
   * is there already and is left out; entities without one get the next number.
   */
  readonly givenOffsets?: boolean
  readonly populated?: boolean
  readonly meta?: Readonly<Record<string, Json>>
}

/** A state record: positions of a pump, tracking data, execution log cursors. `null` removes it. */
export interface StateWrite {
  readonly key: string
  readonly value: Json | Uint8Array
}

/** Has states written; resolves when they are. */
export type CommitStates = (states: readonly StateWrite[]) => Promise<void>

/** Parts are applied in the order remove, reset, rollback, replace, release, datasets, states. */
export interface Commit {
  /** At most one write a dataset. */
  readonly datasets?: readonly DatasetWrite[]
  readonly states?: readonly StateWrite[]
  /** Datasets to empty first; their generation goes up. */
  readonly reset?: readonly string[]
  /** Datasets to remove, with everything known of them. */
  readonly remove?: readonly string[]
  /** Datasets whose withheld versions become visible. */
  readonly release?: readonly string[]
  /** Datasets whose withheld versions are deleted, as if never written. */
  readonly rollback?: readonly string[]
  /** Datasets whose content is replaced. Neither name may occur in remove, reset, rollback or a second replacement. */
  readonly replace?: readonly Replacement[]
}

/** All that `by` holds becomes what `dataset` holds, which is dropped; `by` is there no longer. */
export interface Replacement {
  readonly dataset: string
  readonly by: string
}

/** A version that was appended. */
export interface AppendedVersion {
  readonly deleted: boolean
  /** As stored, with the fields that the store sets. Made when it is asked for. */
  readonly entity: Entity
  /** The version it replaced; null when it is new. */
  readonly previous: Entity | null
}

/** What a commit changed, per dataset. */
export interface CommitResult {
  readonly dataset: string
  /** The versions that were appended, in log order. */
  readonly changes: readonly AppendedVersion[]
  readonly unchanged: number
}

/** Entities per batch where a scan does not say. */
export const SCAN_BATCH = 2000

/** Which versions a scan gives, and in which order. */
export interface ScanOptions {
  /** Only versions with `_updated` greater than this. Default 0. */
  readonly since?: number
  /** Only versions with `_updated` at most this: the dataset as it was then. Default: as it is when the scan begins. */
  readonly until?: number
  /** All versions instead of the latest of each entity. */
  readonly history?: boolean
  /** Leave out entities whose version is deleted. Default false. */
  readonly live?: boolean
  /** At most this many entities per batch; default {@link SCAN_BATCH}. Batches may be smaller, never empty. */
  readonly batch?: number
  readonly reverse?: boolean
  /** Also versions that are withheld from readers. */
  readonly pending?: boolean
}

/** A batch of a scan, of whose versions no more is read than is asked for. `at` is a version's place in the batch. */
export interface RowBatch {
  readonly updated: ArrayLike<number>
  /** The transit text. */
  text(at: number): string
  /** The entity, of whose fields that the store sets only `_id` and a true `_deleted` are sure to be there. */
  content(at: number): Entity
  /** A property, undefined where there is none. */
  value(at: number, property: string): Value | undefined
  /**
   * False where the text in lower case, without the fields that the store sets but with `_deleted`, surely has no such part:
   * a look at many versions at once.
   */
  mayContain(at: number, part: string): boolean
}

/** Versioned datasets with atomic commits; every implementation keeps the same contract. */
export interface DatasetStore {
  list(): Promise<readonly DatasetInfo[]>
  info(dataset: string): Promise<DatasetInfo | null>
  commit(commit: Commit): Promise<readonly CommitResult[]>
  /** Batches in `_updated` order, reading one batch ahead. A reset, removal or rollback of the dataset ends the scan. */
  scan(dataset: string, options?: ScanOptions): AsyncIterable<readonly Entity[]>
  /** As scan, for what looks at a part of each version only: search, and windows of rows. */
  rows(dataset: string, options?: ScanOptions): AsyncIterable<RowBatch>
  /** The transit text of versions by their `_updated`, in the order asked for; null where compaction removed it. */
  textsAt(dataset: string, updated: readonly number[]): Promise<readonly (string | null)[]>
  /** Latest visible versions (deleted ones too) in the order asked for; null where there is none. */
  lookup(dataset: string, ids: readonly string[]): Promise<readonly (Entity | null)[]>
  /** A synchronous look-up where the store has the entity in memory; undefined where it would have to read. */
  peek(dataset: string, id: string): Entity | null | undefined
  /** Visible versions of one entity, newest first. */
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

/**
 * The pipe's `compaction` property (compaction-feature.rst). Whatever the settings, a version that a consumer has not
 * read, or the version it last read of an entity, stays; so do datasets with withheld versions.
 */
export interface Compaction {
  /** Versions to keep of each entity. 0 (with `olderThan`) also lets latest versions go when they are old enough. */
  readonly keepVersions: number
  /** Of the versions not kept by count, remove only those older than this (milliseconds since 1970). */
  readonly olderThan?: number
  /** Remove entities, with all versions, whose latest version is a deletion older than this (milliseconds since 1970). */
  readonly deletesOlderThan?: number
  /** The least position of all consumers. */
  readonly consumedUpTo: number
  /** Honour `$retract: true`: versions before one that carries it go, whatever `keepVersions` says. */
  readonly retract?: boolean
}
