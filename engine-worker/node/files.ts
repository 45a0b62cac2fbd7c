/**
 * Writing files so that they are never torn: the bytes go into a file beside the place, are flushed to the disk, and
 * the file is then renamed. A reader finds the old file or the new one, also after the process was killed in the
 * middle. Every command that writes uses this module.
 */
import { randomBytes } from 'node:crypto'
import { lstat, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { isTemporary, TEMPORARY_PREFIX, TEMPORARY_SUFFIX } from '../text/roots.ts'

/** How large and how old a file is: enough to tell whether anybody has touched it since. */
export interface FileStamp {
  readonly size: number
  /** Milliseconds since 1970, whole. */
  readonly modified: number
}

/** A file that is being written. Nothing stands at its path before `commit`. */
export interface PendingFile {
  /** Adds text (as UTF-8) or bytes; small pieces are gathered. Waits for the disk, so memory stays bounded. */
  readonly write: (chunk: string | Uint8Array) => Promise<void>
  /**
   * Flushes to the disk and puts the file in its place, whatever regular file or link was there. `before` is called
   * between the two.
   */
  readonly commit: (before?: (stamp: FileStamp) => Promise<void>) => Promise<FileStamp>
  /** Gives up: nothing is left. */
  readonly discard: () => Promise<void>
}

/** Pieces are gathered up to this many bytes before they are written. */
const BUFFER = 1024 * 1024
/** After so many bytes the disk begins to take what was written, so that little is left for the end. */
const FLUSH = 8 * BUFFER
/** Files that this process is writing now. */
const mine = new Set<string>()

/**
 * Starts a file; its folders are made where they are missing. A file that it replaces hands on its permissions. Throws
 * the errors of the file system (`ENOSPC`, `EACCES`, …) with their `code` and `path`.
 */
export async function createFile(path: string): Promise<PendingFile> {
  const folder = dirname(path)
  await makeFolder(folder)
  const name = `${TEMPORARY_PREFIX}${process.pid}-${randomBytes(6).toString('hex')}${TEMPORARY_SUFFIX}`
  const temporary = join(folder, name)
  // Nobody knows the name of the file beside its place.
  const file = await open(temporary, 'wx').catch((error: unknown) => {
    throw error instanceof Error ? Object.assign(error, { path }) : error
  })
  mine.add(name)
  const pending = new BufferedFile(file, path, { flushes: true })
  const discard = async (): Promise<void> => {
    // Nothing must be written to a file that is closed.
    await pending.settle()
    await file.close().catch(() => undefined)
    await rm(temporary, { force: true })
    mine.delete(name)
  }
  return {
    write: (chunk) => pending.write(chunk),
    discard,
    commit: async (before) => {
      try {
        await pending.end()
        const replaced = await lstat(path).catch(() => null)
        if (replaced?.isFile()) await file.chmod(replaced.mode & 0o7777)
        await file.sync()
        const stamp = stampOf(await file.stat())
        await file.close()
        await before?.(stamp)
        await rename(temporary, path)
        mine.delete(name)
        return stamp
      } catch (error) {
        await discard()
        throw error
      }
    },
  }
}

/**
 * Makes a folder and those above it where they are missing. (`mkdir` of Node with `recursive` never ends where the system
 * says that there is no such folder although the one above it is there, as below /proc.)
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return
    const above = dirname(path)
    if (code !== 'ENOENT' || above === path || (await stat(above).catch(() => null))) throw error
    await makeFolder(above)
    await mkdir(path)
  }
}

/** Writes a whole file. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<FileStamp> {
  const file = await createFile(path)
  try {
    await file.write(content)
  } catch (error) {
    await file.discard()
    throw error
  }
  return file.commit()
}

/** The bytes of a file; an error says which file it was, as those of the system do not always. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path }) : error
  }
}

/** What a file has of {@link FileStamp}. */
export function stampOf({ size, mtimeMs }: { readonly size: number; readonly mtimeMs: number }): FileStamp {
  return { size, modified: Math.floor(mtimeMs) }
}

/** Flushes the entries of a folder, so that renames in it outlive a power cut. Left out where a system cannot do it. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/** Removes temporary files that earlier processes of this program left in a folder when they were killed. */
export async function removeTemporaries(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    if (isTemporary(name) && !mine.has(name) && !isOfAnother(name)) await rm(join(folder, name), { force: true })
  }
}

/** Whether another process that still runs is writing the file. */
function isOfAnother(name: string): boolean {
  const writer = Number(/\d+/.exec(name)?.[0])
  if (writer === process.pid) return false
  try {
    process.kill(writer, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** What a file has to be able to do to be written to. */
interface WritableFile {
  write(bytes: Uint8Array, from: number): Promise<{ readonly bytesWritten: number }>
  datasync(): Promise<void>
}

/**
 * Gathers small pieces, so that a file of a million lines is not a million calls of the system. Pieces are encoded into one
 * of two buffers while the other one is being written.
 */
export class BufferedFile {
  private filling = Buffer.allocUnsafeSlow(BUFFER)
  private spare = Buffer.allocUnsafeSlow(BUFFER)
  private length = 0
  private writing: Promise<void> = Promise.resolve()
  private unflushed = 0
  private flushing: Promise<void> | null = null
  private refused: unknown = null

  /** `flushes`: what is behind is a file on a disk; devices and pipes cannot be flushed. */
  constructor(
    private readonly file: WritableFile,
    private readonly path: string,
    private readonly options: { readonly flushes?: boolean } = {},
  ) {}

  async write(chunk: string | Uint8Array): Promise<void> {
    // A character takes up to three bytes.
    if (typeof chunk !== 'string' || 3 * chunk.length > BUFFER) {
      await this.end()
      await this.writeAll(typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk)
      return
    }
    if (this.length + 3 * chunk.length > BUFFER) await this.flush()
    this.length += this.filling.write(chunk, this.length, 'utf8')
  }

  /** Writes what was gathered and waits until it is written. */
  async end(): Promise<void> {
    await this.flush()
    await this.writing
    await this.flushing
    if (this.refused !== null) throw this.refused
  }

  /** Waits until nothing is being written. */
  async settle(): Promise<void> {
    await this.writing.catch(() => undefined)
    await this.flushing
  }

  /** Starts to write what was gathered, once what was gathered before it is written. */
  private async flush(): Promise<void> {
    await this.writing
    if (this.length === 0) return
    const full = this.filling
    this.writing = this.writeAll(full.subarray(0, this.length))
    // It is waited for before the next one; a failure must not count as unhandled until then.
    this.writing.catch(() => {})
    this.filling = this.spare
    this.spare = full
    this.length = 0
  }

  private async writeAll(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) at += (await this.file.write(bytes, at)).bytesWritten
      this.unflushed += bytes.length
      if (this.options.flushes && this.unflushed >= FLUSH) this.startFlush()
    } catch (error) {
      throw error instanceof Error ? Object.assign(error, { path: this.path }) : error
    }
  }

  /** Has the disk take what was written while more is made. A system tells of a failure only once, so it is kept for the end. */
  private startFlush(): void {
    if (this.flushing) return
    this.unflushed = 0
    this.flushing = this.file.datasync().then(
      () => {
        this.flushing = null
      },
      (error) => {
        this.flushing = null
        this.refused ??= error instanceof Error ? Object.assign(error, { path: this.path }) : error
      },
    )
  }
}
