/** An engine whose datasets are in memory, with a clock and randomness that repeat, and without a network. */
import { memoryStore } from '../../engine-worker/storage/memory.ts'
import { environment } from '../engine/dtl/corpus.ts'
import { type TestEngine, testEngine } from './engine.ts'

export function memoryEngine(): TestEngine {
  const around = environment()
  return testEngine({
    environment: around,
    fetch: null,
    openStore: async () => Object.assign(memoryStore(around), { close: async () => undefined }),
    deleteStore: async () => undefined,
  })
}
