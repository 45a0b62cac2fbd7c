/**
 * Tables with more rows than a browser can scroll: so many slots scroll, and the rows before the first slot grow with the
 * place of the scroll bar, so that its two ends are the first row and the last.
 */

interface TallTable {
  readonly total: number
  /** Rows that fit into what can be scrolled; as many as there are where all fit. */
  readonly slots: number
  readonly rowHeight: number
  /** Pixels that are seen. */
  readonly view: number
}

/** How far the scroll bar reaches. */
function scrollRange({ slots, rowHeight, view }: TallTable, head: number): number {
  return Math.max(1, slots * rowHeight + head - view)
}

/** How many rows stand before the first slot, where the scroll bar is at `scrollTop`; 0 where all rows fit. */
export function rowsBefore(table: TallTable, scrollTop: number, head = 0): number {
  const { total, slots } = table
  if (total === slots) return 0
  return Math.min(total - slots, Math.round((total - slots) * Math.min(1, scrollTop / scrollRange(table, head))))
}

/** Where the scroll bar has to be so that a row is seen; null where it is seen already. `head`: pixels above the rows. */
export function scrollTopFor(
  table: TallTable & { readonly head: number },
  scrollTop: number,
  row: number,
): number | null {
  const { total, slots, rowHeight, view, head } = table
  const seen = Math.max(1, Math.floor((view - head) / rowHeight))
  const first = scrollTop / rowHeight + rowsBefore(table, scrollTop)
  const wanted = row < first ? row : row > first + seen - 1 ? row - seen + 1 : null
  if (wanted === null) return null
  if (total === slots) return wanted * rowHeight
  // The first row that is seen grows with the place of the scroll bar, from 0 to the last ones.
  const perPixel = 1 / rowHeight + (total - slots) / scrollRange(table, 0)
  return Math.max(0, Math.min(scrollRange(table, head), wanted / perPixel))
}
