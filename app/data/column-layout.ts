/** Which columns a table shows, in which order, which of them stay at the left, and how wide they are. */
import type { Json } from '../../engine-worker/index.ts'
import type { RowWindow } from './window.ts'

/** What a person has chosen for the columns of a dataset. */
export interface ColumnChoice {
  readonly hidden: ReadonlySet<string>
  /** In the order in which they stand at the left. */
  readonly pinned: readonly string[]
  /** Pixels of columns whose width was set. */
  readonly widths: ReadonlyMap<string, number>
}

/** One column as it is drawn. */
export interface LaidColumn {
  readonly name: string
  readonly width: number
  /** Pixels from the left where it stays; null where it scrolls. */
  readonly left: number | null
  /** Whether it takes a part of the room that is left over. */
  readonly grows: boolean
}

/** Pixels of a column: as its name and its first values need, within these. */
const minAutoWidth = 112
const maxAutoWidth = 320
const characterWidth = 7.3
const cellPadding = 26
/** Characters of the button behind the name in a head. */
const menuCharacters = 5
/** What a person may set. */
const minWidth = 48
const maxWidth = 1200
/** Rows that are looked at for the widths. */
const measuredRows = 40

/** The columns of a table: pinned ones first. */
export function laidColumns(
  columns: readonly string[],
  { hidden, pinned, widths }: ColumnChoice,
  widthOf: (column: string) => number,
): readonly LaidColumn[] {
  const shown = columns.filter((column) => !hidden.has(column))
  const kept = pinned.filter((column) => shown.includes(column))
  let left = 0
  return [...kept, ...shown.filter((column) => !kept.includes(column))].map((name) => {
    const isPinned = kept.includes(name)
    const width = widths.get(name) ?? widthOf(name)
    const column = { name, width, left: isPinned ? left : null, grows: !isPinned && !widths.has(name) }
    if (isPinned) left += width
    return column
  })
}

/** The columns as a template of CSS grid. */
export function gridTemplate(columns: readonly LaidColumn[]): string {
  return columns.map(({ width, grows }) => (grows ? `minmax(${width}px, ${width}fr)` : `${width}px`)).join(' ')
}

/** As wide as the name of a column and its first values need. */
export function fittingWidth(column: string, rows: RowWindow, textOf: (value: Json) => string): number {
  // Its head has the namespace above the name.
  const colon = column.indexOf(':')
  let longest = Math.max(colon, column.length - colon - 1 + menuCharacters)
  for (let index = 0; index < measuredRows; index++) {
    const entity = rows.row(index)
    if (!entity) break
    const value = Object.hasOwn(entity, column) ? entity[column] : undefined
    if (value !== undefined) longest = Math.max(longest, textOf(value).length)
  }
  return Math.round(Math.min(maxAutoWidth, Math.max(minAutoWidth, longest * characterWidth + cellPadding)))
}

/** Sets the width of a column, within what is sensible; null gives it back the width that fits. */
export function withWidth(choice: ColumnChoice, column: string, width: number | null): ColumnChoice {
  const widths = new Map(choice.widths)
  if (width === null) widths.delete(column)
  else widths.set(column, Math.round(Math.min(maxWidth, Math.max(minWidth, width))))
  return { ...choice, widths }
}

/** Keeps a column at the left, or lets it scroll. */
export function withPin(choice: ColumnChoice, column: string, isPinned: boolean): ColumnChoice {
  const others = choice.pinned.filter((each) => each !== column)
  return { ...choice, pinned: isPinned ? [...others, column] : others }
}

/** Hides columns, or shows them. */
export function withHidden(choice: ColumnChoice, columns: readonly string[], isHidden: boolean): ColumnChoice {
  const hidden = new Set(choice.hidden)
  for (const column of columns) {
    if (isHidden) hidden.add(column)
    else hidden.delete(column)
  }
  return { ...choice, hidden }
}

/** Columns by the namespace of their names; null is those without one. */
export function columnsByNamespace(columns: readonly string[]): ReadonlyMap<string | null, readonly string[]> {
  const groups = new Map<string | null, string[]>()
  for (const column of columns) {
    const colon = column.indexOf(':')
    const namespace = colon > 0 ? column.slice(0, colon) : null
    groups.set(namespace, [...(groups.get(namespace) ?? []), column])
  }
  return groups
}
