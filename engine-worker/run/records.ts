/**
 * A map that is kept in the states of a store as a log of segments: each commit adds one segment with what changed in
 * it, so that a batch and what is known of it become durable together, and small changes stay cheap. Segments are
 * written anew when most of what they hold has been replaced.
 */

import type { Json } from '../entity/value.ts'
import type { DatasetStore, StateWrite } from '../storage/store.ts'

const SEGMENT = 5000

/** Where the values are, when their owner keeps them in a form of its own. */
interface Holder {
  readonly size: number
  entries(): Iterable<readonly [string, Json]>
}

/** A map from texts to JSON, durable through the commits of its owner. */
export class Records {
  private readonly values = new Map<string, Json>()
  private holder: Holder = this.values
  private readonly changed = new Map<string, Json>()
  private segments: string[] = []
  private next = 0
  /** Entries in the segments, replaced ones included. */
  private written = 0

  private constructor(private readonly prefix: string) {}

  /** Reads what was kept below the prefix (which ends in a slash). */
  static async load(store: DatasetStore, prefix: string): Promise<Records> {
    const records = new Records(prefix)
    for await (const { key, value } of store.states(prefix)) {
      if (!Array.isArray(value)) continue
      records.segments.push(key)
      records.next = Number(key.slice(prefix.length)) + 1
      for (const entry of value) if (Array.isArray(entry)) records.take(entry)
    }
    return records
  }

  /** Hands the values over to an owner that keeps them itself; {@link get} and {@link entries} know none any more. */
  release(holder: Holder): void {
    this.holder = holder
    this.values.clear()
  }

  private take([key, value]: Json[]): void {
    if (typeof key !== 'string') return
    this.written++
    if (value === null || value === undefined) this.values.delete(key)
    else this.values.set(key, value)
  }

  get size(): number {
    return this.values.size
  }

  get(key: string): Json | undefined {
    return this.values.get(key)
  }

  entries(): Iterable<[string, Json]> {
    return this.values
  }

  /** Sets or (null) removes an entry; durable with the next {@link flush}. */
  set(key: string, value: Json): void {
    if (this.holder === this.values) {
      if (value !== null) this.values.set(key, value)
      else if (!this.values.delete(key)) return
    }
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
    this.values.clear()
    this.changed.clear()
    return states
  }
}
