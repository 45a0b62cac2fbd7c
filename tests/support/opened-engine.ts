/** An engine with an open project over a store in memory. */
import type { FileContents } from '../../engine-worker/config/project/read.ts'
import { memoryStore } from '../../engine-worker/storage/memory.ts'
import { environment } from '../engine/dtl/corpus.ts'
import { testEngine } from './engine.ts'
import { memoryPlatform } from './platform.ts'

export async function openedEngine(files: FileContents = {}) {
  const around = environment()
  const store = memoryStore(around)
  const engine = testEngine({ ...memoryPlatform(around), openStore: async () => store })
  await engine.open({ project: 'p', files })
  return { engine, store }
}
