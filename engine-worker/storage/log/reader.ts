/** Reading a log from its segments: single versions through a cache of segments, and ranges with one fetch ahead. */
import type { Entity } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { applyLog } from '../index/derived-index.ts'
import { DELETED, hashId } from '../index/id-index.ts'
import type { ScanOptions } from '../store.ts'
import type { IdleIndexes } from './idle-indexes.ts'
import { Log, type SegmentEntry } from './log.ts'
import {
  type CompactSegment,
  entityAt,
  expandSegment,
  indexOfVersion,
  SEGMENT_VERSIONS,
  type Segment,
  type SegmentHead,
  type SegmentRow,
  unpackSegment,
} from './segment.ts'
import { SegmentCache } from './segment-cache.ts'
import type { DatasetRecord, SegmentStorage } from './segment-storage.ts'

const storageDamaged = problem<{ project: string; dataset: string }>({
  code: 'storage-damaged',
  severity: 'error',
  says: ({ project, dataset }) => `Stored entities of the dataset ${dataset} in ${project} are missing or unreadable.`,
  fix: ({ dataset }) => `Reset the pipe that writes ${dataset} and run it again.`,
})

/** What a scan fetches at once. */
const FETCH_VERSIONS = 2048
const FETCH_CHARACTERS = 4_000_000
/** Segments or heads fetched at once elsewhere. */
const FETCH_RECORDS = 64
/** Up to this number, versions are looked for without the directory of a log that is not in memory. */
const MAX_SINGLE_FETCHES = 32
/** How often a read is tried again when segments were merged under it. */
const MAX_ATTEMPTS = 5

/** The part of a log a scan is about: versions after `since`, up to `until`. */
interface Range {
  readonly since: number
  readonly until: number
  readonly reverse: boolean
  readonly history: boolean
  readonly live: boolean
}

/** A version in a segment that was read. */
export interface FoundVersion {
  readonly segment: Segment | CompactSegment
  readonly at: number
}

interface ReaderOptions {
  /** Named in problems. */
  readonly project: string
  /** Bound of the cache of segments. */
  readonly cacheBytes: number
  /** About how much all datasets take. */
  readonly storedBytes: () => number
  /** Resolves when no change is under way. */
  readonly settled: () => Promise<unknown>
  readonly idleIndexes: IdleIndexes
  /** Told when another id index has come into memory. */
  readonly loaded?: () => void
}

/** Reads versions out of segments, through a cache of bounded size. */
export class Reader {
  private readonly cache: SegmentCache

  constructor(
    private readonly storage: SegmentStorage,
    private readonly options: ReaderOptions,
  ) {
    this.cache = new SegmentCache(options.cacheBytes, options.storedBytes)
  }

  /** Reads the directory and the id index of a log, if they are not in memory. */
  load(log: Log): Promise<void> {
    this.options.idleIndexes.use(log)
    log.loading ??= this.readLog(log).catch((error: unknown) => {
      log.loading = null
      throw error
    })
    return log.loading
  }

  private async readLog(log: Log): Promise<void> {
    // Scans that need no index go by the directory meanwhile.
    const read = new Log(log.record)
    read.index.reserve(log.record.live + log.record.deleted)
    await applyLog(read, this.heads(log.record.log))
    log.directory = read.directory
    log.index = read.index
    log.loaded = true
    this.options.loaded?.()
  }

  /** Reads the directory of a log, if it is not in memory. */
  private async loadDirectory(log: Log): Promise<void> {
    if (log.directory.length === 0) await this.load(log)
  }

  /** All heads of a log, in order. */
  async *heads(log: number): AsyncGenerator<SegmentHead> {
    for (let after = 0; ; ) {
      const heads = await this.storage.headsAfter(log, after, FETCH_RECORDS)
      yield* heads
      const last = heads.at(-1)
      if (!last) return
      after = last.first
    }
  }

