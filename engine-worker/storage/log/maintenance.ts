/** Changes to a log on disk besides appending: merging small segments, compaction, and taking off withheld versions. */
import { type CompactedVersion, keptVersions } from '../compact.ts'
import { DELETED, type IdHash } from '../index/id-index.ts'
import type { Compaction } from '../store.ts'
import { Log, loadedLog, type SegmentEntry } from './log.ts'
import type { Reader } from './reader.ts'
import { type PackedSegment, packSegments, RETRACTS, type SegmentLimits, type SegmentRow, timeAt } from './segment.ts'
import type { DatasetRecord, SegmentStorage } from './segment-storage.ts'

/** What merging and compacting need of the store. */
export interface MaintenanceContext {
  readonly storage: SegmentStorage
  readonly reader: Reader
  readonly limits: SegmentLimits
  /** How many small segments at the end of a log are merged. */
  readonly mergeThreshold: number
}

/** Segments rewritten in one transaction, so that memory stays bounded. */
const REWRITE_SEGMENTS = 32

/** Merges the small segments at the end of a log. */
export async function mergeTail(log: Log, maintenance: MaintenanceContext): Promise<void> {
  const small = Math.min(log.smallAtEnd(maintenance.limits), REWRITE_SEGMENTS)
  if (small < maintenance.mergeThreshold) return
  const from = log.directory.length - small
  await rewrite(log, from, small, maintenance, (rows) => ({ rows, record: log.record, gone: [] }))
}

/** Replaces neighbouring segments by what `change` makes of their versions, in one transaction. */
async function rewrite(
  log: Log,
  from: number,
  count: number,
  { storage, reader, limits }: MaintenanceContext,
  change: (rows: readonly SegmentRow[]) => RewriteResult,
): Promise<void> {
  const places = log.directory.slice(from, from + count)
  const changed = change(await reader.rows(log, places))
  const packed = packSegments(log.record.log, changed.rows, limits)
  const isEnd = from + count === log.directory.length
  const last = isEnd ? (changed.rows.at(-1)?.updated ?? log.directory[from - 1]?.last ?? 0) : log.record.last
  const record = last === changed.record.last ? changed.record : { ...changed.record, last, visible: last }
  const firsts = places.map(({ first }) => first)
  await storage.write(async (to) => {
    await to.deleteSegments(log.record.log, firsts)
    await to.putSegments(packed)
    if (record !== log.record) await to.putDatasets([record])
  })
  log.record = record
  for (const { high, low } of changed.gone) log.index.delete(high, low)
  reader.forget(log, places)
  const heads = packed.map(({ head }) => head)
  log.replace(from, count, heads)
}

interface RewriteResult {
  readonly rows: readonly SegmentRow[]
  readonly record: DatasetRecord
  /** Entities of which nothing is left. */
  readonly gone: readonly IdHash[]
}

/** Removes what the settings let go; returns how many versions. */
export async function compactLog(log: Log, settings: Compaction, maintenance: MaintenanceContext): Promise<number> {
  const gone = await removableVersions(log, settings, maintenance.reader)
  const all = new Set(gone)
  // From the oldest on: of an entity whose versions go, the newest stays to the last, whenever this is interrupted.
  for (let next = 0; next < gone.length; ) {
    const from = log.segmentOf(gone[next] ?? 0)
    let to = from
    for (; next < gone.length; next++) {
      const segment = log.segmentOf(gone[next] ?? 0)
      if (segment > to + 1 || segment >= from + REWRITE_SEGMENTS) break
      to = segment
    }
    await rewrite(log, from, to - from + 1, maintenance, (rows) => withoutVersions(log, rows, all))
  }
  return gone.length
}

/** `_updated` of the versions that may go, ascending. */
async function removableVersions(log: Log, settings: Compaction, reader: Reader): Promise<readonly number[]> {
  const { live, deleted, versions } = log.record
  const single = live + deleted === versions
  const ofSingles = settings.keepVersions < 1 || (deleted > 0 && settings.deletesOlderThan !== undefined)
  if (single && !ofSingles) return []
  // Chains by the `_updated` of their latest version, oldest first; entities of which nothing can go are left out.
  const chains = new Map<number, CompactedVersion[]>()
  for await (const head of reader.heads(log.record.log)) {
    for (const [at, updated] of head.updated.entries()) {
      const latest = log.index.latest(head.ids[2 * at] ?? 0, head.ids[2 * at + 1] ?? 0)
      const flags = head.flags[at] ?? 0
      const version = {
        updated,
        ts: timeAt(head, at),
        deleted: (flags & DELETED) !== 0,
        retract: (flags & RETRACTS) !== 0,
      }
      const chain = chains.get(latest)
      if (chain) chain.push(version)
      else if (updated !== latest || ofSingles) chains.set(latest, [version])
    }
  }
  const removedVersions: number[] = []
  for (const chain of chains.values()) {
    const newestFirst = chain.reverse()
    for (const { updated } of newestFirst.slice(keptVersions(newestFirst, settings))) removedVersions.push(updated)
  }
  return removedVersions.sort((a, b) => a - b)
}

/** The versions that stay, and the record without the others. */
function withoutVersions(log: Log, rows: readonly SegmentRow[], all: ReadonlySet<number>): RewriteResult {
  const kept: SegmentRow[] = []
  const gone: IdHash[] = []
  let { live, deleted, versions, bytes } = log.record
  for (const row of rows) {
    if (!all.has(row.updated)) {
      kept.push(row)
      continue
    }
    versions--
    bytes -= row.text.length + 1
    const high = row.ids[2 * row.at] ?? 0
    const low = row.ids[2 * row.at + 1] ?? 0
    if (log.index.latest(high, low) !== row.updated) continue
    gone.push({ high, low })
    if ((row.flags & DELETED) !== 0) deleted--
    else live--
  }
  return { rows: kept, record: { ...log.record, live, deleted, versions, bytes }, gone }
}

/** A log without its withheld versions, and what has to change on disk. */
export interface Rollback {
  readonly log: Log
  /** Segments that begin after this go; `put` replaces the one that is cut through. */
  readonly after: number
  readonly put: readonly PackedSegment[]
}

/** The log as it was before versions were withheld, read from disk. */
export async function rollBack(
  record: DatasetRecord,
  pendingSince: number,
  { reader }: MaintenanceContext,
): Promise<Rollback> {
  const log = new Log(record)
  for await (const head of reader.heads(record.log)) {
    if (head.first > pendingSince) break
    log.apply(head, pendingSince)
  }
  const ending = log.directory.at(-1)
  const remainingSegments = ending ? await segmentsUpTo(log, ending, reader) : []
  if (ending)
    log.replace(
      log.directory.length - 1,
      1,
      remainingSegments.map(({ head }) => head),
    )
  const sum = (of: (place: SegmentEntry) => number) => log.directory.reduce((total, place) => total + of(place), 0)
  const deleted = log.index.deletions()
  const last = ending?.last ?? 0
  log.record = {
    ...record,
    pendingSince: null,
    last,
    visible: last,
    versions: sum((place) => place.count),
    bytes: sum((place) => place.characters),
    live: log.index.size - deleted,
    deleted,
  }
  return { log: loadedLog(log), after: ending?.first ?? 0, put: remainingSegments }
}

/** The last segment again without what comes after its end. */
async function segmentsUpTo(log: Log, ending: SegmentEntry, reader: Reader): Promise<readonly PackedSegment[]> {
  const rows = (await reader.rows(log, [ending])).filter((row) => row.updated <= ending.last)
  return packSegments(log.record.log, rows, { versions: rows.length, characters: Number.POSITIVE_INFINITY })
}
