import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IdRows } from '../../../../engine-worker/storage/index/id-rows.ts'

test('the last row of each id is known, as a map would know it', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 2 }), { maxLength: 3000 }), (ids) => {
      const rows = new IdRows()
      const map = new Map<string, number>()
      for (const [at, id] of ids.entries()) {
        expect(rows.put(id, at + 1)).toBe(map.get(id) ?? 0)
        map.set(id, at + 1)
      }
    }),
    { numRuns: 30 },
  )
})

test('many ids are kept apart while the table grows', () => {
  const rows = new IdRows()
  for (let at = 1; at <= 50_000; at++) expect(rows.put(`id-${at}`, at)).toBe(0)
  for (let at = 1; at <= 50_000; at++) expect(rows.put(`id-${at}`, at)).toBe(at)
})
