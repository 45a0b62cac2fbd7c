/** Chunks of columns: the values of some thousand rows of a dataset, property by property. */
import type { Entity, Value } from '../../entity/value.ts'
import { type ColumnParts, ColumnValues } from '../column-values.ts'
import { textOfValue } from './column-texts.ts'

/** Most rows of a chunk, and about how much memory one takes while it is made. */
export const CHUNK_ROWS = 1 << 15
const CHUNK_BYTES = 24_000_000
/** The size is looked at after so many rows. */
const SIZE_CHECK_ROWS = 512
/** Of so many properties columns are kept; those of further ones are read when they are asked for. */
const MAX_COLUMNS = 100

/** The rows of a chunk. */
export interface ChunkRows {
  /** By row: its version, ascending, and 1 where that is no longer the latest. */
  readonly updated: Float64Array
  readonly gone: Uint8Array
}

/** A chunk in memory. */
export interface ColumnChunk extends ChunkRows {
  readonly columns: ReadonlyMap<string, ColumnParts>
  /** Whether there are properties whose columns are not kept. */
  readonly isPartial: boolean
}

/** Whether a property has a column: what the store sets has none, but for the time of the version. */
function hasColumn(name: string): boolean {
  return !name.startsWith('_') || name === '_id'
}

/** Collects rows for a chunk. */
export class ChunkBuilder {
  rows = 0
  isFull = false
  private readonly updated: number[] = []
  private readonly replaced: number[] = []
  private readonly columns = new Map<string, ColumnValues>()
  private isPartial = false

  constructor(private readonly mostRows: number) {}

  /** @param ts when the version was written */
  add(updated: number, entity: Entity, ts: Value | undefined): void {
    for (const name of Object.keys(entity)) if (hasColumn(name)) this.put(name, entity[name])
    this.put('_ts', ts)
    this.updated.push(updated)
    this.rows++
    this.isFull ||= this.rows >= this.mostRows || (this.rows % SIZE_CHECK_ROWS === 0 && this.totalBytes() > CHUNK_BYTES)
  }

  /** Notes that a version is no longer the latest; false where it is not here. */
  replace(updated: number): boolean {
    const row = rowOfVersion(this.updated, updated)
    if (row >= 0) this.replaced.push(row)
    return row >= 0
  }

  /** The chunk of everything that was added. */
  build(): ColumnChunk {
    for (const column of this.columns.values()) column.addAbsent(this.rows - column.rows)
    const gone = new Uint8Array(this.rows)
    for (const row of this.replaced) gone[row] = 1
    return { updated: Float64Array.from(this.updated), gone, columns: this.columns, isPartial: this.isPartial }
  }

  private put(name: string, value: Value | undefined): void {
    if (value === undefined) return
    let column = this.columns.get(name)
    if (!column) {
      if (this.columns.size === MAX_COLUMNS) {
        this.isPartial = true
        return
      }
      column = newColumn()
      this.columns.set(name, column)
    }
    column.addAbsent(this.rows - column.rows)
    column.add(value)
  }

  private totalBytes(): number {
    let sum = 0
    for (const { bytes } of this.columns.values()) sum += bytes
    return sum
  }
}

/** No more shapes are told apart than a number of two bytes does, which is more than the rows of a chunk have. */
function newColumn(): ColumnValues {
  return new ColumnValues(2 * CHUNK_ROWS - 1, textOfValue)
}

/** Chunks that follow each other as one, without the rows that are gone. */
export function joinChunks(chunks: readonly ColumnChunk[]): ColumnChunk {
  const names = [...new Set(chunks.flatMap(({ columns }) => [...columns.keys()]))]
  const isKept = (name: string) => chunks.every(({ columns, isPartial }) => columns.has(name) || !isPartial)
  const columns = new Map<string, ColumnValues>()
  for (const name of names.filter(isKept)) {
    const joined = newColumn()
    for (const { columns: parts, gone } of chunks) {
      const part = parts.get(name)
      if (part) joined.addAll(part, gone)
      else joined.addAbsent(liveRows(gone))
    }
    columns.set(name, joined)
  }
  const updated = chunks.flatMap((chunk) => [...chunk.updated].filter((_, row) => chunk.gone[row] !== 1))
  const isPartial = chunks.some((chunk) => chunk.isPartial)
  return { updated: Float64Array.from(updated), gone: new Uint8Array(updated.length), columns, isPartial }
}

/** How many rows are still there. */
export function liveRows(gone: Uint8Array): number {
  let live = 0
  for (let row = 0; row < gone.length; row++) if (gone[row] !== 1) live++
  return live
}

/** The row of a version in an ascending list, or -1. */
export function rowOfVersion(all: ArrayLike<number>, version: number, rows: number = all.length): number {
  let from = 0
  let to = rows
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((all[middle] ?? 0) < version) from = middle + 1
    else to = middle
  }
  return from < rows && all[from] === version ? from : -1
}
