import type { ReactNode } from 'react'
import { classes } from './classes.ts'

interface ChoiceListProps<T> {
  readonly label: string
  readonly items: readonly T[]
  readonly keyOf: (item: T) => string
  /** What is shown beside the list. */
  readonly chosen: T | undefined
  readonly onChoose: (item: T) => void
  /** Items of one group stand together, under its name. */
  readonly groupOf?: (item: T) => string
  readonly children: (item: T) => ReactNode
}

/** A list at the left of what it chooses. */
export function ChoiceList<T>({ label, items, keyOf, chosen, onChoose, groupOf, children }: ChoiceListProps<T>) {
  return (
    <ul aria-label={label} className="w-44 shrink-0 overflow-auto border-r border-line bg-surface p-2 lg:w-72">
      {items.map((item, index) => (
        <li key={keyOf(item)}>
          <GroupName name={groupOf?.(item)} before={index > 0 ? groupOf?.(items[index - 1] ?? item) : undefined} />
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

function GroupName({ name, before }: { readonly name: string | undefined; readonly before: string | undefined }) {
  return name === undefined || name === before ? null : (
    <p className="px-2 pt-2 pb-1 font-semibold break-words">{name}</p>
  )
}
