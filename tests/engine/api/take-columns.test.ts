/** Stored columns in memory: the same values for the same rows as columns that were filled value by value. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ColumnValues } from '../../../engine-worker/analysis/column-values.ts'
import type { StoredRows } from '../../../engine-worker/analysis/stored-columns/stored-columns.ts'
import { storedParts, takeColumn, takeForRows, takeRows } from '../../../engine-worker/api/take-columns.ts'

/** One row of a dataset: its version, whether it was replaced, and its value of the only property. */
interface LogRow {
  readonly updated: number
  readonly gone: boolean
  readonly value: string | null | undefined
}

const value = fc.constantFrom('a', 'b', 'c', null, undefined)
const rows = fc
  .array(fc.record({ step: fc.integer({ min: 1, max: 3 }), gone: fc.boolean(), value }), { maxLength: 20 })
  .map((all) => {
    let updated = 0
    return all.map(({ step, gone, value }): LogRow => {
      updated += step
      return { updated, gone, value }
    })
  })

function columnOf(values: readonly LogRow['value'][]): ColumnValues {
  const column = new ColumnValues()
  for (const each of values) column.add(each)
  return column
}

/** The rows as stored chunks of a given size; a chunk in which no row has the property has no column. */
function stored(all: readonly LogRow[], size: number): StoredRows {
  const chunks: LogRow[][] = []
  for (let at = 0; at < all.length; at += size) chunks.push(all.slice(at, at + size))
  const parts = chunks.map((chunk) =>
    chunk.some(({ value }) => value !== undefined) ? columnOf(chunk.map(({ value }) => value)) : null,
  )
  return {
    position: all.at(-1)?.updated ?? 0,
    versions: all.length,
    chunks: chunks.map((chunk) => ({
      updated: Float64Array.from(chunk, ({ updated }) => updated),
      gone: Uint8Array.from(chunk, ({ gone }) => Number(gone)),
    })),
    column: async (property) => (property === 'p' ? parts : null),
    columnOfChunk: async (chunk, property) => (property === 'p' ? { parts: parts[chunk] ?? null, texts: null } : null),
  }
}

const noRows = () => ({
  rows: 0,
  updated: new Float64Array(0),
  gone: new Uint8Array(0),
  live: 0,
  position: 0,
  versions: null as number | null,
})

/** The numbers of the values of a column by row; equal columns of the same values in the same order have the same. */
const numbersOf = (column: ColumnValues) => [...column.numbers.subarray(0, column.rows)]
const size = fc.integer({ min: 1, max: 7 })

describe('stored columns', () => {
  it('are absent where one of them is not stored', async () => {
    const rows = stored([{ updated: 1, gone: false, value: 'a' }], 4)
    expect(await storedParts(rows, ['p', 'q'])).toBeNull()
    expect(await storedParts(rows, ['p'])).toHaveLength(1)
    expect(await storedParts(rows, [])).toEqual([])
  })

  it('give the rows with their versions, and the number of live ones', () => {
    fc.assert(
      fc.property(rows, size, (all, size) => {
        const kept = noRows()
        takeRows(kept, stored(all, size))
        expect(kept.rows).toBe(all.length)
        expect([...kept.updated.subarray(0, kept.rows)]).toEqual(all.map(({ updated }) => updated))
        expect(kept.live).toBe(all.filter(({ gone }) => !gone).length)
        expect([kept.position, kept.versions]).toEqual([all.at(-1)?.updated ?? 0, all.length])
      }),
    )
  })

  it('give the column that is filled value by value', async () => {
    await fc.assert(
      fc.asyncProperty(rows, size, async (all, size) => {
        const from = stored(all, size)
        const column = new ColumnValues()
        takeColumn(column, (await storedParts(from, ['p']))?.[0] ?? [], from)
        expect(numbersOf(column)).toEqual(numbersOf(columnOf(all.map(({ value }) => value))))
      }),
    )
  })

  it('give the values of rows that are kept, some of which were replaced and are not stored any more', async () => {
    await fc.assert(
      fc.asyncProperty(rows, size, fc.nat(20), async (all, size, split) => {
        const from = stored(
          all.slice(0, split).filter(({ gone }) => !gone),
          size,
        )
        const kept = noRows()
        takeRows(kept, stored(all, 100))
        const column = new ColumnValues()
        const next = takeForRows(kept, [column], (await storedParts(from, ['p'])) ?? [], from)
        // Rows behind the stored position are to be read; replaced ones before it have no value.
        const known = all.filter(({ updated }) => updated <= from.position)
        expect(next).toBe(known.length)
        const values = known.map(({ gone, value }) => (gone ? undefined : value))
        expect(numbersOf(column)).toEqual(numbersOf(columnOf(values)))
      }),
    )
  })

  it('do not fit where a live row is not stored', async () => {
    const liveRow = (updated: number): LogRow => ({ updated, gone: false, value: 'a' })
    const from = stored([liveRow(1), liveRow(3)], 4)
    const kept = noRows()
    takeRows(kept, stored([liveRow(1), liveRow(2), liveRow(3)], 4))
    expect(takeForRows(kept, [new ColumnValues()], (await storedParts(from, ['p'])) ?? [], from)).toBe(-1)
  })
})
