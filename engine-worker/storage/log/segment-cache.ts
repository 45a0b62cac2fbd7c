/**
 * The segments that were read last, up to a bound on their size. While all datasets together fit into it, they are kept as
 * they were read: nothing is faster. Where there are more, their texts are kept as UTF-8, which stands outside of the
 * heap, because a heap grows to several times what stays in it: with a million entities by 200 MB. That costs an encoding
 * for each segment that is kept, and a decoding for each entity that is read from it.
 */
import { LRUCache } from 'lru-cache'
import { type CompactSegment, compactSegment, type Segment, withOwnColumns } from './segment.ts'

type CachedSegment = Segment | CompactSegment

/** Segments by their log and first version. */
export class SegmentCache {
  private readonly segments: LRUCache<string, CachedSegment>
  private keepsTexts = true

  constructor(
    /** Bound of what is kept, in bytes. */
    private readonly bytes: number,
    /** About how much is stored, in bytes. */
    private readonly storedBytes: () => number,
  ) {
    this.segments = new LRUCache({ maxSize: Math.max(1, bytes) })
  }

  get(log: number, first: number): CachedSegment | undefined {
    return this.segments.get(keyOf(log, first))
  }

  keep(segment: Segment): void {
    const key = keyOf(segment.log, segment.first)
    if (this.segments.get(key)?.updated.length === segment.updated.length) return
    const keepsTexts = this.storedBytes() <= this.bytes
    // What was kept as texts would take too much from now on.
    if (this.keepsTexts && !keepsTexts) this.segments.clear()
    this.keepsTexts = keepsTexts
    const own = withOwnColumns(segment)
    const kept = keepsTexts ? own : compactSegment(own)
    this.segments.set(key, kept, { size: bytesOf(kept) })
  }

  forget(log: number, first: number): void {
    this.segments.delete(keyOf(log, first))
  }

  clear(): void {
    this.segments.clear()
  }
}

/** About what a segment takes: texts of western characters are kept in one byte a character. */
function bytesOf(segment: CachedSegment): number {
  const columns = COLUMN_BYTES * segment.updated.length
  if ('bytes' in segment) return segment.bytes.length + columns
  return (/[^\0-\xff]/.test(segment.text) ? 2 : 1) * segment.text.length + columns
}

/** The columns of one version: `_updated`, both hashes, its flags and place. */
const COLUMN_BYTES = 37

function keyOf(log: number, first: number): string {
  return `${log} ${first}`
}
