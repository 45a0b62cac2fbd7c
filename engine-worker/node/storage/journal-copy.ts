/**
 * A second copy of a journal in another folder, on another disk where it is meant to help: every frame is flushed there
 * too before it is acknowledged. Where the journal itself is gone, the copy takes its place.
 */
import { copyFile, type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, syncFolder } from '../files.ts'

const COPY_FILE = 'journal'
/** Bytes at both ends by which a copy is known to be of the same journal. */
const COMPARED = 64 * 1024

export class JournalCopy {
  private constructor(
    private readonly path: string,
    private readonly folder: string,
    private file: FileHandle,
  ) {}

  /** Puts the copy in the place of a journal that is not there. */
  static async recover(folder: string, journal: string): Promise<void> {
    const path = join(folder, COPY_FILE)
    if ((await sizeOf(journal)) > 0 || (await sizeOf(path)) === 0) return
    await copyWhole(path, journal)
  }

  /** Opens the copy of a journal and brings it up to date; `size` is the length of the journal in bytes. */
  static async open(folder: string, journal: string, end: number): Promise<JournalCopy> {
    await makeFolder(folder)
    const path = join(folder, COPY_FILE)
    const size = await sizeOf(path)
    const isSame = size > 0 && size <= end && (await haveSameEnds(journal, path, size))
    if (!isSame || size < end) await copyWhole(journal, path)
    await syncFolder(folder)
    return new JournalCopy(path, folder, await open(path, 'r+'))
  }

  /** Adds bytes at a place; they are durable when it resolves. */
  async append(bytes: Uint8Array, at: number): Promise<void> {
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
  }
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
    for (const at of [0, Math.max(0, size - COMPARED)]) {
      const length = Math.min(COMPARED, size - at)
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
