/**
 * The dataset store over segments, wherever they are kept (segment-storage.ts).
 *
 * A dataset is a log of packed segments (segment.ts) with an id index in memory (id-index.ts), which is read from the
 * segments' heads when it is needed, about 30 MB for a million entities, and goes again when nothing asks for it
 * (idle-indexes.ts). A commit appends segments and writes states in one transaction with strict durability; memory changes
 * only after it has succeeded, so a failure or a killed worker leaves what was acknowledged, whole. The small segments of
 * many small commits are merged afterwards (maintenance.ts), again in transactions.
 *
 * Measured on IndexedDB in Chromium (`npm run million`) with a million customers and 300,000 orders, in seconds of the
 * processor: taken in from NDJSON in 8, written by a pipe in 13, joined in 25, searched and sorted in 2, merged in 42. The
 * page's process takes 534 MB where a million are joined, searched and sorted and 579 to 651 MB where they are merged, of
 * which Chromium itself is 110.
 */

import { readJson } from '../../entity/json.ts'
import type { Entity, Json } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { hashId } from '../index/id-index.ts'
import {
  type Commit,
  type CommitResult,
  type Compaction,
  type DatasetInfo,
  type DatasetStore,
  type RowBatch,
  SCAN_BATCH,
  type ScanOptions,
} from '../store.ts'
import { groupSize, type PreparedCommit, putCommit, type QueuedCommit } from './commit-group.ts'
import { IdleIndexes, type IndexLimits } from './idle-indexes.ts'
import { freshRecord, Log, loadedLog } from './log.ts'
import { compactLog, type MaintenanceContext, mergeTail } from './maintenance.ts'
import { type OneTimeWork, once, outcomeOf } from './once.ts'
import {
  changesNothing,
  type HashedWrite,
  hashWrite,
  infoOf,
  type PreparedWrite,
  prepareWrite,
  type WritePlan,
} from './plan.ts'
import { Reader, scanRange, visibleUpTo } from './reader.ts'
import { releasedRecords, replaceLogs } from './replace-logs.ts'
import { entityAt, lineAt, SEGMENT_CHARACTERS, SEGMENT_VERSIONS, type SegmentLimits } from './segment.ts'
import { SegmentRows } from './segment-rows.ts'
import type { DatasetRecord, SegmentStorage, StateRecord } from './segment-storage.ts'

export interface SegmentStoreOptions {
  /** Named in problems. */
  readonly project: string
  readonly environment: Pick<Environment, 'now' | 'random'>
  /** Bound of the cache of segments, in bytes of text. */
  readonly cacheBytes?: number
  /** Which id indexes stay in memory; for tests. */
  readonly indexes?: IndexLimits
  /** Size of segments, and how many small ones at the end of a log are merged; for tests. */
  readonly limits?: SegmentLimits & { readonly merge: number }
}

const LIMITS = { versions: SEGMENT_VERSIONS, characters: SEGMENT_CHARACTERS, merge: 8 }
const CACHE_BYTES = 56_000_000
const STATES_AT_ONCE = 200
/** Writes of more versions are not kept in the cache. */
const KEPT_WRITE = 1000

/** Opens the datasets that a storage keeps; `release` is called when the store is closed. */
export async function openSegmentStore(
  storage: SegmentStorage,
  options: SegmentStoreOptions,
  release: () => void = () => undefined,
): Promise<DatasetStore> {
  try {
    const records = await storage.open(() => options.environment.random())
    return new SegmentStore(storage, records, release, options)
  } catch (error) {
    await storage.close()
    throw error
  }
}

