import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { useWords } from '../../words/words.ts'

export interface PickerRow<T> {
  readonly id: string
  readonly label: string
  readonly says: string
  /** Shown at the right, in small. */
  readonly aside?: string
  readonly value: T
}

interface PickerProps<T> {
  readonly label: string
  readonly placeholder: string
  readonly rows: readonly PickerRow<T>[]
  readonly onChoose: (row: PickerRow<T>) => void
  readonly onClose: () => void
  /** What Enter gives when nothing is found: the text itself. */
  readonly onFree?: (text: string) => void
}

/** Search, arrows, Enter: one of many, without a mouse. */
export function Picker<T>({ label, placeholder, rows, onChoose, onClose, onFree }: PickerProps<T>) {
  const w = useWords()
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const found = useMemo(() => matching(rows, text).slice(0, 100), [rows, text])

  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose()
    }
    addEventListener('pointerdown', outside, true)
    return () => removeEventListener('pointerdown', outside, true)
  }, [onClose])

  const key = (event: KeyboardEvent) => {
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
    } else if (event.key === 'Escape') onClose()
  }

  return (
    <div
      ref={box}
      className="flex w-80 animate-rise flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-high"
    >
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
            setAt(0)
          }}
          onKeyDown={key}
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
            onMouseMove={() => setAt(index)}
            onClick={() => onChoose(row)}
            onKeyDown={key}
            className={classes('cursor-default rounded-md px-2 py-1', index === at && 'bg-accent-soft')}
          >
            <div className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 truncate font-semibold">{row.label}</span>
              {row.aside !== undefined && <span className="shrink-0 text-tiny text-ink-faint">{row.aside}</span>}
            </div>
            {row.says !== '' && <div className="line-clamp-2 text-tiny text-ink-soft">{row.says}</div>}
          </div>
        ))}
        {found.length === 0 && <p className="px-2 py-3 text-ink-soft">{w.pipe.nothingFound(text)}</p>}
      </div>
    </div>
  )
}

/** Rows that hold all the words typed; those whose name begins so first. */
export function matching<T>(rows: readonly PickerRow<T>[], text: string): readonly PickerRow<T>[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean)
  const [first] = wanted
  if (first === undefined) return rows
  const score = ({ label, says }: PickerRow<T>): number => {
    const name = label.toLowerCase()
    if (name === first) return 0
    if (name.startsWith(first)) return 1
    if (wanted.every((word) => name.includes(word))) return 2
    return wanted.every((word) => `${name} ${says.toLowerCase()}`.includes(word)) ? 3 : 9
  }
  return rows
    .map((row) => [score(row), row] as const)
    .filter(([points]) => points < 9)
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row)
}