  /** The versions of some segments, ready to be packed again. */
  async rows(log: Log, places: readonly SegmentEntry[]): Promise<SegmentRow[]> {
    const rows: SegmentRow[] = []
    const firsts = places.map(({ first }) => first)
    const segments = await this.storage.segmentsAt(log.record.log, firsts)
    const heads = await this.storage.headsAt(log.record.log, firsts)
    for (const [at, segment] of segments.entries()) {
      const head = heads[at]
      if (!segment || !head) throw this.damagedFault(log)
      for (const row of unpackSegment(segment, head)) rows.push(row)
    }
    return rows
  }

  /**
   * Keeps a segment in the cache if the whole log would fit; a larger log would only evict everything else. A segment
   * that was merged or compacted since it was read is not kept, because it would lack versions.
   */
  keep(log: Log, segment: Segment, always = false): void {
    const place = log.directory[log.segmentOf(segment.first)]
    if (place?.first !== segment.first || place.count !== segment.updated.length) return
    if (always || log.record.bytes <= this.options.cacheBytes) this.cache.keep(segment)
  }

  /** Offers a segment that was looked up to the cache, unless it was merged or compacted since it was read. */
  private offerToCache(log: Log, segment: Segment): void {
    if (log.directory[log.segmentOf(segment.first)]?.count === segment.updated.length) this.cache.offer(segment)
  }

  forget(log: Log, places: readonly SegmentEntry[]): void {
    for (const { first } of places) this.cache.forget(log.record.log, first)
  }

  /** Forgets all: logs were replaced. */
  clear(): void {
    this.cache.clear()
  }

  /** Where versions lie, by `_updated`; those that are gone are missing. */
  async find(log: Log, updated: readonly number[], alone = false): Promise<Map<number, FoundVersion>> {
    const found = new Map<number, FoundVersion>()
    const isFew = log.directory.length === 0 && updated.length <= MAX_SINGLE_FETCHES
    const wanted = isFew ? await this.findWithoutDirectory(log, updated, found) : updated
    if (wanted.length === 0) return found
    await this.loadDirectory(log)
    let missingVersions = this.fromCache(log, wanted, found)
    for (let attempt = 0; missingVersions.size > 0; attempt++) {
      const firsts = [...missingVersions.keys()].sort((a, b) => a - b)
      const lostVersions: number[] = []
      for (let from = 0; from < firsts.length; from += FETCH_RECORDS) {
        const chunkFirsts = firsts.slice(from, from + FETCH_RECORDS)
        const segments = await this.fetchSegments(log, chunkFirsts)
        for (const [at, first] of chunkFirsts.entries()) {
          const segment = segments[at]
          const versions = missingVersions.get(first) ?? []
          if (!segment) lostVersions.push(...versions)
          else {
            this.offerToCache(log, segment)
            for (const version of versions) addFound(segment, version, found)
          }
        }
      }
      if (lostVersions.length === 0 || log.gone) break
      // Merged or compacted between looking into the directory and reading.
      if (alone || attempt === MAX_ATTEMPTS) throw this.damagedFault(log)
      await this.options.settled()
      missingVersions = this.fromCache(log, lostVersions, found)
    }
    return found
  }

  /**
   * Looks for versions near where their segments must begin: the directory of a large log takes long to read. Gives those
   * of which nothing is known then.
   */
  private async findWithoutDirectory(
    log: Log,
    updated: readonly number[],
    found: Map<number, FoundVersion>,
  ): Promise<readonly number[]> {
    const unknown: number[] = []
    for (const version of updated) {
      const from = Math.max(0, version - SEGMENT_VERSIONS + 1)
      // Segments follow each other: the last one that begins before a version is the only one that may have it.
      const segment = (await this.storage.segmentsBetween(log.record.log, from, version)).at(-1)
      if (segment) addFound(segment, version, found)
      if (!found.has(version)) unknown.push(version)
    }
    return unknown
  }

