/**
 * The columns of datasets, kept beside their logs as chunks that follow these, so that a profile or a filter does not
 * read a million entities first. Derived: they can always be made anew, and are where they do not fit the log.
 */
import { readEntity } from '../../entity/transit.ts'
import type { DatasetInfo, DatasetStore, RowBatch } from '../../storage/store.ts'
import type { ColumnParts } from '../column-values.ts'
import { CHUNK_ROWS, type ChunkRows } from './column-chunk.ts'
import {
  type ChunkRecord,
  type ColumnsRecord,
  datasetsWithColumns,
  noColumns,
  readColumn,
  readColumnsRecord,
  readRows,
  readTexts,
  removalStates,
} from './columns-record.ts'
import { ColumnsWriter } from './columns-writer.ts'

/** How many rows are read before other work gets its turn. */
const BATCH_SIZE = 500

/** What is kept of a dataset's columns, as far as they follow it. */
export interface StoredRows {
  /** Versions up to here are in it, of so many as the log had up to there; null where that is not known. */
  readonly position: number
  readonly versions: number | null
  readonly chunks: readonly ChunkRows[]
  /** A column, chunk by chunk; null of a chunk that has no such property, and null altogether where it is not kept. */
  readonly column: (property: string) => Promise<readonly (ColumnParts | null)[] | null>
  /** The same of one chunk, with the texts of its values, a line each, where there are any. */
  readonly columnOfChunk: (chunk: number, property: string) => Promise<StoredColumn | null>
}

/** A column of a chunk that is kept; its parts are null where the chunk has no such property. */
export interface StoredColumn {
  readonly parts: ColumnParts | null
  readonly texts: string | null
}

/** The kept columns of one store. */
export class StoredColumns {
  /** One dataset follows after the other. */
  private running: Promise<unknown> = Promise.resolve()
  /** What follows its dataset now. */
  private current: { readonly dataset: string; readonly stop: AbortController; readonly done: Promise<void> } | null =
    null

  /**
   * @param turn lets other work of the thread have its turn, for as long as it likes unless the signal is aborted
   * @param chunkRows most rows of a chunk
   */
  constructor(
    private readonly store: DatasetStore,
    private readonly turn: (signal: AbortSignal) => Promise<void>,
    private readonly chunkRows = CHUNK_ROWS,
  ) {}

  /** Brings the columns of a dataset up to date. Ends early, with what was made kept, when `signal` is aborted. */
  follow(dataset: string, signal: AbortSignal): Promise<void> {
    const following = this.running.then(() => {
      const stop = new AbortController()
      const done = this.catchUp(dataset, AbortSignal.any([signal, stop.signal]))
      this.current = { dataset, stop, done }
      return done
    })
    this.running = following.catch(() => undefined)
    return following
  }

  /** About what the columns of a dataset take. */
  async bytes(dataset: string): Promise<number> {
    const record = await readColumnsRecord(this.store, dataset)
    return record?.chunks.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0
  }

  /** Whether columns of a dataset are kept. */
  async has(dataset: string): Promise<boolean> {
    return (await readColumnsRecord(this.store, dataset)) !== null
  }

  /** Removes the columns of a dataset. */
  async remove(dataset: string): Promise<void> {
    const { current } = this
    if (current?.dataset === dataset) {
      current.stop.abort()
      await current.done.catch(() => undefined)
    }
    await this.drop(dataset)
  }

  /** Removes what is kept of datasets that are not there any more. */
  async removeStale(datasets: ReadonlySet<string>): Promise<void> {
    for (const dataset of await datasetsWithColumns(this.store)) if (!datasets.has(dataset)) await this.remove(dataset)
  }

  /** What is kept of a dataset; null where nothing is that fits its log. */
  async rows(info: DatasetInfo): Promise<StoredRows | null> {
    const { store } = this
    const { name } = info
    const record = await readColumnsRecord(store, name)
    if (!record || record.position === 0 || !(await this.isOfLog(record, info))) return null
    const { position, versions } = record
    const chunks = await Promise.all(record.chunks.map(({ number }) => readRows(store, name, number)))
    const found = chunks.filter((chunk) => chunk !== null)
    if (found.length < chunks.length) return null
    const isMissing = (property: string, { isPartial, properties }: ChunkRecord) =>
      (isPartial && !properties.includes(property)) || (property.startsWith('_') && !/^_(?:id|ts)$/.test(property))
    const columnOfChunk = async (chunk: number, property: string) => {
      const of = record.chunks[chunk]
      if (!of || isMissing(property, of)) return null
      if (!of.properties.includes(property)) return { parts: null, texts: null }
      const [parts, texts] = await Promise.all([
        readColumn(store, name, of.number, property),
        readTexts(store, name, of.number, property),
      ])
      return parts && { parts, texts }
    }
    const column = async (property: string) => {
      if (record.chunks.some((chunk) => isMissing(property, chunk))) return null
      const parts = await Promise.all(
        record.chunks.map(({ number, properties }) =>
          properties.includes(property) ? readColumn(store, name, number, property) : undefined,
        ),
      )
      return parts.includes(null) ? null : parts.map((part) => part ?? null)
    }
    return { position, versions, chunks: found, column, columnOfChunk }
  }

