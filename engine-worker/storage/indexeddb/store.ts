/** The dataset store of a project in the browser: segments in IndexedDB, one writer at a time. */
import { Fault } from '../../problem.ts'
import type { WriterLock } from '../lock.ts'
import { openSegmentStore, type SegmentStoreOptions } from '../log/segment-store.ts'
import type { DatasetStore } from '../store.ts'
import { deleteDatabase, IndexedDbSegments } from './database.ts'
import { openElsewhere } from './failures.ts'

interface IndexedDbOptions extends SegmentStoreOptions {
  /** How a second worker on the same project is kept out; null where the platform has no locks. */
  readonly lock: WriterLock | null
}

/** Opens the datasets of a project. Throws a Fault when it is open elsewhere or the browser refuses storage. */
export async function openStore(options: IndexedDbOptions): Promise<DatasetStore> {
  const release = options.lock ? await options.lock(options.project) : () => undefined
  if (!release) throw new Fault(openElsewhere({ project: options.project }))
  try {
    return await openSegmentStore(new IndexedDbSegments(options.project), options, release)
  } catch (error) {
    release()
    throw error
  }
}

/** Removes everything stored for a project. A worker that has it open is refused from then on. */
export const deleteStore: (project: string) => Promise<void> = deleteDatabase
