import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { movedRow, pastedTable } from './row-edits.ts'

interface RowsProps<T> {
  readonly items: readonly T[]
  readonly disabled: boolean
  readonly children: (item: T, index: number) => ReactNode
  readonly onChange: (items: readonly T[]) => void
  /** A new row at the end; absent: rows are added elsewhere. */
  readonly fresh?: () => T
  /** Rows made of a pasted table, by row and cell. */
  readonly fromTable?: (table: readonly (readonly string[])[]) => readonly T[]
  /** The least number of rows. */
  readonly least?: number
  /** Rows whose order means nothing are not moved. */
  readonly isOrdered?: boolean
}

/** Rows that are added, removed and, by Alt with an arrow, moved; a table that is pasted becomes rows. */
export function RowsControl<T>(props: RowsProps<T>) {
  const { items, disabled, children, onChange, fresh, fromTable, least = 0, isOrdered = true } = props
  const w = usePipeWords()
  const list = useRef<HTMLOListElement>(null)
  const add = useRef<HTMLButtonElement>(null)
  const focused = useRef<number | null>(null)
  // Rows are drawn again after an edit: the keyboard goes where the edited row is now.
  useEffect(() => {
    const index = focused.current
    if (index === null) return
    focused.current = null
    const row = list.current?.children[Math.min(index, items.length - 1)]
    const field = row?.querySelector<HTMLElement>('input, textarea, select, button')
    ;(field ?? add.current)?.focus()
  })
  const changeItems = (next: readonly T[], focus: number) => {
    focused.current = focus
    onChange(next)
  }
  const moveItem = (from: number, way: -1 | 1) => {
    const to = from + way
    if (to >= 0 && to < items.length) changeItems(movedRow(items, from, to), to)
  }
  const handleKeyDown = (event: KeyboardEvent, index: number) => {
    if (!isOrdered || disabled || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    moveItem(index, event.key === 'ArrowUp' ? -1 : 1)
  }
  const handlePaste = (event: ClipboardEvent, index: number) => {
    const table = pastedTable(event.clipboardData.getData('text/plain'))
    if (!fromTable || disabled || !table) return
    event.preventDefault()
    event.stopPropagation()
    const rows = fromTable(table)
    changeItems([...items.slice(0, index), ...rows, ...items.slice(index + 1)], index + rows.length - 1)
  }
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <ol ref={list} className="flex min-w-0 flex-col gap-1">
        {items.map((item, index) => (
          <li
            key={`${index} of ${items.length}`}
            className="group/row flex min-w-0 items-start gap-1"
            onKeyDown={(event) => handleKeyDown(event, index)}
            onPaste={(event) => handlePaste(event, index)}
          >
            <div className="min-w-0 flex-1">{children(item, index)}</div>
            {!disabled && isOrdered && items.length > 1 && (
              <span className="hidden shrink-0 group-focus-within/row:flex group-hover/row:flex">
                <IconButton label={w.pipe.moveUp} disabled={index === 0} onClick={() => moveItem(index, -1)}>
                  <ArrowUp size={12} aria-hidden />
                </IconButton>
                <IconButton
                  label={w.pipe.moveDown}
                  disabled={index === items.length - 1}
                  onClick={() => moveItem(index, 1)}
                >
                  <ArrowDown size={12} aria-hidden />
                </IconButton>
              </span>
            )}
            {!disabled && items.length > least && (
              <IconButton
                label={w.pipe.argument.remove}
                onClick={() => changeItems([...items.slice(0, index), ...items.slice(index + 1)], index)}
              >
                <X size={14} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ol>
      {!disabled && fresh && (
        <Button
          small
          look="quiet"
          ref={add}
          className="self-start"
          icon={<Plus size={12} aria-hidden />}
          onClick={() => changeItems([...items, fresh()], items.length)}
        >
          {w.forms.addItem}
        </Button>
      )}
    </div>
  )
}
