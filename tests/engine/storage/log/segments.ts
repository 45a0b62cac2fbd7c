/** Segments of numbered versions, and the storages that keep them, for tests below the dataset store. */

import { IdleIndexes } from '../../../../engine-worker/storage/log/idle-indexes.ts'
import { Log, loadedLog } from '../../../../engine-worker/storage/log/log.ts'
import type { MaintenanceContext } from '../../../../engine-worker/storage/log/maintenance.ts'
import { memorySegments, SegmentMemory } from '../../../../engine-worker/storage/log/memory-segments.ts'
import { Reader } from '../../../../engine-worker/storage/log/reader.ts'
import { type PackedSegment, packSegments } from '../../../../engine-worker/storage/log/segment.ts'
import type { DatasetRecord, SegmentStorage } from '../../../../engine-worker/storage/log/segment-storage.ts'
import { openSegmentStore } from '../../../../engine-worker/storage/log/segment-store.ts'
import type { Commit, DatasetStore } from '../../../../engine-worker/storage/store.ts'
import { historyClock } from '../histories.ts'

/** Segments so small that a few versions make several. */
export const limits = { versions: 4, characters: 1000 }

/** One segment of a log that holds these versions. */
export function segmentOf(log: number, versions: readonly number[]): PackedSegment {
  const rows = versions.map((updated) => ({
    updated,
    previous: 0,
    ts: updated,
    flags: 0,
    ids: new Uint32Array([updated, 0]),
    hashes: new Uint32Array(4),
    at: 0,
    text: `{"_id":"${updated}"}`,
  }))
  const [packed] = packSegments(log, rows, { versions: versions.length, characters: Number.POSITIVE_INFINITY })
  if (!packed) throw new Error('a segment has at least one version')
  return packed
}

/** The record of a dataset in its first generation. */
export function recordOf(name: string, log: number, more: Partial<DatasetRecord> = {}): DatasetRecord {
  const counts = { sequence: 0, last: 0, visible: 0, live: 0, deleted: 0, versions: 0, bytes: 0 }
  return { name, log, generation: 1, ...counts, populated: false, pendingSince: null, meta: '{}', ...more }
}

/** A store over a memory, whose small segments are never merged by itself. */
export function storeOn(memory: SegmentMemory, more: { readonly merge?: number } = {}): Promise<DatasetStore> {
  const environment = { ...historyClock(), random: () => 0.5 }
  const merge = more.merge ?? Number.POSITIVE_INFINITY
  return openSegmentStore(memorySegments(memory), { project: 'test', environment, limits: { ...limits, merge } })
}

/** What commits left in a memory. */
export async function memoryAfter(...commits: readonly Commit[]): Promise<SegmentMemory> {
  const memory = new SegmentMemory()
  const store = await storeOn(memory)
  for (const commit of commits) await store.commit(commit)
  await store.close()
  return memory
}

/** A log of a memory with what reads and maintains it. */
export async function logIn(memory: SegmentMemory, dataset: string, more: LogOptions = {}) {
  const storage = more.storage ?? memorySegments(memory)
  const records = await storage.open(() => 0.5)
  const record = records.find(({ name }) => name === dataset)
  if (!record) throw new Error(`there is no dataset ${dataset}`)
  const reader = new Reader(storage, {
    project: 'test',
    cacheBytes: more.cacheBytes ?? 1_000_000,
    storedBytes: () => records.reduce((sum, { bytes }) => sum + bytes, 0),
    settled: more.settled ?? (async () => undefined),
    idleIndexes: new IdleIndexes(),
  })
  const log = new Log(record)
  const maintenance: MaintenanceContext = { storage, reader, limits, mergeThreshold: more.mergeThreshold ?? 3 }
  return { storage, reader, log, maintenance }
}

interface LogOptions {
  readonly storage?: SegmentStorage
  readonly cacheBytes?: number
  readonly mergeThreshold?: number
  readonly settled?: () => Promise<unknown>
}

/** A log without any versions that is in memory. */
export function emptyLog(name: string, log: number): Log {
  return loadedLog(new Log(recordOf(name, log)))
}
