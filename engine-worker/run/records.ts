/**
 * A map that is kept in the states of a store as a log of segments: each commit adds one segment with what changed in
 * it, so that a batch and what is known of it become durable together, and small changes stay cheap. Segments are
 * written anew when most of what they hold has been replaced.
 */

import type { Json } from '../entity/value.ts'
import type { DatasetStore, StateWrite } from '../storage/store.ts'

const SEGMENT = 5000

/** Who keeps the values in a form of its own. */
export interface RecordsHolder {
  readonly size: number
  entries(): Iterable<readonly [string, Json]>
  /** Takes a value that was kept; null where it has been removed since. */
  take(key: string, value: Json): void
}

/** A map from texts to JSON that its holder has in memory, durable through the commits of its owner. */
export class Records {
  private readonly changed = new Map<string, Json>()
  private segments: string[] = []
  private next = 0
  /** Entries in the segments, replaced ones included. */
  private written = 0

  private constructor(
    private readonly prefix: string,
    private readonly holder: RecordsHolder,
  ) {}

  /** Reads what was kept below the prefix (which ends in a slash) into its holder. */
  static async load(store: DatasetStore, prefix: string, holder: RecordsHolder): Promise<Records> {
    const records = new Records(prefix, holder)
    for await (const { key, value } of store.states(prefix)) {
      if (!Array.isArray(value)) continue
      records.segments.push(key)
      records.next = Number(key.slice(prefix.length)) + 1
      for (const entry of value) if (Array.isArray(entry)) records.take(entry)
    }
    return records
  }

  /** Keeps all that a holder has below a prefix, in parts that are committed one after the other. */
  static *keep(prefix: string, holder: RecordsHolder): Generator<StateWrite[], Records> {
    const records = new Records(prefix, holder)
    for (const [key, value] of holder.entries()) {
      records.set(key, value)
      if (records.changed.size >= SEGMENT) yield records.flush()
    }
    yield records.flush()
    return records
  }

  private take([key, value = null]: Json[]): void {
    if (typeof key !== 'string') return
    this.written++
    this.holder.take(key, value)
  }

  /** Notes that the holder has set or (null) removed an entry; durable with the next {@link flush}. */
  set(key: string, value: Json): void {
    this.changed.set(key, value)
  }

  /** The states to put into the commit that the changes belong to. */
  flush(): StateWrite[] {
    if (this.changed.size === 0) return []
    const states: StateWrite[] = []
    if (this.written + this.changed.size > 2 * this.holder.size + SEGMENT) {
      for (const key of this.segments) states.push({ key, value: null })
      this.segments = []
      this.written = 0
      let part: Json[] = []
      for (const [key, value] of this.holder.entries()) {
        part.push([key, value])
        if (part.length < SEGMENT) continue
        states.push(this.segment(part))
        part = []
      }
      if (part.length > 0) states.push(this.segment(part))
    } else states.push(this.segment([...this.changed].map(([key, value]) => [key, value])))
    this.changed.clear()
    return states
  }

  private segment(entries: Json[]): StateWrite {
    const key = `${this.prefix}${String(this.next++).padStart(10, '0')}`
    this.segments.push(key)
    this.written += entries.length
    return { key, value: entries }
  }

  /** Forgets everything. */
  clear(): StateWrite[] {
    const states = this.segments.map((key): StateWrite => ({ key, value: null }))
    this.segments = []
    this.written = 0
    this.changed.clear()
    return states
  }
}
