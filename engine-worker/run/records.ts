/**
 * A map that is kept in the states of a store as a log of segments: each commit adds one segment with what changed in
 * it, so that a batch and what is known of it become durable together, and small changes stay cheap. Segments are
 * written anew when most of what they hold has been replaced.
 */

import type { Json } from '../entity/value.ts'
import type { DatasetStore, StateWrite } from '../storage/store.ts'

const SEGMENT_ENTRIES = 5000

/** The owner of the values, which keeps them in its own form. */
export interface RecordsHolder {
  readonly size: number
  entries(): Iterable<readonly [string, Json]>
  /** Takes a value that was kept; null where it has been removed since. */
  take(key: string, value: Json): void
}

/** A map from texts to JSON that its holder has in memory, durable through the commits of its owner. */
export class Records {
  private readonly changedEntries = new Map<string, Json>()
  private segmentKeys: string[] = []
  private nextNumber = 0
  /** Entries in the segments, replaced ones included. */
  private writtenEntries = 0

  private constructor(
    private readonly prefix: string,
    private readonly holder: RecordsHolder,
  ) {}

  /** Reads what was kept below the prefix (which ends in a slash) into its holder. */
  static async load(store: DatasetStore, prefix: string, holder: RecordsHolder): Promise<Records> {
    const records = new Records(prefix, holder)
    for await (const { key, value } of store.states(prefix)) {
      if (!Array.isArray(value)) continue
      records.segmentKeys.push(key)
      records.nextNumber = Number(key.slice(prefix.length)) + 1
      for (const entry of value) if (Array.isArray(entry)) records.loadEntry(entry)
    }
    return records
  }

  /** Keeps all that a holder has below a prefix, in parts that are committed one after the other. */
  static *keep(prefix: string, holder: RecordsHolder): Generator<StateWrite[], Records> {
    const records = new Records(prefix, holder)
    for (const [key, value] of holder.entries()) {
      records.set(key, value)
      if (records.changedEntries.size >= SEGMENT_ENTRIES) yield records.flush()
    }
    yield records.flush()
    return records
  }

  private loadEntry([key, value = null]: Json[]): void {
    if (typeof key !== 'string') return
    this.writtenEntries++
    this.holder.take(key, value)
  }

  /** Notes that the holder has set or (null) removed an entry; durable with the next {@link flush}. */
  set(key: string, value: Json): void {
    this.changedEntries.set(key, value)
  }

  /** The states to put into the commit that the changes belong to. */
  flush(): StateWrite[] {
    if (this.changedEntries.size === 0) return []
    const states: StateWrite[] = []
    if (this.writtenEntries + this.changedEntries.size > 2 * this.holder.size + SEGMENT_ENTRIES) {
      for (const key of this.segmentKeys) states.push({ key, value: null })
      this.segmentKeys = []
      this.writtenEntries = 0
      let part: Json[] = []
      for (const [key, value] of this.holder.entries()) {
        part.push([key, value])
        if (part.length < SEGMENT_ENTRIES) continue
        states.push(this.newSegment(part))
        part = []
      }
      if (part.length > 0) states.push(this.newSegment(part))
    } else states.push(this.newSegment([...this.changedEntries].map(([key, value]) => [key, value])))
    this.changedEntries.clear()
    return states
  }

  private newSegment(entries: Json[]): StateWrite {
    const key = `${this.prefix}${String(this.nextNumber++).padStart(10, '0')}`
    this.segmentKeys.push(key)
    this.writtenEntries += entries.length
    return { key, value: entries }
  }

  /** Forgets everything. */
  clear(): StateWrite[] {
    const states = this.segmentKeys.map((key): StateWrite => ({ key, value: null }))
    this.segmentKeys = []
    this.writtenEntries = 0
    this.changedEntries.clear()
    return states
  }
}
