/**
 * Segments in plain files, for Node: a journal to which every batch is appended and flushed as one frame, with a digest.
 * A frame that was cut off, because the process or the machine ended, is taken off when the journal is opened again; what
 * was acknowledged stays. Datasets, states and the places of segments are in memory, the segments on disk. When more than
 * half of the journal is out of date, what still counts is written beside it, flushed, and renamed over it.
 */
import { createHash } from 'node:crypto'
import { type FileHandle, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deserialize } from 'node:v8'
import { Fault, problem } from '../../problem.ts'
import type { ReplaceableStorage } from '../../storage/copy/content.ts'
import type { Segment, SegmentHead } from '../../storage/log/segment.ts'
import type { DatasetRecord, SegmentStorage, SegmentWriter, StateRecord } from '../../storage/log/segment-storage.ts'
import { makeFolder, replaceFile, syncFolder } from '../files.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { Batch, FRAME_HEAD, frameOf, Journal, type JournalChange, type JournalFrame, type Piece } from './journal.ts'
import { JournalCopy } from './journal-copy.ts'

const storageTooNew = problem<{ folder: string; found: string; known: number }>({
  code: 'storage-too-new',
  severity: 'error',
  says: ({ folder, found, known }) =>
    `The data in ${folder} was written by a newer version (format ${found}); this one reads formats up to ${known}.`,
  fix: () => 'Use the newer version, or restore a backup that this one has made.',
})

const JOURNAL_FILE = 'journal'
const FORMAT_FILE = 'format'
/** The format version of the journal. Code that reads another version has to convert it to this one. */
const FORMAT_VERSION = 1
/** Bytes of garbage below which the journal is not rewritten. */
const MIN_GARBAGE_BYTES = 32_000_000
/** Bytes of one frame while a journal is rewritten. */
const REWRITE_BYTES = 16_000_000

/** Settings of a storage that is kept. */
interface KeptOptions {
  /** Bytes, for tests. */
  readonly leastGarbage?: number
  /** Another folder, in which all that is acknowledged is kept too. */
  readonly copy?: string | null
}

/** A storage in a folder, which is made where it is missing; from its copy, where there is one. */
export function fileSegments(
  folder: string,
  { leastGarbage = MIN_GARBAGE_BYTES, copy = null }: KeptOptions = {},
): ReplaceableStorage {
  return new FileSegments(folder, { leastGarbage, copy, isDurable: true })
}

/** A storage for one run: on disk, because it may be large, but gone with the process. */
export async function scratchSegments(): Promise<SegmentStorage> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-run-'))
  return new FileSegments(folder, { leastGarbage: Number.POSITIVE_INFINITY, copy: null, isDurable: false })
}

interface FileOptions {
  readonly leastGarbage: number
  readonly copy: string | null
  /** Otherwise nothing is flushed, and the files are removed as soon as they are open, which only their names notice. */
  readonly isDurable: boolean
}

class FileSegments implements ReplaceableStorage {
  seed = 0
  private file: FileHandle | null = null
  /** Options of a folder that is kept. */
  private lock: FolderLock | null = null
  private copyLock: FolderLock | null = null
  /** Handles of journals that were rewritten, which reads may still use. */
  private readonly oldFiles: FileHandle[] = []
  private journal = new Journal()
  private copy: JournalCopy | null = null
  /** Whether the copy is of the journal before it was rewritten. */
  private isCopyOld = false
  /** Bytes that are out of date from which on the journal is rewritten. */
  private garbageLimit: number
  /** The batch that is being written. */
  private batch: Batch | null = null

  constructor(
    private readonly folder: string,
    private readonly options: FileOptions,
  ) {
    this.garbageLimit = options.leastGarbage
  }

  async open(random: () => number): Promise<readonly DatasetRecord[]> {
    await makeFolder(this.folder)
    if (this.options.isDurable) this.lock = await lockFolder(this.folder)
    try {
      return await this.openLocked(random)
    } catch (error) {
      for (const lock of [this.lock, this.copyLock]) await lock?.release().catch(() => undefined)
      throw error
    }
  }

  private async openLocked(random: () => number): Promise<readonly DatasetRecord[]> {
    if (this.options.isDurable) await this.checkFormat()
    const path = join(this.folder, JOURNAL_FILE)
    await rm(`${path}.new`, { force: true })
    const { copy } = this.options
    this.copyLock = copy === null ? null : await JournalCopy.recover(copy, path)
    // Made where it is missing; a file that is open for appending could not be written elsewhere.
    await (await open(path, 'a')).close()
    const file = await open(path, 'r+')
    this.file = file
    await this.replay(file)
    if (copy !== null && this.copyLock) this.copy = await JournalCopy.open(copy, path, this.journal.end, this.copyLock)
    if (this.journal.seed === null) await this.append([{ do: 'seed', seed: Math.floor(random() * 0x1_0000_0000) }], [])
    if (this.options.isDurable) await syncFolder(this.folder)
    else await this.remove()
    this.seed = this.journal.seed ?? 0
    return [...this.journal.datasets.values()]
  }

