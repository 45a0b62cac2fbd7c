/** The dataset store in memory; the common contract of stores is tested in store.test.ts. */
import fc from 'fast-check'
import { test } from 'vitest'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { follow, history, historyClock } from './histories.ts'

test('the memory store answers like a naive model after any history', async () => {
  await fc.assert(
    fc.asyncProperty(history, (steps) =>
      follow({ store: memoryStore(historyClock()), reopen: async () => undefined }, steps),
    ),
    { numRuns: 300 },
  )
})
