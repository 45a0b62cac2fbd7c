/** Tables: which columns in which order, how clicks sort, and how more rows than a browser can scroll are reached. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsByNamespace, laidColumns, withHidden, withPin, withWidth } from '../../../app/data/column-layout.ts'
import { nextSorts, withSort } from '../../../app/data/table-sort.ts'
import { rowsBefore, scrollTopFor } from '../../../app/data/tall-table.ts'

describe('columns', () => {
  const none = { hidden: new Set<string>(), pinned: [], widths: new Map<string, number>() }

  it('are hidden, kept at the left, and as wide as was set', () => {
    let choice = withWidth(none, 'c', 200)
    choice = withPin(withPin(choice, 'c', true), 'b', true)
    choice = withHidden(choice, ['a'], true)
    const laid = laidColumns(['a', 'b', 'c', 'd'], choice, () => 100)
    expect(laid.map(({ name, left, width, grows }) => [name, left, width, grows])).toEqual([
      ['c', 0, 200, false],
      ['b', 200, 100, false],
      ['d', null, 100, true],
    ])
    expect(laidColumns(['c'], withPin(withWidth(choice, 'c', null), 'c', false), () => 100)).toEqual([
      { name: 'c', left: null, width: 100, grows: true },
    ])
    expect(withWidth(none, 'c', 3).widths.get('c')).toBe(48)
  })

  it('stand under their namespaces', () => {
    const groups = columnsByNamespace(['name', 'crm:id', '~:x', 'crm:name', ':odd'])
    expect([...groups]).toEqual([
      [null, ['name', ':odd']],
      ['crm', ['crm:id', 'crm:name']],
      ['~', ['~:x']],
    ])
  })
})

describe('sorting', () => {
  it('goes from ascending to descending to none, alone or by further columns', () => {
    const ascending = (by: string) => ({ by, descending: false })
    const descending = (by: string) => ({ by, descending: true })
    expect(nextSorts([], 'a', false)).toEqual([ascending('a')])
    expect(nextSorts([ascending('a')], 'b', true)).toEqual([ascending('a'), ascending('b')])
    expect(nextSorts([ascending('a'), ascending('b')], 'a', true)).toEqual([descending('a'), ascending('b')])
    expect(nextSorts([descending('a'), ascending('b')], 'a', true)).toEqual([ascending('b')])
    expect(nextSorts([descending('a'), ascending('b')], 'b', false)).toEqual([descending('b')])
    expect(withSort([ascending('a'), ascending('b')], descending('a'), true)).toEqual([ascending('b'), descending('a')])
  })
})

describe('tables that are taller than a browser scrolls', () => {
  const table = fc
    .record({ total: fc.integer({ min: 1, max: 5_000_000 }), view: fc.integer({ min: 200, max: 2000 }) })
    .map(({ total, view }) => ({ total, slots: Math.min(total, 600_000), rowHeight: 26, view, head: 150 }))

  it('show the first row at the top and the last one at the end', () => {
    fc.assert(
      fc.property(table, (tall) => {
        expect(rowsBefore(tall, 0)).toBe(0)
        const end = tall.slots * tall.rowHeight + tall.head - tall.view
        if (end > 0) expect(rowsBefore(tall, end)).toBe(tall.total - tall.slots)
      }),
    )
  })

  it('bring any row on screen', () => {
    fc.assert(
      fc.property(table, fc.nat(5_000_000), fc.double({ min: 0, max: 1, noNaN: true }), (tall, wanted, place) => {
        const row = wanted % tall.total
        const end = Math.max(0, tall.slots * tall.rowHeight + tall.head - tall.view)
        const before = place * end
        const top = scrollTopFor(tall, before, row) ?? before
        const first = top / tall.rowHeight + rowsBefore(tall, top)
        const last = first + (tall.view - tall.head) / tall.rowHeight
        expect(row).toBeGreaterThanOrEqual(Math.floor(first) - 1)
        expect(row).toBeLessThanOrEqual(Math.ceil(last) + 1)
      }),
    )
  })
})