  private async drop(dataset: string): Promise<void> {
    const states = await removalStates(this.store, dataset)
    await this.store.commit({ states })
  }

  private async isOfLog(record: ColumnsRecord, { name, generation, lastUpdated }: DatasetInfo): Promise<boolean> {
    const { witness, position } = record
    if (record.generation !== generation || position > lastUpdated) return false
    if (witness === null) return true
    const [text] = await this.store.textsAt(name, [witness.updated])
    // Compaction may have removed it.
    return typeof text !== 'string' || Number(readEntity(text)._ts) === witness.ts
  }

  private async catchUp(dataset: string, signal: AbortSignal): Promise<void> {
    // Compaction can remove versions without a trace in the log; then all is made anew.
    for (const _ of [1, 2]) {
      await this.turn(signal)
      const info = signal.aborted ? null : await this.store.info(dataset)
      if (!info) return signal.aborted ? undefined : this.drop(dataset)
      let record = await readColumnsRecord(this.store, dataset)
      if (record && !(await this.isOfLog(record, info))) {
        await this.drop(dataset)
        record = null
      }
      const before = record ?? noColumns(info.generation)
      const live = before.chunks.reduce((sum, chunk) => sum + chunk.live, 0)
      if (before.position >= info.lastUpdated && (info.pendingSince !== null || live === info.live)) return
      if (before.position < info.lastUpdated) {
        const writer = new ColumnsWriter(this.store, dataset, before, this.chunkRows)
        if (await this.read(writer, info, signal)) {
          await writer.end(() => this.turn(signal))
          if (signal.aborted || (await this.hasAll(dataset, writer))) return
        }
      }
      await this.drop(dataset)
    }
  }

  private async hasAll(dataset: string, writer: ColumnsWriter): Promise<boolean> {
    const info = await this.store.info(dataset)
    const isOfNow = info?.lastUpdated === writer.position && info.generation === writer.generation
    return !isOfNow || info.pendingSince !== null || info.live === writer.live
  }

  /** Reads what is new; false where versions are missing that may have replaced others. */
  private async read(writer: ColumnsWriter, info: DatasetInfo, signal: AbortSignal): Promise<boolean> {
    const isNew = writer.position === 0
    const since = writer.position
    const known = writer.versions
    const range = { since, until: info.lastUpdated, ...(isNew ? { live: true } : { history: true }) }
    let read = 0
    let expected = since + 1
    let hasGaps = false
    for await (const batch of this.store.rows(info.name, range)) {
      for (let from = 0; from < batch.updated.length && !signal.aborted; from += BATCH_SIZE) {
        const to = Math.min(from + BATCH_SIZE, batch.updated.length)
        for (let at = from; at < to; at++) {
          await this.addRow(writer, batch, at, isNew)
          hasGaps ||= batch.updated[at] !== expected
          expected = (batch.updated[at] ?? 0) + 1
        }
        read += to - from
        if (to > from) writer.witness = { updated: writer.position, ts: Number(batch.value(to - 1, '_ts') ?? 0) }
        await this.turn(signal)
      }
      if (signal.aborted) break
    }
    if (signal.aborted) {
      writer.versions = null
      return true
    }
    writer.position = info.lastUpdated
    const after = await this.store.info(info.name)
    const isOfThen = after?.lastUpdated === info.lastUpdated && after.pendingSince === null
    writer.versions = isOfThen ? after.versions : null
    // A version that compaction has removed may be the only one that tells of the one before it.
    return isNew || !hasGaps || known === null || !isOfThen || known + read === after.versions
  }

  private async addRow(writer: ColumnsWriter, batch: RowBatch, at: number, isNew: boolean): Promise<void> {
    const updated = batch.updated[at] ?? 0
    if (!isNew) await writer.replace(Number(batch.value(at, '_previous') ?? 0))
    writer.position = updated
    if (!isNew && batch.value(at, '_deleted') === true) return
    if (writer.add(updated, batch.content(at), batch.value(at, '_ts'))) await writer.save()
  }
}
