// @tanstack/react-virtual: draws only the rows on screen; measures, overscan and scrolling to a row are solved there.
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Json, JsonObject } from '../../engine-worker/index.ts'
import { classes } from '../ui/classes.ts'
import { useBrowseWords } from './browse-words.ts'
import { type ColumnChoice, fittingWidth, gridTemplate, laidColumns } from './column-layout.ts'
import { useValueText } from './ShownValue.tsx'
import { type CellActions, TableCell } from './TableCell.tsx'
import { type ColumnActions, TableHead, type TableProfile, widthStep } from './TableHead.tsx'
import { nextSorts } from './table-sort.ts'
import { rowsBefore, scrollTopFor } from './tall-table.ts'
import type { RowWindow } from './window.ts'

interface TableProps {
  readonly label: string
  readonly rows: RowWindow
  readonly columns: readonly string[]
  readonly choice: ColumnChoice
  readonly selected: string | null
  readonly onSelect: (entity: JsonObject) => void
  readonly columnActions: ColumnActions | null
  readonly cellActions: CellActions | null
  /** What the values of the columns look like, shown in their heads. */
  readonly profile: TableProfile | null
  /** The column whose values are looked at. */
  readonly looked: string | null
}

const rowHeight = 26
/** Browsers cannot scroll further than this many pixels; a taller table scrolls by more rows at once. */
const maxHeight = 16_000_000
/** Rows that are fetched before they come on screen. */
const rowsAhead = 60

/** Any number of entities as a table: one tab stop, arrows move from cell to cell, Enter chooses. */
export function Table({ label, rows, columns, choice, selected, onSelect, profile, looked, ...actions }: TableProps) {
  const w = useBrowseWords().browse
  const { columnActions, cellActions } = actions
  const frame = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const [activeColumn, setActiveColumn] = useState(0)
  const [opened, setOpened] = useState(0)
  const total = rows.total ?? 0
  const slots = Math.min(total, Math.floor(maxHeight / rowHeight))
  const virtual = useVirtualizer({
    count: slots,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const tall = { total, slots, rowHeight, view: frame.current?.clientHeight ?? 0 }
  // In a table that is too tall, the slot of a row depends on the position of the scroll bar.
  const shift = rowsBefore(tall, virtual.scrollOffset ?? 0)
  const from = (items[0]?.index ?? 0) + shift
  const to = (items.at(-1)?.index ?? 0) + 1 + shift
  useEffect(() => {
    if (total > 0) rows.need(Math.max(0, from - rowsAhead), Math.min(total, to + rowsAhead))
  })
  const textOf = useValueText()
  const sample = rows.row(0)
  const names = columns.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows than the first come and go with scrolling
  const widths = useMemo(
    () => new Map(columns.map((column) => [column, fittingWidth(column, rows, textOf)])),
    [names, sample, textOf],
  )
  const laid = laidColumns(columns, choice, (column) => widths.get(column) ?? 0)
  const template = gridTemplate(laid)
  const width = laid.reduce((sum, each) => sum + each.width, 0)
  const at = Math.min(activeColumn, laid.length - 1)

  const moveRow = (index: number) => {
    const next = Math.max(0, Math.min(total - 1, index))
    setActive(next)
    const top = frame.current
      ? scrollTopFor({ ...tall, head: headHeight(frame.current) }, frame.current.scrollTop, next)
      : null
    if (top !== null) frame.current?.scrollTo({ top })
    const entity = rows.row(next)
    if (entity) onSelect(entity)
  }
  const moveColumn = (index: number) => {
    const next = Math.max(0, Math.min(laid.length - 1, index))
    setActiveColumn(next)
    const name = laid[next]?.name
    const head = [...(frame.current?.querySelectorAll<HTMLElement>('[data-column]') ?? [])].find(
      (each) => each.dataset.column === name,
    )
    head?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  const actOnCell = (key: string, isShifted: boolean): boolean => {
    const column = laid[at]
    if (!column) return false
    const { name } = column
    const value: Json | undefined = rows.row(active)?.[name]
    if (key === ' ') setOpened(opened + 1)
    else if (key === 'f' && cellActions && value !== undefined) cellActions.onFilter(name, value, isShifted)
    else if (!columnActions) return false
    else if (key === 'p') columnActions.onLook(name)
    else if (key === 's') columnActions.onSorts(nextSorts(columnActions.sorts, name, isShifted))
    else if (key === 'h' && name !== '_id') columnActions.onHide(name)
    else if (key === '.') columnActions.onPin(name, column.left === null)
    else if (key === ']') columnActions.onWidth(name, column.width + widthStep)
    else if (key === '[') columnActions.onWidth(name, column.width - widthStep)
    else return false
    return true
  }
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / rowHeight) - 2)
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
      Enter: active,
    }
    const next = moves[event.key]
    if (next !== undefined) moveRow(next)
    else if (event.key === 'ArrowRight') moveColumn(at + 1)
    else if (event.key === 'ArrowLeft') moveColumn(at - 1)
    else if (!actOnCell(event.key.toLowerCase(), event.shiftKey)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const handleClick = (event: MouseEvent, row: number, entity: JsonObject | undefined) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-cell]') : null
    setActive(row)
    setActiveColumn(
      Math.max(
        0,
        laid.findIndex(({ name }) => name === cell?.dataset.cell),
      ),
    )
    if (entity) onSelect(entity)
  }
  return (
    <div
      ref={frame}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-description={columnActions ? w.column.keys : undefined}
      aria-rowcount={total + 1}
      aria-colcount={laid.length}
      aria-activedescendant={total > 0 ? `row-${active}` : undefined}
      onKeyDown={handleKeyDown}
      className="group min-h-0 flex-1 overflow-auto bg-surface focus-visible:outline-none"
    >
      <div style={{ minWidth: width }}>
        <div
          role="row"
          aria-rowindex={1}
          tabIndex={-1}
          data-head
          className="sticky top-0 z-10 grid border-b border-line bg-sunken"
          style={{ gridTemplateColumns: template }}
        >
          {laid.map((column) => (
            <TableHead
              key={column.name}
              column={column}
              actions={columnActions}
              profile={profile}
              isLooked={column.name === looked}
            />
          ))}
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize() }} className="relative">
          {items.map((item) => {
            const row = item.index + shift
            const entity = rows.row(row)
            const id = entity?._id
            const chosen = typeof id === 'string' && id === selected
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of its rows
              <div
                key={item.key}
                id={`row-${row}`}
                role="row"
                tabIndex={-1}
                aria-rowindex={row + 2}
                aria-selected={chosen}
                onClick={(event) => handleClick(event, row, entity)}
                className={classes(
                  'absolute inset-x-0 grid cursor-default items-center border-b border-line/60',
                  chosen ? 'bg-accent-soft' : 'bg-surface hover:bg-hover',
                  entity?._deleted === true && 'text-ink-faint line-through',
                )}
                style={{ height: rowHeight, transform: `translateY(${item.start}px)`, gridTemplateColumns: template }}
              >
                {laid.map((column, place) => (
                  <TableCell
                    key={column.name}
                    entity={entity}
                    column={column}
                    isActive={row === active && place === at}
                    actions={cellActions}
                    isLooked={column.name === looked}
                    opened={opened}
                  />
                ))}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** Pixels that the heads of columns take above the rows. */
function headHeight(frame: HTMLElement): number {
  return frame.querySelector<HTMLElement>('[data-head]')?.offsetHeight ?? 0
}
