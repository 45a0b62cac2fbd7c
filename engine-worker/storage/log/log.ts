/** What the worker keeps in memory of a dataset on disk: its record, the directory of its segments, and the id index. */

import type { DerivedIndex } from '../index/derived-index.ts'
import { IdIndex } from '../index/id-index.ts'
import type { SegmentHead, SegmentLimits } from './segment.ts'
import type { DatasetRecord } from './segment-storage.ts'

/** A segment in the directory. */
export interface SegmentEntry {
  readonly first: number
  readonly last: number
  readonly count: number
  readonly characters: number
  /** How many of its versions are the latest of their entity. */
  current: number
}

/** What is kept in memory of one dataset: where its segments lie, and the latest version of each id. */
export class Log implements DerivedIndex<SegmentHead> {
  /** Set while or after the directory and the index are read. */
  loading: Promise<void> | null = null
  loaded = false
  /** When the id index was asked for last, as a number that goes up. */
  usedAt = 0
  /** Set when a reset, removal or rollback has put another log, or none, in its place. */
  gone = false

  constructor(
    public record: DatasetRecord,
    public directory: SegmentEntry[] = [],
    public index = new IdIndex(),
  ) {}

  /** Whether no entity has more than one version, so that each is the latest. */
  get isSingle(): boolean {
    const { live, deleted, versions } = this.record
    return live + deleted === versions
  }

  /** Takes the id index out of memory; the directory stays. */
  dropIndex(): void {
    this.index = new IdIndex()
    this.loaded = false
    this.loading = null
  }

  clear(): void {
    this.directory = []
    this.index = new IdIndex()
  }

  /** The same segments under another record. What is in memory of them is shared, so this one must not be used again. */
  takenOver(record: DatasetRecord): Log {
    return this.loaded ? loadedLog(new Log(record, this.directory, this.index)) : new Log(record)
  }

  /** Enters a segment, versions up to `until` only. Segments come in order. */
  apply(head: SegmentHead, until = Number.POSITIVE_INFINITY): void {
    let count = head.updated.length
    while (count > 0 && (head.updated[count - 1] ?? 0) > until) count--
    if (count === 0) return
    const { first, characters } = head
    this.directory.push({ first, last: head.updated[count - 1] ?? 0, count, characters, current: count })
    for (let at = 0; at < count; at++) {
      const before = this.index.latest(head.ids[2 * at] ?? 0, head.ids[2 * at + 1] ?? 0)
      if (before > 0) this.supersede(before)
      this.index.enter(head, at)
    }
  }

  /** Puts segments in the place of others. */
  replace(from: number, count: number, heads: readonly SegmentHead[]): void {
    const places = heads.map(({ first, last, characters, updated, ids }) => {
      let current = 0
      for (const [at, version] of updated.entries()) {
        if (this.index.latest(ids[2 * at] ?? 0, ids[2 * at + 1] ?? 0) === version) current++
      }
      return { first, last, characters, count: updated.length, current }
    })
    this.directory = [...this.directory.slice(0, from), ...places, ...this.directory.slice(from + count)]
  }

  /** How many segments at the end are at most half full. */
  smallAtEnd(limits: SegmentLimits): number {
    let small = 0
    for (let at = this.directory.length - 1; at >= 0; at--, small++) {
      const place = this.directory[at]
      if (!place || 2 * place.count > limits.versions || 2 * place.characters > limits.characters) break
    }
    return small
  }

  /** Notes that a version is no longer the latest of its entity. */
  supersede(updated: number): void {
    const place = this.directory[this.segmentOf(updated)]
    if (place) place.current--
  }

  /** Index in the directory of the segment whose range holds a version, or -1. */
  segmentOf(updated: number): number {
    const at = this.firstEnding(updated)
    const place = this.directory[at]
    return place && place.first <= updated ? at : -1
  }

  /** Index of the first segment whose last version is at or after `updated`. */
  firstEnding(updated: number): number {
    let from = 0
    let to = this.directory.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if ((this.directory[middle]?.last ?? 0) < updated) from = middle + 1
      else to = middle
    }
    return from
  }
}

/** A log of which everything is in memory already. */
export function loadedLog(log: Log): Log {
  log.loading = Promise.resolve()
  log.loaded = true
  return log
}

/** A dataset that has just come to be. */
export function freshRecord(
  name: string,
  log: number,
  generation: number,
  sequence: number,
  meta: string,
): DatasetRecord {
  const counts = { last: 0, visible: 0, live: 0, deleted: 0, versions: 0, bytes: 0 }
  return { name, log, generation, sequence, ...counts, populated: false, pendingSince: null, meta }
}