  /** Picks what is cached; returns the rest by the first version of its segment. */
  private fromCache(log: Log, updated: readonly number[], found: Map<number, FoundVersion>): Map<number, number[]> {
    const missing = new Map<number, number[]>()
    for (const version of updated) {
      const place = log.directory[log.segmentOf(version)]
      if (!place) continue
      const segment = this.cache.get(log.record.log, place.first)
      if (segment) addFound(segment, version, found)
      else {
        const others = missing.get(place.first)
        if (others) others.push(version)
        else missing.set(place.first, [version])
      }
    }
    return missing
  }

  /** A version that is in memory. */
  cached(log: Log, updated: number): FoundVersion | undefined {
    const place = log.directory[log.segmentOf(updated)]
    const segment = place && this.cache.get(log.record.log, place.first)
    const at = segment ? indexOfVersion(segment, updated) : -1
    return segment && at >= 0 ? { segment, at } : undefined
  }

  /** The entity of a version found through the id index. Another `_id` would mean that two ids have one hash. */
  entity(log: Log, id: string, found: FoundVersion | undefined): Entity {
    if (!found) throw this.damagedFault(log)
    const entity = entityAt(found.segment, found.at)
    if (entity._id !== id) throw new Error(`${id} and ${String(entity._id)} share an entry of the id index`)
    return entity
  }

  /** The newest version of an entity at or before a point of the log, by following `_previous`. */
  async newest(log: Log, id: string, until: number): Promise<Entity | null> {
    await this.load(log)
    const updated = log.index.get(hashId(id, this.storage.seed))?.updated ?? 0
    const found = updated > 0 ? (await this.find(log, [updated])).get(updated) : undefined
    let version = found ? this.entity(log, id, found) : null
    while (version && Number(version._updated) > until) version = await this.before(log, id, version)
    return version
  }

  /** The version before one of an entity, or null where there was none or compaction took it. */
  async before(log: Log, id: string, version: Entity): Promise<Entity | null> {
    const updated = previousOf(version)
    const found = updated > 0 ? (await this.find(log, [updated])).get(updated) : undefined
    return found ? this.entity(log, id, found) : null
  }

  /** A scan: segments in order with the places in them that are wanted. */
  async *scan(
    log: Log,
    range: Range,
  ): AsyncGenerator<{ readonly segment: Segment; readonly places: readonly number[] }> {
    if (range.since >= range.until) return
    // Where each version is the latest of its entity, the id index has nothing to say.
    const all = range.history || log.isSingle
    await (all ? this.loadDirectory(log) : this.load(log))
    let remainingRange = range
    let ahead = this.fetch(log, remainingRange)
    for (;;) {
      const segments = await ahead
      const end = segments.at(-1)
      if (!end || log.gone) return
      const now = remainingRange
      // What follows. Segments may be merged meanwhile, so the next one may begin with versions that were seen here.
      remainingRange = range.reverse
        ? { ...range, until: end.first - 1 }
        : { ...range, since: end.updated.at(-1) ?? end.first }
      ahead = this.fetch(log, remainingRange)
      ahead.catch(() => undefined) // it is seen when awaited; a scan that is given up does not care
      for (const segment of segments) {
        this.keep(log, segment)
        const places = await this.wantedRows(log, segment, { ...now, history: all }, range.until)
        if (places.length > 0) yield { segment, places }
      }
    }
  }

  /** The first segments of what is left of a range. */
  private async fetch(log: Log, range: Range): Promise<readonly Segment[]> {
    for (let attempt = 0; attempt <= MAX_ATTEMPTS && !log.gone; attempt++) {
      const places = segmentsIn(log, range)
      if (places.length === 0) return []
      const counts = new Map(places.map(({ first, count }) => [first, count]))
      const firsts = [...counts.keys()].sort((a, b) => a - b)
      const cached = firsts.map((first) => this.cache.get(log.record.log, first))
      const found = cached.includes(undefined)
        ? await this.fetchSegments(log, firsts)
        : cached.map((segment) => (segment && 'bytes' in segment ? expandSegment(segment) : segment))
      const same: Segment[] = []
      for (const segment of found) {
        if (segment && counts.get(segment.first) === segment.updated.length) same.push(segment)
      }
      if (same.length === places.length) return range.reverse ? same.reverse() : same
      await this.options.settled() // they were merged or compacted in between
    }
    if (log.gone) return []
    throw this.damagedFault(log)
  }