  /** Refuses data that a newer version has written; of what is there, an older version's is brought up to date. */
  private async checkFormat(): Promise<void> {
    const path = join(this.folder, FORMAT_FILE)
    const text = await readFile(path, 'utf8').catch(() => null)
    // Data from before the file was introduced has the first format.
    const found = text === null ? 1 : Number(text)
    if (!(found <= FORMAT_VERSION))
      throw new Fault(storageTooNew({ folder: this.folder, found: text?.trim() ?? '', known: FORMAT_VERSION }))
    if (text === null) await replaceFile(path, `${FORMAT_VERSION}\n`)
  }

  /** Reads the changes of all frames; the last one counts only when it is whole. */
  private async replay(file: FileHandle): Promise<void> {
    const { size } = await file.stat()
    let at = 0
    while (at < size) {
      const frame = await frameAt(file, at, size)
      if (!frame) break
      this.journal.apply(frame.changes, frame.body, frame.end)
      at = frame.end
    }
    if (at < size) await file.truncate(at)
    this.journal.end = at
  }

  async write(work: (to: SegmentWriter) => Promise<void>): Promise<void> {
    const batch = new Batch()
    this.batch = batch
    await work(batch).finally(() => {
      this.batch = null
    })
    if (batch.changes.length === 0) return
    await this.append(batch.changes, batch.bodies)
    this.seed = this.journal.seed ?? 0
    await this.collectGarbage()
  }

  /**
   * Rewrites a journal of which more than half is out of date. What was written counts without it: where it fails, as on a
   * disk that is nearly full, it is tried again when there is more to gain.
   */
  private async collectGarbage(): Promise<void> {
    const { garbage, end } = this.journal
    if (garbage <= this.garbageLimit || 2 * garbage <= end) return
    try {
      await this.rewrite()
      this.garbageLimit = this.options.leastGarbage
    } catch {
      this.garbageLimit = garbage + Math.max(this.options.leastGarbage, garbage / 4)
    }
  }

  async putSeed(seed: number): Promise<void> {
    this.batch?.changes.push({ do: 'seed', seed })
  }

  private async append(changes: readonly JournalChange[], bodies: readonly Uint8Array[]): Promise<void> {
    await this.lock?.check()
    const file = this.openedFile()
    const { journal } = this
    const frame = frameOf(changes, bodies)
    await this.renewCopy()
    const copied = this.copy?.append(frame.bytes, journal.end)
    // A failure of the copy is thrown below, when this write is done.
    copied?.catch(() => undefined)
    try {
      await writeAll(file, frame.bytes, journal.end)
      if (this.options.isDurable) await file.datasync()
      await copied
    } catch (error) {
      // What may be there of the frame must not be read as one.
      await copied?.catch(() => undefined)
      await file.truncate(journal.end).catch(() => undefined)
      await this.copy?.truncate(journal.end).catch(() => undefined)
      throw withPath(error, join(this.folder, JOURNAL_FILE))
    }
    journal.apply(changes, journal.end + frame.bodyAt, journal.end + frame.bytes.length)
  }

  /** Writes what still counts to another journal, which takes the place of this one. */
  private async rewrite(): Promise<void> {
    const path = join(this.folder, JOURNAL_FILE)
    const from = this.openedFile()
    const to = await open(`${path}.new`, 'w+')
    const journal = new Journal()
    try {
      await this.writeTo(to, journal)
      await to.sync()
      await rename(`${path}.new`, path)
    } catch (error) {
      await to.close().catch(() => undefined)
      await rm(`${path}.new`, { force: true }).catch(() => undefined)
      throw error
    }
    this.oldFiles.push(from)
    this.file = to
    this.journal = journal
    this.isCopyOld = this.copy !== null
    await syncFolder(this.folder)
    await this.renewCopy()
  }

  /** Has the copy follow a journal that was rewritten. Until then the copy is the journal before, which has the same data. */
  private async renewCopy(): Promise<void> {
    if (!this.isCopyOld) return
    await this.copy?.replace(join(this.folder, JOURNAL_FILE))
    this.isCopyOld = false
  }

