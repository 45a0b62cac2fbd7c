/**
 * A storage with a second copy of all that it holds: every batch is written to the copy before it counts, so that what is
 * acknowledged is in both (features/durable-data.rst). The copy is a whole content and a file for each batch since; when
 * those take more than the content, it is written anew. A storage that has lost its data takes it from the copy.
 */
import { Fault, problem, reasonOf } from '../../problem.ts'
import type { Segment, SegmentHead } from '../log/segment.ts'
import type { DatasetRecord, SegmentStorage, SegmentWriter, StateRecord } from '../log/segment-storage.ts'
import { applyChange, ChangeList } from './changes.ts'
import { contentFrames, type ReplaceableStorage, type RestoreMark, replaceContent } from './content.ts'
import type { CopyFolder } from './folder.ts'
import { type CopyFrame, printFrame, readContent, readFrames } from './frame.ts'

const copyFailed = problem<{ project: string; reason: string }>({
  code: 'copy-failed',
  severity: 'error',
  says: ({ project, reason }) =>
    `The second copy of the data of ${project} could not be written (${reason}), so nothing of this batch was stored.`,
  fix: () => 'Free space, allow the folder again, or choose another place for the copy in Operations.',
})

/** Under this key the storage knows how many batches it has seen since it first had a copy. */
const BATCH_KEY = 'storage/batch'
const CONTENT_FILE = /^content-(\d{12})$/
const CHANGE_FILE = /^batch-(\d{12})$/
/** Files of batches, and bytes of them, that are worth a new content at least. */
const MAX_CHANGE_FILES = 300
const MIN_CHANGE_BYTES = 4_000_000

/** How the copy stands. */
interface CopyState {
  /** When the last batch was written, in milliseconds since 1970; null where none was since the project was opened. */
  readonly at: number | null
  readonly bytes: number
}

/** Where a copy is kept, of a project. */
interface CopiedOptions {
  /** Named in problems. */
  readonly project: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A copy that takes the place of the data where that is lost. */
  readonly lost?: CopyFolder | null
}

export class CopiedStorage implements SegmentStorage {
  private folder: CopyFolder | null = null
  private datasets = new Map<string, DatasetRecord>()
  private batchNumber = 0
  /** The copy lacks something, so that it has to be written anew. */
  private isStale = true
  private lastCopyState: CopyState = { at: null, bytes: 0 }
  private contentBytes = 0
  private changeFiles = 0
  private tail: Promise<unknown> = Promise.resolve()
  /** The content was replaced, which the store over this storage does not know. */
  private isReplaced = false

  constructor(
    private readonly inner: ReplaceableStorage,
    private readonly options: CopiedOptions,
  ) {}

  get seed(): number {
    return this.inner.seed
  }

  /** How the copy stands; null where none is kept. */
  get copyState(): CopyState | null {
    return this.folder && this.lastCopyState
  }

