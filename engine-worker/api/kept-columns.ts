/**
 * Columns of datasets in memory, for profiles and filters: a column is taken from what is kept of it beside the dataset
 * (analysis/stored-columns/), or else read once; after a change only the versions that are new are read. What was used
 * least lately goes where there is too much.
 */
import { ColumnValues, longer } from '../analysis/column-values.ts'
import { rowOfVersion } from '../analysis/stored-columns/column-chunk.ts'
import type { StoredColumns, StoredRows } from '../analysis/stored-columns/stored-columns.ts'
import type { DatasetInfo, DatasetStore } from '../storage/store.ts'
import { storedParts, takeColumn, takeForRows, takeRows } from './take-columns.ts'

/** About how many bytes all columns may take, unless those of one request take more. */
const MAX_BYTES = 96_000_000
/** Rows after which the first progress event is sent, and the factor by which the count grows until the next one. */
const FIRST_REPORT_ROWS = 10_000
const REPORT_GROWTH = 4
/** Up to this number of new versions, reading them is quicker than reading all again. */
const MAX_VERSIONS_TO_FETCH = 1000

/** The rows of a dataset in the order of the log: entities that were not deleted when they were read. */
export interface KeptRows {
  readonly generation: number
  /** Versions up to here are in it, of so many as the log had up to there; null where that is not known. */
  position: number
  versions: number | null
  /** Rows; the columns may have fewer while they are read. */
  rows: number
  /** By row: its version, and 1 where that is no longer the latest. */
  updated: Float64Array
  gone: Uint8Array
  /** Rows that are still there. */
  live: number
  /** A version and its text, by which a dataset that was removed and made again is told apart. */
  witness: { readonly updated: number; readonly text: string } | null
  /** By property; what was asked for last comes last. */
  readonly columns: Map<string, ColumnValues>
}

interface ColumnsOptions {
  readonly signal: AbortSignal
  /** Called with rows and columns while they are read for the first time. */
  readonly onPart?: (rows: KeptRows) => void
}

/** Columns of the datasets of one store. */
export class KeptColumns {
  private readonly datasets = new Map<string, KeptRows>()
  /** One reads after the other, so that no two read the same. */
  private running: Promise<unknown> = Promise.resolve()

  /** @param turn lets other work of the thread have its turn */
  constructor(
    private readonly store: DatasetStore,
    private readonly turn: () => Promise<void>,
    private readonly stored: StoredColumns | null = null,
  ) {}

  /** Columns of a dataset as it is now; null where there is none, and where `signal` was aborted. */
  columns(dataset: string, properties: readonly string[], options: ColumnsOptions): Promise<KeptRows | null> {
    const reading = this.running.then(() => this.upToDate(dataset, properties, options))
    this.running = reading.catch(() => undefined)
    return reading
  }

  /** Whether columns are in memory or stored, so that they need not be read. */
  async isAtHand(dataset: string, properties: readonly string[]): Promise<boolean> {
    const columns = this.datasets.get(dataset)?.columns
    if (properties.every((property) => columns?.has(property))) return true
    return (await this.stored?.has(dataset)) === true
  }

  /** What is stored of the columns of a dataset; null where nothing is that fits its log. */
  async storedRows(dataset: string): Promise<StoredRows | null> {
    const info = await this.store.info(dataset)
    return (info && (await this.stored?.rows(info))) ?? null
  }

  private async upToDate(
    dataset: string,
    properties: readonly string[],
    options: ColumnsOptions,
  ): Promise<KeptRows | null> {
    // Compaction can remove entities without a trace in the log; then all is read anew, at last without what is stored.
    for (const stored of [this.stored, this.stored, null]) {
      const info = options.signal.aborted ? null : await this.store.info(dataset)
      if (!info) return null
      const kept = await this.rowsOf(info, options.signal)
      const isRead = await this.read(info, kept, properties, options, (await stored?.rows(info)) ?? null)
      if (options.signal.aborted) return null
      const after = await this.store.info(dataset)
      const isOfNow = after?.lastUpdated === kept.position && after.generation === kept.generation
      if (isRead && !(isOfNow && after.pendingSince === null && after.live !== kept.live)) {
        const updated = kept.updated[kept.rows - 1]
        const [text] = updated === undefined ? [] : await this.store.textsAt(dataset, [updated])
        kept.witness = updated === undefined || typeof text !== 'string' ? null : { updated, text }
        if (isOfNow && after.pendingSince === null) kept.versions = after.versions
        this.evict(kept, properties)
        return kept
      }
      this.datasets.delete(dataset)
    }
    return null
  }

  /** What is kept of a dataset, with the versions that are new. */
  private async rowsOf(info: DatasetInfo, signal: AbortSignal): Promise<KeptRows> {
    const { name, generation, lastUpdated } = info
    const kept = this.datasets.get(name)
    const fits =
      kept?.generation === generation &&
      lastUpdated - kept.position <= Math.max(MAX_VERSIONS_TO_FETCH, kept.live / 4) &&
      (await this.isOfLog(name, kept, lastUpdated))
    if (fits && (await this.follow(info, kept, signal))) return kept
    const rows: KeptRows = {
      generation,
      position: lastUpdated,
      versions: null,
      rows: 0,
      updated: new Float64Array(1024),
      gone: new Uint8Array(1024),
      live: 0,
      witness: null,
      columns: new Map(),
    }
    this.datasets.set(name, rows)
    return rows
  }

