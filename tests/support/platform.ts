/** The platform of the engine in a test: datasets in memory, no network. */
import type { Platform } from '../../engine-worker/api/platform.ts'
import type { Environment } from '../../engine-worker/environment.ts'
import { memoryStore } from '../../engine-worker/storage/memory.ts'
import { environment as fixedEnvironment } from '../engine/dtl/corpus.ts'

/** A platform whose projects each begin with an empty store. */
export function memoryPlatform(environment: Environment = fixedEnvironment()): Platform {
  return {
    environment,
    fetch: null,
    openStore: async () => memoryStore(environment),
    deleteStore: async () => undefined,
  }
}
