import type { ReactNode } from 'react'
import { classes } from './classes.ts'

interface ChoiceListProps<T> {
  readonly label: string
  readonly items: readonly T[]
  readonly keyOf: (item: T) => string
  /** What is shown beside the list. */
  readonly chosen: T | undefined
  readonly onChoose: (item: T) => void
  readonly children: (item: T) => ReactNode
}

/** A list at the left of what it chooses. */
export function ChoiceList<T>({ label, items, keyOf, chosen, onChoose, children }: ChoiceListProps<T>) {
  return (
    <ul aria-label={label} className="w-44 shrink-0 overflow-auto border-r border-line bg-surface p-2 lg:w-72">
      {items.map((item) => (
        <li key={keyOf(item)}>
          <button
            type="button"
            aria-current={item === chosen ? 'true' : undefined}
            onClick={() => onChoose(item)}
            className={classes(
              'flex w-full flex-wrap items-center gap-x-2 rounded-md px-2 py-1 text-left',
              item === chosen ? 'bg-accent-soft' : 'hover:bg-hover',
            )}
          >
            {children(item)}
          </button>
        </li>
      ))}
    </ul>
  )
}
