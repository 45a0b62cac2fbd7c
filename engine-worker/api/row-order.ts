/** The order of millions of rows by several properties, made in pieces so that other work has its turn. */
import type { RowBatch } from '../storage/store.ts'
import { SortKeys } from './sort-keys.ts'

/** By which property rows are sorted. */
export interface RowSort {
  readonly by: string
  readonly descending?: boolean
}

/** Rows that are sorted, and comparisons that are made, before other work gets its turn. */
const RUN_ROWS = 16_384

/** Collects the values by which rows are sorted. */
export class RowOrder {
  private count = 0
  private readonly keys: readonly { readonly sort: RowSort; readonly values: SortKeys }[]

  constructor(sorts: readonly RowSort[]) {
    this.keys = sorts.map((sort) => ({ sort, values: new SortKeys() }))
  }

  /** Adds the next row. */
  add(batch: RowBatch, at: number): void {
    this.count++
    for (const { sort, values } of this.keys) values.add(batch.value(at, sort.by) ?? null)
  }

  /** The rows in order; those that are equal stay in theirs. `pause` is awaited between pieces of the work. */
  async order(pause: () => Promise<void>): Promise<Uint32Array> {
    const comparisons = this.keys.map(({ sort, values }) => values.comparison(sort.descending ?? false))
    const [first, ...others] = comparisons
    if (!first) return Uint32Array.from({ length: this.count }, (_, row) => row)
    const compareRows = (a: number, b: number): number => {
      let found = first(a, b)
      for (let next = 0; found === 0 && next < others.length; next++) found = others[next]?.(a, b) ?? 0
      return found || a - b
    }
    return sortedRows(this.count, compareRows, pause)
  }
}

/** Sorts pieces, and merges them. */
async function sortedRows(
  count: number,
  by: (a: number, b: number) => number,
  pause: () => Promise<void>,
): Promise<Uint32Array> {
  let rows = new Uint32Array(count)
  for (let row = 0; row < rows.length; row++) rows[row] = row
  for (let from = 0; from < rows.length; from += RUN_ROWS) {
    rows.subarray(from, from + RUN_ROWS).sort(by)
    await pause()
  }
  let merged = new Uint32Array(rows.length)
  for (let width = RUN_ROWS; width < rows.length; width *= 2) {
    for (let from = 0; from < rows.length; from += 2 * width) {
      const middle = Math.min(from + width, rows.length)
      const end = Math.min(middle + width, rows.length)
      let [left, right] = [from, middle]
      for (let to = from; to < end; to++) {
        if (to % RUN_ROWS === 0) await pause()
        const takesLeft = right >= end || (left < middle && by(rows[left] ?? 0, rows[right] ?? 0) <= 0)
        merged[to] = rows[takesLeft ? left++ : right++] ?? 0
      }
    }
    ;[rows, merged] = [merged, rows]
  }
  return rows
}
