import { Search } from 'lucide-react'
// radix-ui's popover keeps the picker on screen near edges, and above the panels around it.
import { type DragEvent, type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { classes } from './classes.ts'
import { PopoverBelow } from './PopoverBelow.tsx'
import { rememberFocus } from './restore-focus.ts'

export interface PickerRow<T> {
  readonly id: string
  readonly label: string
  readonly says: string
  /** Shown at the right, in small. */
  readonly aside?: string
  /** Plain words that lead to it, too; not shown. */
  readonly keywords?: string
  readonly value: T
}

interface PickerListProps<T> {
  readonly label: string
  readonly placeholder: string
  readonly rows: readonly PickerRow<T>[]
  readonly onChoose: (row: PickerRow<T>) => void
  readonly onClose: () => void
  /** What Enter gives when nothing is found: the text itself. */
  readonly onFree?: (text: string) => void
  /** Rows can be dragged away, too. */
  readonly onDragStart?: (event: DragEvent, row: PickerRow<T>) => void
  /** Called with the typed text, where the rows depend on it. */
  readonly onText?: (text: string) => void
  /** The text for an empty list; by default that nothing has such a name. */
  readonly empty?: (text: string) => string
  /** Orders what is found; default: {@link matchingRows}. */
  readonly match?: (rows: readonly PickerRow<T>[], text: string) => readonly PickerRow<T>[]
}

/** Rows rendered at once; typing narrows the list. */
const maxRows = 300

/** Search, arrows, Enter: one of many, without a mouse. */
export function PickerList<T>(props: PickerListProps<T>) {
  const {
    label,
    placeholder,
    rows,
    onChoose,
    onClose,
    onFree,
    onText,
    empty,
    onDragStart,
    match = matchingRows,
  } = props
  const w = useWords()
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const found = useMemo(() => match(rows, text).slice(0, maxRows), [match, rows, text])

  const handleKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const next = Math.max(0, Math.min(found.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))
      setAt(next)
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const row = found[at]
      if (row) onChoose(row)
      else if (onFree && text !== '') onFree(text)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
    }
  }

  return (
    <div className="flex w-80 max-w-[calc(100vw-16px)] animate-rise flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-high">
      <label className="flex items-center gap-2 border-b border-line px-3 py-2">
        <Search size={14} aria-hidden className="shrink-0 text-ink-faint" />
        <input
          // biome-ignore lint/a11y/noAutofocus: it opens on request, to be typed into
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
          aria-label={label}
          placeholder={placeholder}
          value={text}
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value)
            onText?.(event.target.value)
            setAt(0)
          }}
          onKeyDown={handleKeyDown}
          className="w-full bg-transparent outline-none"
        />
      </label>
      <div id={`${id}-list`} role="listbox" aria-label={label} ref={list} className="max-h-72 overflow-auto p-1">
        {found.map((row, index) => (
          <div
            key={row.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            draggable={onDragStart !== undefined}
            onDragStart={(event) => onDragStart?.(event, row)}
            onMouseMove={() => setAt(index)}
            onClick={() => onChoose(row)}
            onKeyDown={handleKeyDown}
            className={classes(
              'rounded-md px-2 py-1',
              onDragStart ? 'cursor-grab' : 'cursor-default',
              index === at && 'bg-accent-soft',
            )}
          >
            <div className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 truncate font-semibold" title={row.label}>
                {row.label}
              </span>
              {row.aside !== undefined && (
                <span className="max-w-40 shrink-0 truncate text-tiny text-ink-soft">{row.aside}</span>
              )}
            </div>
            {row.says !== '' && <div className="line-clamp-2 text-tiny text-ink-soft">{row.says}</div>}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p role="status" className="px-3 pb-3 text-ink-soft">
          {(empty ?? w.pipe.nothingFound)(text)}
        </p>
      )}
    </div>
  )
}

/** A picker below the element it stands in (which must be positioned); focus returns to where it was. */
export function Picker<T>(props: PickerListProps<T>) {
  const [giveBack] = useState(() => rememberFocus(document.activeElement))
  return (
    <PopoverBelow
      label={props.label}
      onClose={props.onClose}
      className="z-50 outline-none"
      // A picker stands inside rows that listen for keys, clicks and drags; those in it are its own.
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => event.stopPropagation()}
      onCloseAutoFocus={(event) => {
        event.preventDefault()
        const { activeElement } = document
        if (activeElement !== document.body && activeElement !== null) return
        giveBack()
      }}
    >
      <PickerList {...props} />
    </PopoverBelow>
  )
}

/** Rows that hold all the words typed; those whose name begins so first. */
function matchingRows<T>(rows: readonly PickerRow<T>[], text: string): readonly PickerRow<T>[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean)
  const [first] = wanted
  if (first === undefined) return rows
  const scoreOf = ({ label, says, aside = '' }: PickerRow<T>): number => {
    const name = label.toLowerCase()
    if (name === first) return 0
    if (name.startsWith(first)) return 1
    if (wanted.every((word) => name.includes(word))) return 2
    if (wanted.every((word) => `${name} ${aside.toLowerCase()}`.includes(word))) return 3
    return wanted.every((word) => `${name} ${aside} ${says}`.toLowerCase().includes(word)) ? 4 : 9
  }
  return rows
    .map((row) => [scoreOf(row), row] as const)
    .filter(([points]) => points < 9)
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row)
}
