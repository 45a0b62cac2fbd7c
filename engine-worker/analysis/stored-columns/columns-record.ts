/** What is kept of the columns of a dataset: a record of its chunks, and for each chunk its rows and one state a column. */
import { isObject } from '../../entity/value.ts'
import type { DatasetStore, StateWrite } from '../../storage/store.ts'
import { type ColumnParts, NULL } from '../column-values.ts'
import { columnBytes, columnOfBytes, rowsBytes, rowsOfBytes } from './column-bytes.ts'
import { type ChunkRows, type ColumnChunk, liveRows } from './column-chunk.ts'
import { NO_TEXT, textsBytes, textsOfBytes } from './column-texts.ts'

const RECORD_PREFIX = 'column-index:'
const DATA_PREFIX = 'column-data:'
/** Which form this is; columns in another are made anew. */
const FORMAT_VERSION = 2

/** A chunk as it is kept. */
export interface ChunkRecord {
  readonly number: number
  readonly rows: number
  readonly live: number
  /** Versions of its first and last row. */
  readonly first: number
  readonly last: number
  readonly properties: readonly string[]
  /** Whether there are properties whose columns are not kept. */
  readonly isPartial: boolean
  readonly bytes: number
}

/** The columns of a dataset. */
export interface ColumnsRecord {
  readonly generation: number
  /** Versions up to here are in it. */
  readonly position: number
  /** Versions that the log had up to there; null where that is not known. */
  readonly versions: number | null
  /** A version that was taken into account, and its time: it is in that log only. */
  readonly witness: { readonly updated: number; readonly ts: number } | null
  readonly chunks: readonly ChunkRecord[]
}

/** Columns of nothing yet. */
export function noColumns(generation: number): ColumnsRecord {
  return { generation, position: 0, versions: 0, witness: null, chunks: [] }
}

/** The record of a dataset's columns; null where none are kept. */
export async function readColumnsRecord(store: DatasetStore, dataset: string): Promise<ColumnsRecord | null> {
  const state = await store.state(`${RECORD_PREFIX}${dataset}`)
  if (state instanceof Uint8Array || !isObject(state) || state.form !== FORMAT_VERSION) return null
  return typeof state.record === 'string' ? JSON.parse(state.record) : null
}

/** The datasets of which columns are kept. */
export async function datasetsWithColumns(store: DatasetStore): Promise<readonly string[]> {
  const names: string[] = []
  for await (const { key } of store.states(RECORD_PREFIX)) names.push(key.slice(RECORD_PREFIX.length))
  return names
}

/** The state that keeps a record. */
export function recordState(dataset: string, record: ColumnsRecord): StateWrite {
  return { key: `${RECORD_PREFIX}${dataset}`, value: { form: FORMAT_VERSION, record: JSON.stringify(record) } }
}

/** The states that remove everything that is kept of a dataset's columns. */
export async function removalStates(store: DatasetStore, dataset: string): Promise<readonly StateWrite[]> {
  const keys = [`${RECORD_PREFIX}${dataset}`]
  for await (const { key } of store.states(`${DATA_PREFIX}${dataset}\n`)) keys.push(key)
  return keys.map((key) => ({ key, value: null }))
}

/** The states that remove a chunk. */
export function chunkRemoval(dataset: string, { number, properties }: ChunkRecord): readonly StateWrite[] {
  const keys = [
    rowsKey(dataset, number),
    ...properties.map((property) => columnKey(dataset, number, property)),
    ...properties.map((property) => textsKey(dataset, number, property)),
  ]
  return keys.map((key) => ({ key, value: null }))
}

/** The states of a chunk that is new, and what the record says of it. */
export function chunkStates(
  dataset: string,
  number: number,
  chunk: ColumnChunk,
): { readonly record: ChunkRecord; readonly states: readonly StateWrite[] } {
  const { updated, gone, columns, isPartial } = chunk
  const states = [rowsState(dataset, number, chunk)]
  for (const [property, column] of columns) {
    states.push({ key: columnKey(dataset, number, property), value: columnBytes(column) })
    const { texts = [] } = column
    if (texts.every((text, place) => place <= NULL || text === NO_TEXT)) continue
    states.push({ key: textsKey(dataset, number, property), value: textsBytes(texts) })
  }
  const bytes = states.reduce((sum, { value }) => sum + value.length, 0)
  const [first = 0] = updated
  const places = { number, rows: updated.length, live: liveRows(gone), first, last: updated.at(-1) ?? 0 }
  return { record: { ...places, properties: [...columns.keys()], isPartial, bytes }, states }
}

/** The state of a chunk's rows. */
export function rowsState(dataset: string, number: number, rows: ChunkRows) {
  return { key: rowsKey(dataset, number), value: rowsBytes(rows) }
}

/** The rows of a chunk; null where they are not there. */
export async function readRows(store: DatasetStore, dataset: string, number: number): Promise<ChunkRows | null> {
  const bytes = await store.state(rowsKey(dataset, number))
  return bytes instanceof Uint8Array ? rowsOfBytes(bytes) : null
}

/** A column of a chunk; null where it is not there. */
export async function readColumn(
  store: DatasetStore,
  dataset: string,
  number: number,
  property: string,
): Promise<ColumnParts | null> {
  const bytes = await store.state(columnKey(dataset, number, property))
  return bytes instanceof Uint8Array ? columnOfBytes(bytes) : null
}

/** The texts of the values of a column, a line each (column-texts.ts); null where there are none. */
export async function readTexts(
  store: DatasetStore,
  dataset: string,
  number: number,
  property: string,
): Promise<string | null> {
  const bytes = await store.state(textsKey(dataset, number, property))
  return bytes instanceof Uint8Array ? textsOfBytes(bytes) : null
}

/** A whole chunk; null where a part is not there. */
export async function readChunk(
  store: DatasetStore,
  dataset: string,
  { number, properties, isPartial }: ChunkRecord,
): Promise<ColumnChunk | null> {
  const rows = await readRows(store, dataset, number)
  const columns = new Map<string, ColumnParts>()
  for (const property of properties) {
    const column = await readColumn(store, dataset, number, property)
    if (!column) return null
    const texts = await readTexts(store, dataset, number, property)
    columns.set(property, texts === null ? column : { ...column, texts: texts.split('\n') })
  }
  return rows && { ...rows, columns, isPartial }
}

/** Names of datasets have no line break. */
function rowsKey(dataset: string, number: number): string {
  return `${DATA_PREFIX}${dataset}\n${number}`
}

function columnKey(dataset: string, number: number, property: string): string {
  return `${DATA_PREFIX}${dataset}\n${number} ${property}`
}

function textsKey(dataset: string, number: number, property: string): string {
  return `${DATA_PREFIX}${dataset}\n${number}\t${property}`
}