  /** Does something while no batch is written. */
  private runInTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.tail.then(work, work)
    this.tail = result.catch(() => undefined)
    return result
  }

  /** Opens the storage; where it holds nothing and there is a copy, it takes that. */
  async open(random: () => number): Promise<readonly DatasetRecord[]> {
    const { lost } = this.options
    let records = await this.inner.open(random)
    this.batchNumber = Number((await this.inner.state(BATCH_KEY))?.value ?? 0)
    if (lost && records.length === 0 && this.batchNumber === 0) {
      const chain = await chainIn(lost)
      if (chain) {
        records = await replaceContent(this.inner, records, chain.frames())
        this.batchNumber = Number((await this.inner.state(BATCH_KEY))?.value ?? 0)
      }
    }
    this.datasets = new Map(records.map((record) => [record.name, record]))
    return records
  }

  /** Keeps the copy in a folder from now on, or (null) none. What is there is used where it is of this state. */
  follow(folder: CopyFolder | null): Promise<void> {
    return this.runInTurn(async () => {
      this.folder = folder
      this.lastCopyState = { at: null, bytes: 0 }
      if (!folder) return
      const chain = await chainIn(folder)
      this.isStale = chain?.seed !== this.seed || chain.batch !== this.batchNumber
      if (this.isStale) await this.copyAll(folder)
      else if (chain) {
        this.lastCopyState = { at: null, bytes: chain.bytes }
        this.contentBytes = chain.contentBytes
        this.changeFiles = chain.files - 1
      }
    })
  }

  write(work: (to: SegmentWriter) => Promise<void>): Promise<void> {
    if (this.isReplaced) return Promise.reject(new Error('the data was replaced: the store has to be opened again'))
    return this.runInTurn(() => (this.folder ? this.writeBoth(this.folder, work) : this.writeBatch(work)))
  }

  private async writeBatch(work: (to: SegmentWriter) => Promise<void>): Promise<void> {
    // Counted where there has been a copy, so that one that lacks this batch is known.
    const batch = this.batchNumber === 0 ? 0 : this.batchNumber + 1
    await this.inner.write(async (to) => {
      await work(this.recordingWriter(to))
      if (batch > 0) await to.putStates([batchRecord(batch)])
    })
    this.batchNumber = batch
  }

  /** A writer that also keeps in mind which datasets there are. */
  private recordingWriter(to: SegmentWriter): SegmentWriter {
    return {
      putSegments: (packed) => to.putSegments(packed),
      deleteSegments: (log, firsts) => to.deleteSegments(log, firsts),
      deleteAfter: (log, after) => to.deleteAfter(log, after),
      putDatasets: (records) => {
        for (const record of records) this.datasets.set(record.name, record)
        return to.putDatasets(records)
      },
      deleteDatasets: (names) => {
        for (const name of names) this.datasets.delete(name)
        return to.deleteDatasets(names)
      },
      putStates: (states) => to.putStates(states),
      deleteStates: (keys) => to.deleteStates(keys),
    }
  }

  private async writeBoth(folder: CopyFolder, work: (to: SegmentWriter) => Promise<void>): Promise<void> {
    const list = new ChangeList()
    await work(list)
    if (list.changes.length === 0) return
    if (this.isStale) await this.copyAll(folder)
    const batch = this.batchNumber + 1
    const changes = [...list.changes, { do: 'put-states', states: [batchRecord(batch)] } as const]
    const bytes = printFrame({ seed: this.seed, batch, changes })
    const name = fileName('batch', batch)
    await this.guarded(() => folder.write(name, [bytes]))
    try {
      await this.inner.write(async (to) => {
        for (const change of changes) await applyChange(change, this.recordingWriter(to))
      })
    } catch (error) {
      // The copy must not be ahead of what counts.
      this.isStale = true
      await folder.remove(name).catch(() => undefined)
      throw error
    }
    this.batchNumber = batch
    this.changeFiles++
    this.lastCopyState = { at: this.options.now(), bytes: this.lastCopyState.bytes + bytes.length }
    const extra = this.lastCopyState.bytes - this.contentBytes
    if (this.changeFiles >= MAX_CHANGE_FILES || extra > Math.max(MIN_CHANGE_BYTES, this.contentBytes)) {
      // What is there is a whole copy; where the new one fails, the next batch tries again.
      await this.copyAll(folder).catch(() => undefined)
    }
  }

  /** Writes the whole content to the copy; what was there before goes. */
  private async copyAll(folder: CopyFolder): Promise<void> {
    if (this.batchNumber === 0) {
      await this.inner.write(async (to) => to.putStates([batchRecord(1)]))
      this.batchNumber = 1
    }
    const { batchNumber: batch, inner, datasets } = this
    const before = await this.guarded(() => folder.list())
    // The file counts by its name and its last frame only.
    const name = fileName('content', batch)
    let length = 0
    const parts = async function* () {
      for await (const frame of contentFrames(inner, [...datasets.values()], batch)) {
        const bytes = printFrame(frame)
        length += bytes.length
        yield bytes
      }
    }
    await this.guarded(() => folder.write(name, parts()))
    for (const { name: old } of before) if (isCopyFile(old) && old !== name) await folder.remove(old)
    this.isStale = false
    this.changeFiles = 0
    this.contentBytes = length
    this.lastCopyState = { at: this.options.now(), bytes: length }
  }

  private async guarded<T>(access: () => Promise<T>): Promise<T> {
    try {
      return await access()
    } catch (error) {
      throw new Fault(copyFailed({ project: this.options.project, reason: reasonOf(error) }))
    }
  }

  /** The whole content as bytes for a file, as it is now; batches wait meanwhile. */
  backUp(write: (parts: AsyncIterable<Uint8Array<ArrayBuffer>>) => Promise<void>): Promise<void> {
    return this.runInTurn(async () => {
      const { inner, datasets, batchNumber: batch } = this
      const parts = async function* () {
        for await (const frame of contentFrames(inner, [...datasets.values()], batch)) yield printFrame(frame)
      }
      await write(parts())
    })
  }

  /** Puts a content in the place of this one. The storage has to be opened again afterwards. */
  restore(frames: AsyncIterable<CopyFrame>, mark: RestoreMark): Promise<number> {
    return this.runInTurn(async () => {
      this.isStale = true
      this.isReplaced = true
      const batch = this.batchNumber + 1
      const before = [...this.datasets.values()]
      const records = await replaceContent(this.inner, before, frames, { mark, states: [batchRecord(batch)] })
      this.batchNumber = batch
      this.datasets = new Map(records.map((record) => [record.name, record]))
      return records.length
    })
  }

  segmentsAt(log: number, firsts: readonly number[]): Promise<(Segment | undefined)[]> {
    return this.inner.segmentsAt(log, firsts)
  }

  segmentsBetween(log: number, from: number, to: number): Promise<readonly Segment[]> {
    return this.inner.segmentsBetween(log, from, to)
  }

  headsAt(log: number, firsts: readonly number[]): Promise<(SegmentHead | undefined)[]> {
    return this.inner.headsAt(log, firsts)
  }

  headsAfter(log: number, after: number, limit: number): Promise<readonly SegmentHead[]> {
    return this.inner.headsAfter(log, after, limit)
  }

  async state(key: string): Promise<StateRecord | undefined> {
    return this.inner.state(key)
  }

  statesAfter(prefix: string, after: string | null, limit: number): Promise<readonly StateRecord[]> {
    return this.inner.statesAfter(prefix, after, limit)
  }

  async close(): Promise<void> {
    await this.runInTurn(async () => this.inner.close())
  }
}