  private async isOfLog(dataset: string, { position, witness }: KeptRows, lastUpdated: number): Promise<boolean> {
    if (position > lastUpdated || witness === null) return false
    const [text] = await this.store.textsAt(dataset, [witness.updated])
    return text === witness.text
  }

  /** False where what is kept is of no use any more. */
  private async follow(info: DatasetInfo, kept: KeptRows, signal: AbortSignal): Promise<boolean> {
    const { name, lastUpdated: until, pendingSince, versions } = info
    let read = 0
    let expected = kept.position + 1
    let hasGaps = false
    for await (const batch of this.store.rows(name, { since: kept.position, until, history: true })) {
      for (let at = 0; at < batch.updated.length; at++) {
        const previous = rowOfVersion(kept.updated, Number(batch.value(at, '_previous') ?? 0), kept.rows)
        if (previous >= 0 && kept.gone[previous] === 0) {
          kept.gone[previous] = 1
          kept.live--
        }
        kept.position = batch.updated[at] ?? 0
        hasGaps ||= kept.position !== expected
        expected = kept.position + 1
        if (batch.value(at, '_deleted') === true) continue
        addRow(kept, kept.position)
        for (const [property, column] of kept.columns) column.add(batch.value(at, property))
      }
      read += batch.updated.length
      await this.turn()
      if (signal.aborted) return true
    }
    // A version that compaction has removed may be the only one that tells of the one before it.
    if (hasGaps && kept.versions !== null && pendingSince === null && kept.versions + read !== versions) return false
    kept.position = until
    // Rows that are gone take as much as the others.
    return kept.rows < 2 * kept.live + 1024
  }

  /** Reads the columns that are missing. False where the rows are not those that are kept. */
  private async read(
    info: DatasetInfo,
    kept: KeptRows,
    properties: readonly string[],
    { signal, onPart }: ColumnsOptions,
    stored: StoredRows | null,
  ): Promise<boolean> {
    const dataset = info.name
    for (const property of properties) {
      const column = kept.columns.get(property)
      kept.columns.delete(property)
      if (column) kept.columns.set(property, column)
    }
    const missing = properties.filter((property) => !kept.columns.has(property))
    if (missing.length === 0) return true
    const isFirst = kept.columns.size === 0
    if (isFirst) Object.assign(kept, { rows: 0, live: 0 })
    const added = missing.map((property) => ({ property, column: new ColumnValues() }))
    const drop = (isFit: boolean) => {
      for (const { property } of added) kept.columns.delete(property)
      if (isFirst) this.datasets.delete(dataset)
      return isFit
    }
    for (const { property, column } of added) kept.columns.set(property, column)
    let row = 0
    let toldAt = FIRST_REPORT_ROWS
    try {
      const parts = stored && (await storedParts(stored, missing))
      if (stored && parts && isFirst) {
        takeRows(kept, stored)
        for (const [place, { column }] of added.entries()) takeColumn(column, parts[place] ?? [], stored)
        return (await this.follow(info, kept, signal)) || drop(false)
      }
      const fits = stored !== null && parts !== null && stored.position <= kept.position
      const since = fits ? stored.position : 0
      if (fits) {
        row = takeForRows(
          kept,
          added.map(({ column }) => column),
          parts,
          stored,
        )
        if (row < 0) return drop(false)
      }
      for await (const batch of this.store.rows(dataset, { live: true, since, until: kept.position })) {
        for (let at = 0; at < batch.updated.length; at++) {
          const updated = batch.updated[at] ?? 0
          if (isFirst) addRow(kept, updated)
          for (; !isFirst && row < kept.rows && (kept.updated[row] ?? 0) < updated; row++) {
            if (kept.gone[row] === 0) return drop(false)
            for (const { column } of added) column.add(undefined)
          }
          if (kept.updated[row] !== updated) return drop(false)
          for (const { property, column } of added) column.add(batch.value(at, property))
          row++
        }
        if (row >= toldAt && onPart) {
          onPart(kept)
          toldAt = REPORT_GROWTH * row
        }
        // Answers to questions that came meanwhile are not kept waiting.
        await this.turn()
        if (signal.aborted) return drop(true)
      }
    } catch (error) {
      drop(false)
      throw error
    }
    for (; row < kept.rows; row++) {
      if (kept.gone[row] === 0) return drop(false)
      for (const { column } of added) column.add(undefined)
    }
    return true
  }

  private evict(used: KeptRows, properties: readonly string[]): void {
    const all = [...this.datasets].flatMap(([dataset, rows]) =>
      [...rows.columns].map(([property, column]) => ({ dataset, rows, property, column })),
    )
    let bytes = all.reduce((sum, { column }) => sum + column.bytes, 0)
    // Those of other datasets first.
    for (const { dataset, rows, property, column } of [
      ...all.filter(({ rows }) => rows !== used),
      ...all.filter(({ rows, property }) => rows === used && !properties.includes(property)),
    ]) {
      if (bytes <= MAX_BYTES) return
      bytes -= column.bytes
      rows.columns.delete(property)
      if (rows.columns.size === 0) this.datasets.delete(dataset)
    }
  }
}

function addRow(kept: KeptRows, updated: number): void {
  if (kept.rows === kept.updated.length) {
    kept.updated = longer(kept.updated, 2 * kept.rows)
    kept.gone = longer(kept.gone, 2 * kept.rows)
  }
  kept.updated[kept.rows] = updated
  kept.gone[kept.rows] = 0
  kept.rows++
  kept.live++
}