class SegmentStore implements DatasetStore {
  private readonly logs = new Map<string, Log>()
  private readonly reader: Reader
  private readonly maintenance: MaintenanceContext
  private nextLog = 1
  private readonly idleIndexes: IdleIndexes
  private isLimiting = false
  /** The entities of commits in the queue, hashed when there is time. */
  private readonly waiting = new Set<OneTimeWork<readonly HashedWrite[]>>()
  /** Commits that wait, in their order. */
  private readonly queued: QueuedCommit[] = []
  /** The last change in the queue. */
  private tail: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly storage: SegmentStorage,
    records: readonly DatasetRecord[],
    private readonly release: () => void,
    private readonly options: SegmentStoreOptions,
  ) {
    const limits = options.limits ?? LIMITS
    this.idleIndexes = new IdleIndexes(options.indexes)
    this.reader = new Reader(storage, {
      project: options.project,
      cacheBytes: options.cacheBytes ?? CACHE_BYTES,
      storedBytes: () => this.storedBytes(),
      settled: () => this.tail.catch(() => undefined),
      idleIndexes: this.idleIndexes,
      loaded: () => this.limitIndexes(),
    })
    this.maintenance = { storage, reader: this.reader, limits, mergeThreshold: limits.merge }
    for (const record of records) {
      this.logs.set(record.name, new Log(record))
      this.nextLog = Math.max(this.nextLog, record.log + 1)
    }
  }

  private storedBytes(): number {
    let sum = 0
    for (const { record } of this.logs.values()) sum += record.bytes
    return sum
  }

  /** Runs a change when those before it are done. */
  private alone<T>(change: () => Promise<T>): Promise<T> {
    const result = this.tail.then(change, change)
    this.tail = result.catch(() => undefined)
    return result
  }

  async list(): Promise<readonly DatasetInfo[]> {
    return [...this.logs.values()].map(({ record }) => infoOf(record)).sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  async info(name: string): Promise<DatasetInfo | null> {
    const log = this.logs.get(name)
    return log ? infoOf(log.record) : null
  }

  commit(commit: Commit): Promise<readonly CommitResult[]> {
    const hashed = once(() => (commit.datasets ?? []).map((write) => hashWrite(write, this.storage.seed)))
    this.waiting.add(hashed)
    return new Promise((resolve, reject) => {
      this.queued.push({ commit, hashed, resolve, reject })
      this.alone(() => this.commitGroup()).catch(reject)
    })
  }

  /**
   * Makes what waits durable in one batch: the first commit, and those behind it that are about other datasets. Each is
   * refused or fails by itself.
   */
  private async commitGroup(): Promise<void> {
    const ready: PreparedCommit[] = []
    for (const one of this.queued.splice(0, groupSize(this.queued))) {
      this.waiting.delete(one.hashed)
      try {
        const prepared = await this.prepare(one)
        if (prepared) ready.push(prepared)
      } catch (error) {
        one.reject(error)
      }
    }
    if (ready.length === 0) return
    try {
      await this.commitAlone(ready)
    } catch (error) {
      const [only, ...others] = ready
      if (others.length === 0) only?.queued.reject(error)
      // Nothing has changed; alone, each shows whether the failure was its own.
      else for (const one of ready) await this.commitAlone([one]).catch(one.queued.reject)
    }
  }

  /** What a commit will change; null where that is nothing, which is its answer. */
  private async prepare(queued: QueuedCommit): Promise<PreparedCommit | null> {
    const { logs } = this
    const { commit, hashed } = queued
    const replaced = await replaceLogs(commit, { logs, newLog: () => this.nextLog++, maintenance: this.maintenance })
    const released = releasedRecords(commit, logs, replaced)
    const prepared = new Map<string, PreparedWrite>()
    for (const one of outcomeOf(hashed)) {
      const name = one.write.dataset
      if (prepared.has(name)) throw new Error(`a commit writes the dataset ${name} twice`)
      const current = replaced.logs.has(name) ? replaced.logs.get(name) : this.logs.get(name)
      const log = current ?? loadedLog(new Log(freshRecord(name, this.nextLog++, 1, 0, '{}')))
      if (log !== this.logs.get(name)) replaced.logs.set(name, log)
      const before = released.get(name) ?? log.record
      prepared.set(name, await prepareWrite(log, before, one, this.reader))
    }
    const writes = [...prepared.values()]
    const isIdle = replaced.logs.size === 0 && released.size === 0 && !commit.states?.length
    if (!isIdle || !writes.every(changesNothing)) return { queued, replaced, released, writes }
    queued.resolve(writes.map(({ hashed, unchanged }) => ({ dataset: hashed.write.dataset, changes: [], unchanged })))
    return null
  }

  /** Stores prepared commits in one batch, and answers them. */
  private async commitAlone(all: readonly PreparedCommit[]): Promise<void> {
    const changed: {
      readonly one: PreparedCommit
      readonly records: Map<string, DatasetRecord>
      plans: readonly WritePlan[]
    }[] = all.map((one) => {
      const records = new Map(one.released)
      for (const [name, log] of one.replaced.logs) if (log && !records.has(name)) records.set(name, log.record)
      return { one, records, plans: [] }
    })
    const { reader, waiting } = this
    const context = { reader, limits: this.maintenance.limits, environment: this.options.environment, waiting }
    await this.storage.write(async (to) => {
      for (const change of changed) change.plans = await putCommit(change.one, change.records, to, context)
    })
    for (const { one, records, plans } of changed) {
      const { replaced, queued } = one
      // It is durable; memory follows.
      for (const [name, log] of replaced.logs) {
        const old = this.logs.get(name)
        if (old && old !== log) old.gone = true
        if (log) this.logs.set(name, log)
        else this.logs.delete(name)
      }
      for (const plan of plans) this.append(plan)
      for (const [name, record] of records) {
        const log = this.logs.get(name)
        if (log) log.record = record
      }
      if (replaced.rollbacks.length > 0) this.reader.clear()
      for (const { log } of plans) this.mergeLater(log)
      queued.resolve(plans.map((plan) => plan.committed))
    }
    this.limitIndexes()
  }

  private append({ log, packed, committed }: WritePlan): void {
    // What a bulk load wrote is seldom looked up at once; keeping it would only cost memory.
    const keeps = committed.changes.length <= KEPT_WRITE
    for (const { segment, head } of packed) {
      log.apply(head)
      if (keeps) this.reader.keep(log, segment, true)
    }
  }

  /** Merges small segments when the log has come to end with many; failing does no harm, the next commit tries again. */
  private mergeLater(log: Log): void {
    if (log.smallAtEnd(this.maintenance.limits) < this.maintenance.mergeThreshold) return
    this.alone(async () => {
      if (log.gone) return
      await this.reader.load(log)
      await mergeTail(log, this.maintenance)
    }).catch(() => undefined)
  }

  /** Has id indexes taken out of memory where all take too much, when no change goes by one. */
  private limitIndexes(): void {
    const excess = this.idleIndexes.excess(this.logs.values())
    if (excess > 0 && !this.isLimiting) {
      this.isLimiting = true
      this.alone(async () => {
        this.isLimiting = false
        this.idleIndexes.drop(this.logs.values(), excess)
      }).catch(() => undefined)
    }
  }

  compact(name: string, settings: Compaction): Promise<{ readonly removed: number }> {
    return this.alone(async () => {
      const log = this.logs.get(name)
      if (!log || log.record.pendingSince !== null) return { removed: 0 }
      await this.reader.load(log)
      return { removed: await compactLog(log, settings, this.maintenance) }
    })
  }

  async *scan(name: string, options: ScanOptions = {}): AsyncGenerator<readonly Entity[]> {
    const log = this.logs.get(name)
    if (!log) return
    const size = options.batch ?? SCAN_BATCH
    let batch: Entity[] = []
    for await (const { segment, places } of this.reader.scan(log, scanRange(log.record, options))) {
      for (const at of places) {
        batch.push(entityAt(segment, at))
        if (batch.length < size) continue
        yield batch
        batch = []
      }
    }
    if (batch.length > 0) yield batch
  }

  async *rows(name: string, options: ScanOptions = {}): AsyncGenerator<RowBatch> {
    const log = this.logs.get(name)
    if (!log) return
    for await (const { segment, places } of this.reader.scan(log, scanRange(log.record, options))) {
      yield new SegmentRows(segment, places)
    }
  }

  async textsAt(name: string, updated: readonly number[]): Promise<readonly (string | null)[]> {
    const log = this.logs.get(name)
    if (!log) return updated.map(() => null)
    const versions = await this.reader.find(log, updated)
    return updated.map((at) => {
      const found = versions.get(at)
      return found ? lineAt(found.segment, found.at) : null
    })
  }

  async lookup(name: string, ids: readonly string[]): Promise<readonly (Entity | null)[]> {
    const log = this.logs.get(name)
    if (!log) return ids.map(() => null)
    await this.reader.load(log)
    const until = visibleUpTo(log.record)
    const latest = ids.map((id) => log.index.get(hashId(id, this.storage.seed))?.updated ?? 0)
    const versions = await this.reader.find(
      log,
      latest.filter((updated) => updated > 0 && updated <= until),
    )
    return Promise.all(
      ids.map((id, at) => {
        const found = versions.get(latest[at] ?? 0)
        if (found) return this.reader.entity(log, id, found)
        return latest[at] === 0 ? null : this.reader.newest(log, id, until)
      }),
    )
  }

  peek(name: string, id: string): Entity | null | undefined {
    const log = this.logs.get(name)
    if (!log) return null
    if (!log.loaded) return undefined
    const known = log.index.get(hashId(id, this.storage.seed))
    if (!known) return null
    if (known.updated > visibleUpTo(log.record)) return undefined
    const found = this.reader.cached(log, known.updated)
    return found && this.reader.entity(log, id, found)
  }

  async versions(name: string, id: string): Promise<readonly Entity[]> {
    const log = this.logs.get(name)
    const found: Entity[] = []
    if (!log) return found
    let version = await this.reader.newest(log, id, visibleUpTo(log.record))
    while (version) {
      found.push(version)
      version = await this.reader.before(log, id, version)
    }
    return found
  }

  async versionAt(name: string, id: string, at: number): Promise<Entity | null> {
    const log = this.logs.get(name)
    return log ? this.reader.newest(log, id, Math.min(at, visibleUpTo(log.record))) : null
  }

  async state(key: string): Promise<Json | Uint8Array | undefined> {
    const record = await this.storage.state(key)
    return record && stateOf(record)
  }

  async *states(prefix: string): AsyncGenerator<{ readonly key: string; readonly value: Json | Uint8Array }> {
    for (let after: string | null = null; ; ) {
      const records: readonly StateRecord[] = await this.storage.statesAfter(prefix, after, STATES_AT_ONCE)
      for (const record of records) yield { key: record.key, value: stateOf(record) }
      after = records.at(-1)?.key ?? null
      if (after === null) return
    }
  }

  async close(): Promise<void> {
    await this.alone(async () => {
      await this.storage.close()
      this.logs.clear()
      this.reader.clear()
    })
    this.release()
  }
}

function stateOf({ value }: StateRecord): Json | Uint8Array {
  return typeof value === 'string' ? readJson(value) : value
}