  /** Writes what still counts to another file, of which `journal` is then the journal. */
  private async writeTo(to: FileHandle, journal: Journal): Promise<void> {
    const before = this.journal
    const from = this.openedFile()
    const appendFrame = async (changes: readonly JournalChange[], bodies: readonly Uint8Array[]) => {
      const frame = frameOf(changes, bodies)
      await writeAll(to, frame.bytes, journal.end)
      journal.apply(changes, journal.end + frame.bodyAt, journal.end + frame.bytes.length)
    }
    await appendFrame(
      [
        { do: 'seed', seed: this.seed },
        { do: 'put-datasets', records: [...before.datasets.values()] },
        { do: 'put-states', states: [...before.states.values()] },
      ],
      [],
    )
    let [changes, bodies, bytes]: [JournalChange[], Uint8Array[], number] = [[], [], 0]
    for (const { log, first, segment, head } of before.places()) {
      changes.push({ do: 'put-segment', log, first, segment: segment.length, head: head.length })
      bodies.push(await bytesAt(from, segment), await bytesAt(from, head))
      bytes += segment.length + head.length
      if (bytes < REWRITE_BYTES) continue
      await appendFrame(changes, bodies)
      ;[changes, bodies, bytes] = [[], [], 0]
    }
    if (changes.length > 0) await appendFrame(changes, bodies)
  }

  async segmentsAt(log: number, firsts: readonly number[]): Promise<(Segment | undefined)[]> {
    return this.readAll<Segment>(firsts.map((first) => this.journal.place(log, first)?.segment))
  }

  async segmentsBetween(log: number, from: number, to: number): Promise<readonly Segment[]> {
    const places = this.journal.between(log, from, to)
    return (await this.readAll<Segment>(places.map(({ segment }) => segment))).filter((one) => one !== undefined)
  }

  async headsAt(log: number, firsts: readonly number[]): Promise<(SegmentHead | undefined)[]> {
    return this.readAll<SegmentHead>(firsts.map((first) => this.journal.place(log, first)?.head))
  }

  async headsAfter(log: number, after: number, limit: number): Promise<readonly SegmentHead[]> {
    const places = this.journal.between(log, after + 1, Number.POSITIVE_INFINITY).slice(0, limit)
    return (await this.readAll<SegmentHead>(places.map(({ head }) => head))).filter((one) => one !== undefined)
  }

  private readAll<T>(pieces: readonly (Piece | undefined)[]): Promise<(T | undefined)[]> {
    const file = this.openedFile()
    // What is in the journal was put there by this module.
    return Promise.all(pieces.map(async (piece) => piece && (deserialize(await bytesAt(file, piece)) as T)))
  }

  async state(key: string): Promise<StateRecord | undefined> {
    return this.journal.states.get(key)
  }

  async statesAfter(prefix: string, after: string | null, limit: number): Promise<readonly StateRecord[]> {
    const keys = [...this.journal.states.keys()].filter(
      (key) => key.startsWith(prefix) && (after === null || key > after),
    )
    const found = keys.sort().slice(0, limit)
    return found.flatMap((key) => this.journal.states.get(key) ?? [])
  }

  async close(): Promise<void> {
    const open = this.file
    this.file = null
    for (const file of [...this.oldFiles.splice(0), ...(open ? [open] : [])]) await file.close()
    await this.copy?.close()
    this.copy = null
    if (!open) return
    await this.lock?.release()
    this.lock = null
    if (!this.options.isDurable) await this.remove()
  }

  /** Removes the folder; where a system keeps files that are open, it is done when they are closed. */
  private async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true }).catch(() => undefined)
  }

  private openedFile(): FileHandle {
    if (!this.file) throw new Error(`the storage in ${this.folder} is not open`)
    return this.file
  }
}

/** A frame that is whole, or null. */
async function frameAt(file: FileHandle, at: number, size: number): Promise<JournalFrame | null> {
  if (at + FRAME_HEAD > size) return null
  const head = await bytesAt(file, { at, length: FRAME_HEAD })
  const header = head.readUInt32LE(4)
  const body = head.readUIntLE(8, 6)
  const bodyAt = at + FRAME_HEAD + header
  const end = bodyAt + body
  if (head.toString('latin1', 0, 4) !== 'PWB1' || end > size) return null
  // Every frame but the last was flushed before the next was begun.
  if (end === size) {
    const bytes = await bytesAt(file, { at: at + FRAME_HEAD, length: header + body })
    if (!createHash('sha1').update(bytes).digest().equals(head.subarray(14, FRAME_HEAD))) return null
  }
  const changes = deserialize(await bytesAt(file, { at: at + FRAME_HEAD, length: header })) as readonly JournalChange[]
  return { changes, body: bodyAt, end }
}

/** Reads bytes of a file; an error where it ends before them. */
export async function bytesAt(file: FileHandle, { at, length }: Piece): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done)
    if (bytesRead === 0) throw new Error('a segment reaches beyond the end of the journal')
    done += bytesRead
  }
  return bytes
}

/** An error of the system with the path that it does not name itself, as where a file is open already. */
function withPath(error: unknown, path: string): unknown {
  return error instanceof Error && !('path' in error) ? Object.assign(error, { path }) : error
}

/** Writes all of the bytes from a place of a file on. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
  }
}
