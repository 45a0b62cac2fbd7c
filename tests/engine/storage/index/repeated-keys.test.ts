import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openScratch } from '../../../../engine-worker/node/storage/scratch.ts'
import { RepeatedKeys } from '../../../../engine-worker/storage/index/repeated-keys.ts'

/** The rows that share their key with a later one, by a map. */
function expected(keys: readonly string[]): { count: number; first: number } {
  const rows = new Map<string, number>()
  let count = 0
  let first = 0
  for (const [at, key] of keys.entries()) {
    const before = rows.get(key)
    if (before !== undefined) count++
    if (before !== undefined && (first === 0 || before < first)) first = before
    rows.set(key, at + 1)
  }
  return { count, first }
}

test('keys that come again are counted as a map would, put aside in a file or not', async () => {
  const keys = fc.array(fc.array(fc.string({ maxLength: 2 }), { maxLength: 300 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(keys, fc.constantFrom(1, 50, 10_000), async (pieces, full) => {
      const repeated = new RepeatedKeys(openScratch, full)
      try {
        for (const piece of pieces) {
          for (const key of piece) repeated.add(key)
          await repeated.relieve()
        }
        expect(await repeated.end()).toEqual(expected(pieces.flat()))
      } finally {
        await repeated.close()
      }
    }),
    { numRuns: 40 },
  )
})

test('without a place for full lists they stay in memory', async () => {
  const repeated = new RepeatedKeys(undefined, 10)
  for (let row = 0; row < 5000; row++) {
    repeated.add(String(row % 4999))
    await repeated.relieve()
  }
  expect(await repeated.end()).toEqual({ count: 1, first: 1 })
})
