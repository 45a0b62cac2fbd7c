/** Segments are kept as they were read while everything stored fits into the cache, and as bytes where it does not. */
import { deserialize, serialize } from 'node:v8'
import { describe, expect, test } from 'vitest'
import {
  entityAt,
  packSegments,
  SEGMENT_CHARACTERS,
  type Segment,
} from '../../../../engine-worker/storage/log/segment.ts'
import { SegmentCache } from '../../../../engine-worker/storage/log/segment-cache.ts'

const BOUND = 1000

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

function read(cache: SegmentCache, first: number) {
  const kept = cache.get(1, first)
  return kept && entityAt(kept, 0)
}

describe('the cache of segments', () => {
  test('keeps the segment itself while all that is stored fits', () => {
    const cache = new SegmentCache(BOUND, () => BOUND)
    const read = segment(1, 'Tromsø')
    cache.keep(read)
    expect(cache.get(1, 1)).toBe(read)
  })

  test('keeps bytes where more is stored, of which an entity reads the same', () => {
    const cache = new SegmentCache(BOUND, () => BOUND + 1)
    for (const [at, text] of ['plain', 'Tromsø', '€ and 🚢'].entries()) {
      cache.keep(segment(at + 1, text))
      expect(cache.get(1, at + 1)).toHaveProperty('bytes')
      expect(read(cache, at + 1)).toEqual({ _id: `e${at + 1}`, text })
    }
  })

  test('keeps no more of a file than the segment where columns are windows on what was read', () => {
    for (const stored of [0, BOUND + 1]) {
      const cache = new SegmentCache(BOUND, () => stored)
      const whole: Segment = deserialize(serialize(segment(1, 'a'.repeat(500))))
      expect(whole.updated.buffer.byteLength).toBeGreaterThan(500)
      cache.keep(whole)
      const kept = cache.get(1, 1)
      const columns = [kept?.updated, kept?.ids, kept?.flags, kept?.offsets, kept?.stamps?.hashes]
      for (const column of columns) expect(column?.buffer.byteLength).toBe(column?.byteLength)
      expect(read(cache, 1)).toEqual({ _id: 'e1', text: 'a'.repeat(500) })
    }
  })

  test('lets texts go as soon as more is stored than fits', () => {
    let stored = 10
    const cache = new SegmentCache(BOUND, () => stored)
    cache.keep(segment(1, 'a'))
    stored = 2000
    cache.keep(segment(2, 'b'))
    expect(cache.get(1, 1)).toBeUndefined()
    expect(cache.get(1, 2)).toHaveProperty('bytes')
    cache.keep(segment(3, 'c'))
    expect([read(cache, 2)?.text, read(cache, 3)?.text]).toEqual(['b', 'c'])
  })

  test('takes no more than its bound, where texts of other alphabets take two bytes a character', () => {
    const held = (text: string) => {
      const cache = new SegmentCache(BOUND, () => 0)
      for (let first = 1; first <= 20; first++) cache.keep(segment(first, text))
      return Array.from({ length: 20 }, (_, at) => cache.get(1, at + 1)).filter((kept) => kept !== undefined).length
    }
    expect(held('a'.repeat(100))).toBe(6)
    expect(held('я'.repeat(100))).toBe(3)
  })

  test('reads a segment again that has got more versions under the same first one', () => {
    const cache = new SegmentCache(BOUND, () => 0)
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
