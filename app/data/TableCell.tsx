import { ListFilter, ListX, Maximize2, MoveRight } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Json, JsonObject } from '../../engine-worker/index.ts'
import { classes } from '../ui/classes.ts'
import { useBrowseWords } from './browse-words.ts'
import type { LaidColumn } from './column-layout.ts'
import { isStoreProperty } from './readable-values.ts'
import { rawTitle, useValueText } from './ShownValue.tsx'
import { Tree } from './Tree.tsx'
import { cellText, isShownNumber, shownText, shownType, typeColour } from './value.ts'

/** What a person can do with a value in a table. */
export interface CellActions {
  /** Shows only entities with this value, or only others. */
  readonly onFilter: (column: string, value: Json, isLeftOut: boolean) => void
  /** Goes to the entity that a reference names. */
  readonly onFollow: (id: string) => void
}

interface TableCellProps {
  readonly entity: JsonObject | undefined
  readonly column: LaidColumn
  /** The cell that keys are about. */
  readonly isActive: boolean
  readonly actions: CellActions | null
  /** Its column's profile is in focus. */
  readonly isLooked: boolean
  /** Counts up when what is nested in the active cell is to be opened by a key. */
  readonly opened: number
}

/** One value; the active one shows what can be done with it. */
export function TableCell({ entity, column: { name, left }, isActive, actions, isLooked, opened }: TableCellProps) {
  const textOf = useValueText()
  const value = entity === undefined || !Object.hasOwn(entity, name) ? undefined : entity[name]
  const place = classes(
    'flex h-full min-w-0 items-center px-3',
    left !== null && 'sticky z-[5] bg-inherit',
    isLooked && 'bg-accent-soft/50',
    isActive && 'group-focus-visible:outline-2 group-focus-visible:-outline-offset-2',
  )
  const style = left === null ? undefined : { left }
  if (value === undefined) {
    return (
      <div role="gridcell" tabIndex={-1} data-cell={name} className={place} style={style}>
        {entity === undefined && <div className="h-2 w-2/3 rounded-full bg-sunken" />}
      </div>
    )
  }
  const text = isStoreProperty(name) ? cellText(value) : textOf(value)
  const type = shownType(value)
  return (
    <div
      role="gridcell"
      tabIndex={-1}
      data-cell={name}
      title={rawTitle(value, text)}
      className={classes(place, isActive && 'relative')}
      style={style}
    >
      <span
        className={classes(
          'mono min-w-0 flex-1 truncate',
          type === 'string' ? 'text-ink' : typeColour[type],
          type === 'null' && 'italic',
          isShownNumber(value) && 'text-right tabular-nums',
        )}
      >
        {text}
      </span>
      {isActive && actions && !isStoreProperty(name) && (
        <CellButtons name={name} value={value} actions={actions} opened={opened} />
      )}
    </div>
  )
}

interface CellButtonsProps {
  readonly name: string
  readonly value: Json
  readonly actions: CellActions
  readonly opened: number
}

function CellButtons({ name, value, actions, opened }: CellButtonsProps) {
  const w = useBrowseWords().browse.cell
  const type = shownType(value)
  const isNested = type === 'list' || type === 'dict'
  return (
    <span className="absolute inset-y-0 right-0 flex items-center gap-0.5 bg-raised pr-1 pl-1 shadow-sm">
      {isNested ? (
        <Nested name={name} value={value} opened={opened} />
      ) : (
        <>
          {type === 'ni' && (
            <CellButton
              label={w.follow(shownText(value))}
              onClick={() => actions.onFollow(shownText(value))}
              icon={<MoveRight size={13} aria-hidden />}
            />
          )}
          <CellButton
            label={w.only}
            onClick={() => actions.onFilter(name, value, false)}
            icon={<ListFilter size={13} aria-hidden />}
          />
          <CellButton
            label={w.without}
            onClick={() => actions.onFilter(name, value, true)}
            icon={<ListX size={13} aria-hidden />}
          />
        </>
      )}
    </span>
  )
}

interface CellButtonProps {
  readonly label: string
  readonly icon: ReactNode
  readonly onClick: () => void
}

function CellButton({ label, icon, onClick }: CellButtonProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      title={label}
      className="flex size-6 items-center justify-center rounded-sm text-ink-soft hover:bg-hover hover:text-ink"
      onClick={(event) => {
        event.stopPropagation()
        onClick()
      }}
    >
      {icon}
    </button>
  )
}

/** What is nested in a value, as a tree in its place. */
function Nested({ name, value, opened }: { readonly name: string; readonly value: Json; readonly opened: number }) {
  const w = useBrowseWords().browse.cell
  const [isOpen, setOpen] = useState(false)
  const wasOpened = useRef(opened)
  useEffect(() => {
    if (opened !== wasOpened.current) setOpen(true)
    wasOpened.current = opened
  }, [opened])
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        tabIndex={-1}
        aria-label={w.open}
        title={w.open}
        onClick={(event) => event.stopPropagation()}
        className="flex size-6 items-center justify-center rounded-sm text-ink-soft hover:bg-hover hover:text-ink"
      >
        <Maximize2 size={12} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          collisionPadding={8}
          aria-label={name}
          onClick={(event) => event.stopPropagation()}
          onKeyDown={(event) => event.stopPropagation()}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            document.querySelector<HTMLElement>('main [role=grid]')?.focus()
          }}
          className="z-50 max-h-80 w-96 max-w-[90vw] overflow-auto rounded-lg border border-line bg-raised py-1 shadow-high"
        >
          <Tree value={value} label={name} open={3} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
