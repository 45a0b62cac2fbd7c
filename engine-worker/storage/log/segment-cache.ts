/**
 * The segments that were read last, up to a bound on their size. They are kept as they were read, which is fastest, or with
 * their texts as UTF-8, which stands outside of the heap: a heap grows to several times what stays in it, with a million
 * entities by 200 MB. UTF-8 costs an encoding for each segment that is kept (0.3 ms) and a decoding for each entity that is
 * read from it. So texts fill one part of the cache and bytes the rest; where so much is stored that indexes need the
 * memory, there are only bytes, and fewer of them.
 */
import { LRUCache } from 'lru-cache'
import { type CompactSegment, compactSegment, type Segment, withOwnColumns } from './segment.ts'

type CachedSegment = Segment | CompactSegment

/** What texts and bytes may take together, as a multiple of the bound of texts. */
const MAX_FACTOR = 1.7
/** While what is stored grows from the first to the second multiple of that bound, it falls to 1. */
const [FALLS_FROM, FALLS_TO] = [5, 10]

/** Segments by their log and first version. */
export class SegmentCache {
  private readonly segments: LRUCache<string, CachedSegment>
  /** Segments that were read when there was no room for them, the latest last. */
  private readonly readOnce = new Set<string>()
  /** What is kept as texts, in bytes. */
  private textCharacters = 0

  constructor(
    /** Bound of what is kept as texts, in bytes. */
    private readonly bytes: number,
    /** About how much is stored, in bytes. */
    private readonly storedBytes: () => number,
  ) {
    this.segments = new LRUCache({
      maxSize: Math.max(1, Math.floor(MAX_FACTOR * bytes)),
      dispose: (segment) => {
        if ('text' in segment) this.textCharacters -= bytesOf(segment)
      },
    })
  }

  get(log: number, first: number): CachedSegment | undefined {
    return this.segments.get(keyOf(log, first))
  }

  /**
   * Keeps a segment that was looked up: where there is room, or when it is read for the second time in a while. Otherwise
   * look-ups all over more than fits would replace every segment before it is read again.
   */
  offer(segment: Segment): void {
    const key = keyOf(segment.log, segment.first)
    const size = segment.text.length + COLUMN_BYTES * segment.updated.length
    const hasRoom = this.segments.calculatedSize + size <= this.maxBytesFor(this.storedBytes())
    if (hasRoom || this.readOnce.delete(key)) {
      this.keep(segment)
      return
    }
    this.readOnce.add(key)
    // As many as there are in the cache: with more, what is read in turn would still be replaced too early.
    for (const oldest of this.readOnce) {
      if (this.readOnce.size <= this.segments.size) break
      this.readOnce.delete(oldest)
    }
  }

  /** Keeps a segment in the place of those that were not read for the longest time. */
  keep(segment: Segment): void {
    const key = keyOf(segment.log, segment.first)
    if (this.segments.get(key)?.updated.length === segment.updated.length) return
    const stored = this.storedBytes()
    const bound = this.maxBytesFor(stored)
    const mayKeepTexts = stored <= FALLS_FROM * this.bytes
    if (!mayKeepTexts && this.textCharacters > 0) this.clear()
    this.segments.delete(key)
    const own = withOwnColumns(segment)
    const isText = stored <= this.bytes || (mayKeepTexts && this.textCharacters + bytesOf(own) <= this.bytes)
    const kept = isText ? own : compactSegment(own)
    const size = bytesOf(kept)
    if (size > bound) return
    while (this.segments.calculatedSize + size > bound) this.segments.pop()
    this.segments.set(key, kept, { size })
    if ('text' in kept) this.textCharacters += size
  }

  forget(log: number, first: number): void {
    this.segments.delete(keyOf(log, first))
  }

  clear(): void {
    this.segments.clear()
    this.readOnce.clear()
  }

  /** What may be kept while so much is stored. */
  private maxBytesFor(stored: number): number {
    if (stored <= this.bytes) return this.bytes
    const fallen = (stored / this.bytes - FALLS_FROM) / (FALLS_TO - FALLS_FROM)
    return this.bytes * (MAX_FACTOR - (MAX_FACTOR - 1) * Math.min(1, Math.max(0, fallen)))
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
