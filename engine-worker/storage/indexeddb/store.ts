/** The dataset store of a project in the browser: segments in IndexedDB, one writer at a time, copied where that is wanted. */
import { Fault } from '../../problem.ts'
import { BrowserSafety, folderOfProject, ownCopy } from '../copy/browser-safety.ts'
import { CopiedStorage } from '../copy/copied-storage.ts'
import type { DirectoryHandle } from '../copy/folder.ts'
import type { DataSafety } from '../copy/safety.ts'
import type { WriterLock } from '../lock.ts'
import type { SegmentStorage } from '../log/segment-storage.ts'
import { openSegmentStore, type SegmentStoreOptions } from '../log/segment-store.ts'
import type { DatasetStore } from '../store.ts'
import { deleteDatabase, IndexedDbSegments } from './database.ts'
import { openElsewhere } from './failures.ts'

interface IndexedDbOptions extends SegmentStoreOptions {
  /** How a second worker on the same project is kept out; null where the platform has no locks. */
  readonly lock: WriterLock | null
}

/** Opens the datasets of a project. Throws a Fault when it is open elsewhere or the browser refuses storage. */
export async function openStore(
  options: IndexedDbOptions,
  storage: SegmentStorage = new IndexedDbSegments(options.project),
): Promise<DatasetStore> {
  const release = options.lock ? await options.lock(options.project) : () => undefined
  if (!release) throw new Fault(openElsewhere({ project: options.project }))
  try {
    return await openSegmentStore(storage, options, release)
  } catch (error) {
    release()
    throw error
  }
}

/** The file system of the browser, and what copies in it need. */
interface CopyPlatform {
  /** The root of the browser's own file system; null where it has none. */
  readonly root: () => Promise<DirectoryHandle | null>
  readonly uuid: () => string
}

/** Opens the datasets of a project with what keeps them safe; what the database has lost comes from its copy. */
export async function openSafeStore(
  options: IndexedDbOptions,
  { root, uuid }: CopyPlatform,
): Promise<{ readonly store: DatasetStore; readonly safety: DataSafety }> {
  const { project, environment } = options
  const now = () => Number(environment.now() / 1_000_000n)
  const own = await (await root())?.getDirectoryHandle(folderOfProject(project), { create: true })
  const segments = new IndexedDbSegments(project)
  const lost = own ? await ownCopy(own) : null
  const storage = new CopiedStorage(segments, { project, now, lost })
  const store = await openStore(options, storage)
  const safety = new BrowserSafety({ project, storage, settings: segments, own: own ?? null, now, uuid })
  return { store, safety }
}

/** Removes everything stored for a project. A worker that has it open is refused from then on. */
export async function deleteStore(project: string, root: DirectoryHandle | null = null): Promise<void> {
  await deleteDatabase(project)
  await root?.removeEntry(folderOfProject(project), { recursive: true }).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'NotFoundError') throw error
  })
}
