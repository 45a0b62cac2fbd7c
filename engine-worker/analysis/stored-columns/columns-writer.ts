/** Writes the columns of a dataset: chunk after chunk, each with the record in one commit. */
import type { Entity, Value } from '../../entity/value.ts'
import type { DatasetStore, StateWrite } from '../../storage/store.ts'
import { ChunkBuilder, type ChunkRows, type ColumnChunk, joinChunks, rowOfVersion } from './column-chunk.ts'
import {
  type ChunkRecord,
  type ColumnsRecord,
  chunkRemoval,
  chunkStates,
  readChunk,
  readRows,
  recordState,
  rowsState,
} from './columns-record.ts'

/** A chunk is joined with the one before where that has less than so many times its rows. */
const JOIN_FACTOR = 2

/** The columns of one dataset while they follow it. */
export class ColumnsWriter {
  readonly generation: number
  position: number
  versions: number | null
  witness: ColumnsRecord['witness']
  private chunks: ChunkRecord[]
  private next: number
  private builder: ChunkBuilder
  /** Rows of chunks of which some were replaced. */
  private readonly rows = new Map<number, ChunkRows>()
  private readonly changed = new Set<number>()

  constructor(
    private readonly store: DatasetStore,
    private readonly dataset: string,
    { generation, position, versions, witness, chunks }: ColumnsRecord,
    private readonly chunkRows: number,
  ) {
    this.builder = new ChunkBuilder(chunkRows)
    this.generation = generation
    this.position = position
    this.versions = versions
    this.witness = witness
    this.chunks = [...chunks]
    this.next = Math.max(0, ...chunks.map(({ number }) => number)) + 1
  }

  /** Rows that are there, without those that were added since the last save. */
  get live(): number {
    return this.chunks.reduce((sum, { live }) => sum + live, 0)
  }

  /** Adds a version; true where a chunk is full, so that it is to be saved. */
  add(updated: number, entity: Entity, ts: Value | undefined): boolean {
    this.builder.add(updated, entity, ts)
    return this.builder.isFull
  }

  /** Notes that a version is no longer the latest. */
  async replace(updated: number): Promise<void> {
    if (updated === 0 || this.builder.replace(updated)) return
    const place = this.chunks.findIndex(({ first, last }) => first <= updated && updated <= last)
    const chunk = this.chunks[place]
    if (!chunk) return
    const rows = this.rows.get(chunk.number) ?? (await readRows(this.store, this.dataset, chunk.number))
    if (!rows) return
    this.rows.set(chunk.number, rows)
    const row = rowOfVersion(rows.updated, updated)
    if (row < 0 || rows.gone[row] === 1) return
    rows.gone[row] = 1
    this.changed.add(chunk.number)
    this.chunks[place] = { ...chunk, live: chunk.live - 1 }
  }

  /** Keeps everything that was added. */
  async save(): Promise<void> {
    const states: StateWrite[] = []
    for (const number of this.changed) {
      const rows = this.rows.get(number)
      if (rows) states.push(rowsState(this.dataset, number, rows))
    }
    if (this.builder.rows > 0) {
      states.push(...this.put(this.chunks.length, 0, this.builder.build()))
      this.builder = new ChunkBuilder(this.chunkRows)
    }
    await this.commit(states)
    this.changed.clear()
  }

  /**
   * Keeps everything, and joins small chunks and those that lost most of their rows.
   * @param turn lets other work of the thread have its turn
   */
  async end(turn: () => Promise<void>): Promise<void> {
    await this.save()
    this.rows.clear()
    for (let place = this.chunks.length - 1; place >= 0; place--) {
      const chunk = this.chunks[place]
      const before = this.chunks[place - 1]
      if (!chunk) continue
      const isSmall = before && before.live < JOIN_FACTOR * chunk.live && before.live + chunk.live <= this.chunkRows
      await turn()
      if (isSmall) await this.join(place - 1, [before, chunk])
      else if (2 * chunk.live <= chunk.rows) await this.join(place, [chunk])
    }
  }

  private async join(from: number, records: readonly ChunkRecord[]): Promise<void> {
    const parts: ColumnChunk[] = []
    for (const record of records) {
      const chunk = record.live > 0 ? await readChunk(this.store, this.dataset, record) : null
      if (record.live > 0 && !chunk) return
      if (chunk) parts.push(chunk)
    }
    const removed = records.flatMap((record) => chunkRemoval(this.dataset, record))
    if (parts.length > 0) await this.commit([...removed, ...this.put(from, records.length, joinChunks(parts))])
    else {
      this.chunks.splice(from, records.length)
      await this.commit(removed)
    }
  }

  /** Puts a chunk in the place of others; gives its states. */
  private put(from: number, replaced: number, chunk: ColumnChunk): readonly StateWrite[] {
    const { record, states } = chunkStates(this.dataset, this.next++, chunk)
    this.chunks.splice(from, replaced, record)
    return states
  }

  private async commit(states: readonly StateWrite[]): Promise<void> {
    const { generation, position, versions, witness, chunks } = this
    const record = { generation, position, versions, witness, chunks }
    await this.store.commit({ states: [...states, recordState(this.dataset, record)] })
  }
}
