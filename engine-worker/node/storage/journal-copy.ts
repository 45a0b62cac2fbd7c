/**
 * A second copy of a journal in another folder, on another disk where it is meant to help: every frame is flushed there
 * too before it is acknowledged. Where the journal itself is gone, the copy takes its place.
 */
import { randomUUID } from 'node:crypto'
import { copyFile, type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault, problem } from '../../problem.ts'
import { makeFolder, replaceFile, syncFolder } from '../files.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'

const copyOfAnother = problem<{ folder: string; store: string }>({
  code: 'copy-of-another-store',
  severity: 'error',
  says: ({ folder, store }) => `${folder} is the copy of another store, not of ${store}. Nothing in it was changed.`,
  fix: () => 'Name another folder for the copy, or remove this one where nobody needs it.',
})

const COPY_FILE = 'journal'
/** The name of a store, in its folder and in that of its copy. */
const NAME_FILE = 'name'
/** Bytes at both ends by which a copy is known to be of the same journal. */
const COMPARED_BYTES = 64 * 1024

export class JournalCopy {
  private constructor(
    private readonly path: string,
    private readonly folder: string,
    private readonly lock: FolderLock,
    private file: FileHandle,
  ) {}

  /**
   * Takes the folder of the copy of a journal for this process, and puts the copy in the place of a journal that is not
   * there. Refuses a folder that has the copy of another one.
   */
  static async recover(folder: string, journal: string): Promise<FolderLock> {
    await makeFolder(folder)
    const lock = await lockFolder(folder)
    try {
      const path = join(folder, COPY_FILE)
      const isLost = (await sizeOf(journal)) === 0 && (await sizeOf(path)) > 0
      await agreeOnName(folder, dirname(journal), isLost)
      if (isLost) await copyWhole(path, journal)
      return lock
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  /** Opens the copy of a journal and brings it up to date; `end` is the length of the journal in bytes. */
  static async open(folder: string, journal: string, end: number, lock: FolderLock): Promise<JournalCopy> {
    const path = join(folder, COPY_FILE)
    const size = await sizeOf(path)
    const isSame = size > 0 && size <= end && (await haveSameEnds(journal, path, size))
    if (!isSame || size < end) await copyWhole(journal, path)
    await syncFolder(folder)
    return new JournalCopy(path, folder, lock, await open(path, 'r+'))
  }

  /** Adds bytes at a place; they are durable when it resolves. */
  async append(bytes: Uint8Array, at: number): Promise<void> {
    await this.lock.check()
    for (let done = 0; done < bytes.length; )
      done += (await this.file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
    await this.file.datasync()
  }

  /** Takes off what stands behind a place. */
  async truncate(end: number): Promise<void> {
    await this.file.truncate(end)
  }

  /** The journal was written anew. */
  async replace(journal: string): Promise<void> {
    await copyWhole(journal, this.path)
    await syncFolder(this.folder)
    const before = this.file
    this.file = await open(this.path, 'r+')
    await before.close()
  }

  async close(): Promise<void> {
    await this.file.close()
    await this.lock.release()
  }
}

/** Has a store and its copy named alike; a store that was lost takes the name of its copy. */
async function agreeOnName(copy: string, store: string, isLost: boolean): Promise<void> {
  const nameIn = (folder: string) => readFile(join(folder, NAME_FILE), 'utf8').catch(() => null)
  const [own, other] = [await nameIn(store), await nameIn(copy)]
  if (own !== null && other !== null && own !== other && !isLost)
    throw new Fault(copyOfAnother({ folder: copy, store }))
  // One without a name is of an older version.
  const name = (isLost ? other : null) ?? own ?? other ?? `${randomUUID()}\n`
  if (own !== name) await replaceFile(join(store, NAME_FILE), name)
  if (other !== name) await replaceFile(join(copy, NAME_FILE), name)
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  return found?.size ?? 0
}

/** Copies a file beside its place, flushes it, and renames it. */
async function copyWhole(from: string, to: string): Promise<void> {
  const pending = `${to}.part`
  await rm(pending, { force: true })
  await copyFile(from, pending)
  const file = await open(pending, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(pending, to)
}

/** Whether two files have the same first and last bytes up to a size. */
async function haveSameEnds(one: string, other: string, size: number): Promise<boolean> {
  const [a, b] = [await open(one, 'r'), await open(other, 'r')]
  try {
    for (const at of [0, Math.max(0, size - COMPARED_BYTES)]) {
      const length = Math.min(COMPARED_BYTES, size - at)
      const [left, right] = [Buffer.alloc(length), Buffer.alloc(length)]
      await a.read(left, 0, length, at)
      await b.read(right, 0, length, at)
      if (!left.equals(right)) return false
    }
    return true
  } finally {
    await a.close()
    await b.close()
  }
}
