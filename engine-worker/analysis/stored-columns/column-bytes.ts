/**
 * Columns and rows as bytes, to be kept with the datasets: about 10 bytes of a value that comes once, 1 byte of one of
 * few values, 1 byte or less of a row.
 */
import type { Kind } from '../../entity/value.ts'
import { type ColumnParts, NULL } from '../column-values.ts'
import type { ChunkRows } from './column-chunk.ts'
import { packLists, unpackLists } from './packed-lists.ts'

interface ColumnHead {
  readonly rows: number
  readonly used: number
  readonly kinds: readonly Kind[]
  readonly shapes: readonly string[]
}

const zero = () => 0
const one = () => 1
/** The number of a row whose value was never there before, where all are so. */
const inOrder = (row: number) => row + NULL + 1

function columnLists({ rows, used }: Pick<ColumnHead, 'rows' | 'used'>) {
  const byNumber = { length: used, expected: zero }
  return [{ length: rows, expected: inOrder }, byNumber, byNumber, byNumber, { length: 2 * used, expected: zero }]
}

/** A column as bytes. */
export function columnBytes(column: ColumnParts): Uint8Array<ArrayBuffer> {
  const { rows, used, numbers, kinds, shapes, measures, hashes, kindNames, shapeNames } = column
  const head: ColumnHead = { rows, used, kinds: kindNames, shapes: shapeNames }
  const lists = [numbers, kinds, shapes, measures, hashes]
  return packLists(
    head,
    columnLists(head).map((form, place) => ({ ...form, numbers: lists[place] ?? [] })),
  )
}

/** The column again; null where the bytes are none. */
export function columnOfBytes(bytes: Uint8Array): ColumnParts | null {
  const unpacked = unpackLists<ColumnHead>(bytes, columnLists)
  if (!unpacked) return null
  const { rows, used, kinds, shapes } = unpacked.head
  const [numbers = [], ofKind = [], ofShape = [], measures = [], hashes = []] = unpacked.lists
  return { rows, used, numbers, kinds: ofKind, shapes: ofShape, measures, hashes, kindNames: kinds, shapeNames: shapes }
}

interface RowsHead {
  readonly rows: number
}

/** Most versions follow each other, and most are still there. */
function rowLists({ rows }: RowsHead) {
  return [
    { length: rows, expected: one },
    { length: rows, expected: zero },
  ]
}

/** The rows of a chunk as bytes. */
export function rowsBytes({ updated, gone }: ChunkRows): Uint8Array<ArrayBuffer> {
  const steps = updated.map((version, row) => version - (row === 0 ? 0 : (updated[row - 1] ?? 0)))
  const head: RowsHead = { rows: updated.length }
  const lists = [steps, gone]
  return packLists(
    head,
    rowLists(head).map((form, place) => ({ ...form, numbers: lists[place] ?? [] })),
  )
}

/** The rows again; null where the bytes are none. */
export function rowsOfBytes(bytes: Uint8Array): ChunkRows | null {
  const unpacked = unpackLists<RowsHead>(bytes, rowLists)
  if (!unpacked) return null
  const [steps = [], gone = []] = unpacked.lists
  const updated = new Float64Array(unpacked.head.rows)
  for (let row = 0, version = 0; row < updated.length; row++) {
    version += steps[row] ?? 0
    updated[row] = version
  }
  return { updated, gone: Uint8Array.from(gone) }
}
