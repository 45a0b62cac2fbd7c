import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DELETED, hashId, IdIndex, putIdHash } from '../../../../engine-worker/storage/index/id-index.ts'

test('the id index answers like a Map, whatever collides and goes', () => {
  // Few different low halves, so that slots collide often.
  const id = fc.record({
    high: fc.integer({ min: 0, max: 40 }),
    low: fc.constantFrom(0, 1, 63, 64, 127, 4_294_967_295),
  })
  const step = fc.record({
    id,
    updated: fc.option(fc.oneof(fc.integer({ min: 1, max: 1e9 }), fc.constantFrom(2 ** 31 - 1, 2 ** 31, 2 ** 40 + 1))),
    deleted: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const index = new IdIndex()
      const model = new Map<string, { updated: number; deleted: boolean }>()
      for (const { id, updated, deleted } of steps) {
        const key = `${id.high} ${id.low}`
        if (updated === null) {
          index.delete(id.high, id.low)
          model.delete(key)
        } else {
          const flags = Uint8Array.of(deleted ? DELETED : 0)
          const ids = Uint32Array.of(id.high, id.low)
          index.enter({ updated: Float64Array.of(updated), ids, hashes: Uint32Array.of(updated, 7), flags }, 0)
          model.set(key, { updated, deleted })
        }
      }
      expect(index.size).toBe(model.size)
      expect(index.deletions()).toBe([...model.values()].filter(({ deleted }) => deleted).length)
      for (const { id } of steps) {
        const wanted = model.get(`${id.high} ${id.low}`)
        const known = index.get(id)
        expect(known && { updated: known.updated, deleted: known.deleted }).toEqual(wanted ?? null)
        if (known) expect([known.hashHigh, known.hashLow]).toEqual([known.updated >>> 0, 7])
      }
    }),
  )
})

test('hashes of a hundred thousand similar ids do not collide, and depend on the seed', () => {
  const hashes = new Set<string>()
  for (let n = 0; n < 100_000; n++) {
    const { high, low } = hashId(`customer-${n}`, 12345)
    hashes.add(`${high} ${low}`)
  }
  expect(hashes.size).toBe(100_000)
  expect(hashId('a', 1)).not.toEqual(hashId('a', 2))
})

test('hundreds of thousands of ids stay known while the table grows', () => {
  const count = 600_000
  for (const reserved of [0, count]) {
    const index = new IdIndex()
    index.reserve(reserved)
    const head = {
      updated: Float64Array.from({ length: count }, (_, at) => at + 1),
      ids: new Uint32Array(2 * count),
      hashes: Uint32Array.from({ length: 2 * count }, (_, half) => half),
      flags: Uint8Array.from({ length: count }, (_, at) => (at % 3 === 0 ? DELETED : 0)),
    }
    for (let at = 0; at < count; at++) {
      putIdHash(`customer-${at}`, 12345, head.ids, at)
      index.enter(head, at)
    }
    expect(index.size).toBe(count)
    expect(index.deletions()).toBe(count / 3)
    expect(index.bytes / count).toBeLessThan(28)
    const wrong = Array.from({ length: count }, (_, at) => at).filter((at) => {
      const known = index.at(head.ids[2 * at] ?? 0, head.ids[2 * at + 1] ?? 0)
      return known?.updated !== at + 1 || known.deleted !== (at % 3 === 0) || known.hashLow !== 2 * at + 1
    })
    expect(wrong).toEqual([])
    index.delete(head.ids[2] ?? 0, head.ids[3] ?? 0)
    expect([index.size, index.at(head.ids[2] ?? 0, head.ids[3] ?? 0)]).toEqual([count - 1, null])
  }
})
