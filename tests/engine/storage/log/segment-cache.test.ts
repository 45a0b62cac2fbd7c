/** Segments are kept as they were read up to a bound, as bytes beyond it, and only as bytes where very much is stored. */
import { deserialize, serialize } from 'node:v8'
import { describe, expect, test } from 'vitest'
import {
  entityAt,
  packSegments,
  SEGMENT_CHARACTERS,
  type Segment,
} from '../../../../engine-worker/storage/log/segment.ts'
import { SegmentCache } from '../../../../engine-worker/storage/log/segment-cache.ts'

const MAX_BYTES = 1000
/** Stored bytes at which indexes need the memory. */
const MUCH_STORED = 5 * MAX_BYTES + 1

/** One segment with one version of an entity. */
function segment(first: number, text: string) {
  const columns = { ids: new Uint32Array(2), hashes: new Uint32Array(4), at: 0 }
  const row = {
    updated: first,
    previous: 0,
    ts: 1,
    flags: 0,
    ...columns,
    text: JSON.stringify({ _id: `e${first}`, text }),
  }
  const [packed] = packSegments(1, [row], { versions: 10, characters: SEGMENT_CHARACTERS })
  if (!packed) throw new Error('nothing was packed')
  return packed.segment
}

function readCached(cache: SegmentCache, first: number) {
  const kept = cache.get(1, first)
  return kept && entityAt(kept, 0)
}

describe('the cache of segments', () => {
  test('keeps the segment itself while all that is stored fits', () => {
    const cache = new SegmentCache(MAX_BYTES, () => MAX_BYTES)
    const read = segment(1, 'Tromsø')
    cache.keep(read)
    expect(cache.get(1, 1)).toBe(read)
  })

  test('keeps texts up to its bound and bytes beyond it where more is stored', () => {
    const cache = new SegmentCache(MAX_BYTES, () => 2 * MAX_BYTES)
    for (let first = 1; first <= 10; first++) cache.keep(segment(first, 'a'.repeat(100)))
    const kept = Array.from({ length: 10 }, (_, at) => cache.get(1, at + 1))
    expect(kept.filter((each) => each && 'text' in each)).toHaveLength(6)
    expect(kept.filter((each) => each && 'bytes' in each)).toHaveLength(4)
  })

  test('keeps only bytes where very much is stored, of which an entity reads the same', () => {
    const cache = new SegmentCache(MAX_BYTES, () => MUCH_STORED)
    for (const [at, text] of ['plain', 'Tromsø', '€ and 🚢'].entries()) {
      cache.keep(segment(at + 1, text))
      expect(cache.get(1, at + 1)).toHaveProperty('bytes')
      expect(readCached(cache, at + 1)).toEqual({ _id: `e${at + 1}`, text })
    }
  })

  test('keeps no more of a file than the segment where columns are windows on what was read', () => {
    for (const stored of [0, MUCH_STORED]) {
      const cache = new SegmentCache(MAX_BYTES, () => stored)
      const whole: Segment = deserialize(serialize(segment(1, 'a'.repeat(500))))
      expect(whole.updated.buffer.byteLength).toBeGreaterThan(500)
      cache.keep(whole)
      const kept = cache.get(1, 1)
      const columns = [kept?.updated, kept?.ids, kept?.flags, kept?.offsets, kept?.stamps?.hashes]
      for (const column of columns) expect(column?.buffer.byteLength).toBe(column?.byteLength)
      expect(readCached(cache, 1)).toEqual({ _id: 'e1', text: 'a'.repeat(500) })
    }
  })

  test('lets texts go as soon as very much is stored', () => {
    let stored = 10
    const cache = new SegmentCache(MAX_BYTES, () => stored)
    cache.keep(segment(1, 'a'))
    stored = MUCH_STORED
    cache.keep(segment(2, 'b'))
    expect(cache.get(1, 1)).toBeUndefined()
    expect(cache.get(1, 2)).toHaveProperty('bytes')
    cache.keep(segment(3, 'c'))
    expect([readCached(cache, 2)?.text, readCached(cache, 3)?.text]).toEqual(['b', 'c'])
  })

  test('holds less of very much than of a little more than fits', () => {
    const heldAfter = (stored: number) => {
      const cache = new SegmentCache(MAX_BYTES, () => stored)
      for (let first = 1; first <= 40; first++) cache.keep(segment(first, 'a'.repeat(100)))
      return Array.from({ length: 40 }, (_, at) => cache.get(1, at + 1)).filter((kept) => kept !== undefined).length
    }
    const counts = [MAX_BYTES, 2 * MAX_BYTES, 5 * MAX_BYTES, 7.5 * MAX_BYTES, 10 * MAX_BYTES, 100 * MAX_BYTES].map(
      heldAfter,
    )
    expect(counts).toEqual([6, 10, 10, 8, 6, 6])
  })

  test('keeps a part of what is looked up in turn and does not fit', () => {
    for (const stored of [2 * MAX_BYTES, MUCH_STORED, 20 * MAX_BYTES]) {
      const cache = new SegmentCache(MAX_BYTES, () => stored)
      let hits = 0
      for (let round = 0; round < 5; round++) {
        for (let first = 1; first <= 30; first++) {
          if (cache.get(1, first)) hits++
          else cache.offer(segment(first, 'a'.repeat(100)))
        }
      }
      // All of what fits in each round but the first.
      expect(hits).toBeGreaterThanOrEqual(4 * 6)
    }
  })

  test('keeps what is looked up twice in a while in the place of what is not', () => {
    const cache = new SegmentCache(MAX_BYTES, () => 20 * MAX_BYTES)
    for (let first = 1; first <= 6; first++) cache.offer(segment(first, 'a'.repeat(100)))
    cache.offer(segment(7, 'a'.repeat(100)))
    expect(cache.get(1, 7)).toBeUndefined()
    cache.offer(segment(7, 'a'.repeat(100)))
    expect(cache.get(1, 7)).toBeDefined()
    expect(cache.get(1, 1)).toBeUndefined()
  })

  test('takes no more than its bound, where texts of other alphabets take two bytes a character', () => {
    const heldWith = (text: string) => {
      const cache = new SegmentCache(MAX_BYTES, () => 0)
      for (let first = 1; first <= 20; first++) cache.keep(segment(first, text))
      return Array.from({ length: 20 }, (_, at) => cache.get(1, at + 1)).filter((kept) => kept !== undefined).length
    }
    expect(heldWith('a'.repeat(100))).toBe(6)
    expect(heldWith('я'.repeat(100))).toBe(3)
  })

  test('reads a segment again that has got more versions under the same first one', () => {
    const cache = new SegmentCache(MAX_BYTES, () => 0)
    const short = segment(1, 'a')
    cache.keep(short)
    const row = { updated: 2, previous: 0, ts: 1, flags: 0, ids: new Uint32Array(2), hashes: new Uint32Array(4), at: 0 }
    const rows = [1, 2].map((updated) => ({ ...row, updated, text: `{"_id":"e${updated}"}` }))
    const [merged] = packSegments(1, rows, { versions: 10, characters: SEGMENT_CHARACTERS })
    if (!merged) throw new Error('nothing was packed')
    cache.keep(merged.segment)
    expect(cache.get(1, 1)).toBe(merged.segment)
    cache.forget(1, 1)
    expect(cache.get(1, 1)).toBeUndefined()
  })
})