function batchRecord(batch: number): StateRecord {
  return { key: BATCH_KEY, value: String(batch) }
}

function fileName(kind: 'content' | 'batch', batch: number): string {
  return `${kind}-${String(batch).padStart(12, '0')}`
}

function isCopyFile(name: string): boolean {
  return CONTENT_FILE.test(name) || CHANGE_FILE.test(name)
}

/** What a folder holds of a copy: a whole content and the batches that follow it without a gap. */
interface CopyChain {
  readonly seed: number
  readonly batch: number
  readonly bytes: number
  readonly contentBytes: number
  readonly files: number
  readonly frames: () => AsyncGenerator<CopyFrame>
}

/** The newest content of a folder that is whole; null where there is none. */
async function chainIn(folder: CopyFolder): Promise<CopyChain | null> {
  const files = await folder.list()
  const sizes = new Map(files.map(({ name, bytes }) => [name, bytes]))
  const contents = files.flatMap(({ name }) => CONTENT_FILE.exec(name)?.[1] ?? []).sort()
  for (const number of contents.reverse()) {
    const first = `content-${number}`
    const seed = await seedOf(folder, first)
    if (seed === null) continue
    const names = [first]
    let batch = Number(number)
    while (sizes.has(fileName('batch', batch + 1)) && (await seedOf(folder, fileName('batch', batch + 1))) === seed) {
      batch++
      names.push(fileName('batch', batch))
    }
    const sizeOf = (name: string) => sizes.get(name) ?? 0
    return {
      seed,
      batch,
      files: names.length,
      bytes: names.reduce((sum, name) => sum + sizeOf(name), 0),
      contentBytes: sizeOf(first),
      frames: async function* () {
        for (const name of names) yield* readFrames(name, await folder.open(name))
      },
    }
  }
  return null
}

/** The seed of a file of the copy that is whole, or null. Reads it to its end. */
async function seedOf(folder: CopyFolder, name: string): Promise<number | null> {
  try {
    const read = await folder.open(name)
    let seed: number | null = null
    const frames = CONTENT_FILE.test(name) ? readContent(name, read) : readFrames(name, read)
    for await (const frame of frames) seed = frame.seed
    return seed
  } catch (error) {
    // Cut off: its writing was ended.
    if (error instanceof Fault) return null
    throw error
  }
}
