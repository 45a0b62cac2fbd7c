// @tanstack/react-virtual: draws only the rows on screen; measures, overscan and scrolling to a row are solved there.
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Json, JsonObject, PropertyProfile } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { classes } from '../ui/classes.ts'
import { ColumnProfile } from './ColumnProfile.tsx'
import { isStoreProperty } from './human.ts'
import { PropertyName } from './PropertyName.tsx'
import { rawTitle, useValueText } from './ShownValue.tsx'
import { cellText, isShownNumber, shownType, typeColour } from './value.ts'
import type { RowWindow } from './window.ts'

export interface Sort {
  readonly by: string
  readonly descending: boolean
}

interface TableProps {
  readonly label: string
  readonly rows: RowWindow
  readonly columns: readonly string[]
  readonly selected: string | null
  readonly onSelect: (entity: JsonObject) => void
  readonly sort?: Sort | null
  readonly onSort?: (sort: Sort | null) => void
  /** What the values of the columns look like, shown in their heads. */
  readonly profile?: { readonly entities: number; readonly properties: ReadonlyMap<string, PropertyProfile> } | null
}

const rowHeight = 26
/** Pixels of a column: as its name and its first values need, within these. */
const narrowest = 84
const widest = 320
const charWidth = 7.3
const padding = 26
/** Rows that are looked at for the widths. */
const measured = 40
/** Browsers cannot scroll further than this many pixels; beyond it rows are reached by sorting and searching. */
const maxHeight = 16_000_000

/** Any number of entities as a table: one tab stop, arrows move, Enter chooses. */
export function Table({ label, rows, columns, selected, onSelect, sort = null, onSort, profile = null }: TableProps) {
  const w = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const total = Math.min(rows.total ?? 0, Math.floor(maxHeight / rowHeight))
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const from = items[0]?.index ?? 0
  const to = (items.at(-1)?.index ?? 0) + 1
  useEffect(() => {
    if (total > 0) rows.need(from, to)
  })

  const move = (index: number) => {
    const next = Math.max(0, Math.min(total - 1, index))
    setActive(next)
    virtual.scrollToIndex(next)
    const entity = rows.row(next)
    if (entity) onSelect(entity)
  }
  const keys = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / rowHeight) - 2)
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
      Enter: active,
    }
    const next = steps[event.key]
    if (next === undefined) return
    event.preventDefault()
    move(next)
  }
  const textOf = useValueText()
  const sample = rows.row(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows than the first come and go with scrolling
  const widths = useMemo(
    () => columns.map((column) => widthOf(column, rows, textOf)),
    [columns.join('\n'), sample, textOf],
  )
  const template = widths.map((each) => `minmax(${each}px, ${each}fr)`).join(' ')
  const width = widths.reduce((sum, each) => sum + each, 0)
  return (
    <div
      ref={frame}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={(rows.total ?? 0) + 1}
      aria-colcount={columns.length}
      aria-activedescendant={total > 0 ? `row-${active}` : undefined}
      onKeyDown={keys}
      className="group min-h-0 flex-1 overflow-auto bg-surface focus-visible:outline-none"
    >
      <div style={{ minWidth: width }}>
        <div
          role="row"
          aria-rowindex={1}
          tabIndex={-1}
          className="sticky top-0 z-10 grid border-b border-line bg-sunken"
          style={{ gridTemplateColumns: template }}
        >
          {columns.map((column) => (
            <div
              key={column}
              role="columnheader"
              tabIndex={-1}
              aria-sort={sort?.by === column ? (sort.descending ? 'descending' : 'ascending') : 'none'}
              aria-label={column}
              className="flex min-w-0 flex-col"
            >
              <button
                type="button"
                tabIndex={-1}
                disabled={!onSort}
                onClick={() => onSort?.(nextSort(sort, column))}
                title={column}
                className="flex h-7 min-w-0 shrink-0 items-center px-3 text-left font-semibold text-ink-soft hover:text-ink"
              >
                <PropertyName name={column} />
                {sort?.by === column &&
                  (sort.descending ? (
                    <ArrowDown size={12} aria-hidden className="ml-1 shrink-0" />
                  ) : (
                    <ArrowUp size={12} aria-hidden className="ml-1 shrink-0" />
                  ))}
              </button>
              {profile && <Head column={column} profile={profile} />}
            </div>
          ))}
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize() }} className="relative">
          {items.map((item) => {
            const entity = rows.row(item.index)
            const id = entity?._id
            const chosen = typeof id === 'string' && id === selected
            return (
              <div
                key={item.key}
                id={`row-${item.index}`}
                role="row"
                tabIndex={-1}
                aria-rowindex={item.index + 2}
                aria-selected={chosen}
                onPointerUp={() => {
                  setActive(item.index)
                  if (entity) onSelect(entity)
                }}
                className={classes(
                  'absolute inset-x-0 grid cursor-default items-center border-b border-line/60',
                  chosen ? 'bg-accent-soft' : 'hover:bg-hover',
                  item.index === active && 'group-focus-visible:outline-2 group-focus-visible:-outline-offset-2',
                  entity?._deleted === true && 'text-ink-faint line-through',
                )}
                style={{ height: rowHeight, transform: `translateY(${item.start}px)`, gridTemplateColumns: template }}
              >
                {columns.map((column) => (
                  <Cell key={column} entity={entity} column={column} />
                ))}
              </div>
            )
          })}
        </div>
        {rows.total !== null && rows.total > total && (
          <p className="p-3 text-ink-soft">{w.data.tooTall(total, rows.total)}</p>
        )}
      </div>
    </div>
  )
}

function Head({ column, profile }: { readonly column: string; readonly profile: NonNullable<TableProps['profile']> }) {
  const found = profile.properties.get(column)
  return found ? <ColumnProfile profile={found} of={profile.entities} /> : null
}

/** As wide as the name of a column and its first values need. */
function widthOf(column: string, rows: RowWindow, textOf: (value: Json) => string): number {
  let longest = column.length + 1
  for (let index = 0; index < measured; index++) {
    const entity = rows.row(index)
    if (!entity) break
    const value = Object.hasOwn(entity, column) ? entity[column] : undefined
    if (value !== undefined) longest = Math.max(longest, textOf(value).length)
  }
  return Math.round(Math.min(widest, Math.max(narrowest, longest * charWidth + padding)))
}

function Cell({ entity, column }: { readonly entity: JsonObject | undefined; readonly column: string }) {
  const textOf = useValueText()
  const value = entity === undefined || !Object.hasOwn(entity, column) ? undefined : entity[column]
  if (value === undefined) {
    return (
      <div role="gridcell" tabIndex={-1} className="px-3">
        {entity === undefined && <div className="h-2 w-2/3 rounded-full bg-sunken" />}
      </div>
    )
  }
  const text = isStoreProperty(column) ? cellText(value) : textOf(value)
  const type = shownType(value)
  return (
    <div
      role="gridcell"
      tabIndex={-1}
      title={rawTitle(value, text)}
      className={classes(
        'mono truncate px-3',
        type === 'string' ? 'text-ink' : typeColour[type],
        type === 'null' && 'italic',
        isShownNumber(value) && 'text-right tabular-nums',
      )}
    >
      {text}
    </div>
  )
}

function nextSort(sort: Sort | null, column: string): Sort | null {
  if (sort?.by !== column) return { by: column, descending: false }
  return sort.descending ? null : { by: column, descending: true }
}