  /** Segments by their first version, ascending: in one range where most of what lies between is wanted. */
  private async fetchSegments(log: Log, firsts: readonly number[]): Promise<readonly (Segment | undefined)[]> {
    const first = firsts[0] ?? 0
    const last = firsts.at(-1) ?? 0
    const between = log.segmentOf(last) - log.segmentOf(first) + 1
    if (2 * firsts.length < between) return this.storage.segmentsAt(log.record.log, firsts)
    const found = await this.storage.segmentsBetween(log.record.log, first, last)
    const byFirst = new Map(found.map((segment) => [segment.first, segment]))
    return firsts.map((wanted) => byFirst.get(wanted))
  }

  /** The places of a segment that a scan wants, in its order. */
  private async wantedRows(log: Log, segment: Segment, range: Range, until: number): Promise<readonly number[]> {
    const places: number[] = []
    if (!range.history && !log.loaded) await this.load(log)
    for (let at = 0; at < segment.updated.length; at++) {
      const updated = segment.updated[at] ?? 0
      if (updated <= range.since || updated > range.until) continue
      if (range.live && ((segment.flags[at] ?? 0) & DELETED) !== 0) continue
      if (!range.history) {
        const latest = log.index.latest(segment.ids[2 * at] ?? 0, segment.ids[2 * at + 1] ?? 0)
        // Replaced; but when that happened after the range's end, it may be the latest of its time.
        if (latest !== updated && (latest <= until || !(await this.wasLatest(log, latest, updated, until)))) {
          continue
        }
      }
      places.push(at)
    }
    return range.reverse ? places.reverse() : places
  }

  private async wasLatest(log: Log, latest: number, updated: number, until: number): Promise<boolean> {
    let at = latest
    while (at > until) {
      const found = (await this.find(log, [at])).get(at)
      at = found ? previousOf(entityAt(found.segment, found.at)) : 0
    }
    return at === updated
  }

  private damagedFault(log: Log): Fault {
    return new Fault(storageDamaged({ project: this.options.project, dataset: log.record.name }))
  }
}

/** The first segments that reach into a range (the last in a reverse scan), about as many as are worth one access. */
function segmentsIn(log: Log, range: Range): readonly SegmentEntry[] {
  const places: SegmentEntry[] = []
  // Segments without any latest version can be passed over, unless newer versions lie beyond the range.
  const skips = !range.history && log.record.last <= range.until
  const step = range.reverse ? -1 : 1
  let at = log.firstEnding(range.reverse ? range.until : range.since + 1)
  if (range.reverse && (log.directory[at]?.first ?? Number.POSITIVE_INFINITY) > range.until) at--
  for (let versions = 0, characters = 0; versions < FETCH_VERSIONS && characters < FETCH_CHARACTERS; at += step) {
    const place = log.directory[at]
    if (!place || place.first > range.until || place.last <= range.since) break
    if (skips && place.current === 0) continue
    places.push(place)
    versions += place.count
    characters += place.characters
  }
  return places
}

/** `_previous` of a version, 0 where there is none. */
function previousOf(entity: Entity): number {
  return typeof entity._previous === 'number' ? entity._previous : 0
}

function addFound(segment: Segment | CompactSegment, updated: number, found: Map<number, FoundVersion>): void {
  const at = indexOfVersion(segment, updated)
  if (at >= 0) found.set(updated, { segment, at })
}

/** The greatest `_updated` that readers of a dataset may see. */
export function visibleUpTo(record: DatasetRecord): number {
  return record.pendingSince ?? Number.POSITIVE_INFINITY
}

/** A scan without an end of its own ends where the log does when it begins. */
export function scanRange(record: DatasetRecord, options: ScanOptions): Range {
  const end = options.pending ? record.last : record.visible
  return {
    since: options.since ?? 0,
    until: Math.min(options.until ?? end, end),
    reverse: options.reverse === true,
    history: options.history === true,
    live: options.live === true,
  }
}
