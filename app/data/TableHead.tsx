import { ArrowDown, ArrowUp, ChevronDown, Pin } from 'lucide-react'
import type { PointerEvent } from 'react'
import type { PropertyProfile } from '../../engine-worker/index.ts'
import { classes } from '../ui/classes.ts'
import { Menu } from '../ui/Menu.tsx'
import { useBrowseWords } from './browse-words.ts'
import { ColumnProfile, useProfileSentence } from './ColumnProfile.tsx'
import type { LaidColumn } from './column-layout.ts'
import { PropertyHeading } from './PropertyName.tsx'
import { nextSorts, type Sort, withSort } from './table-sort.ts'

/** What the values of the columns look like. */
export interface TableProfile {
  readonly entities: number
  readonly found: number
  /** Entities that were looked at so far. */
  readonly read: number
  readonly properties: ReadonlyMap<string, PropertyProfile>
}

/** What a person can do with a column besides reading it. */
export interface ColumnActions {
  readonly sorts: readonly Sort[]
  readonly onSorts: (sorts: readonly Sort[]) => void
  readonly onPin: (column: string, isPinned: boolean) => void
  readonly onHide: (column: string) => void
  /** Null: as its values need. */
  readonly onWidth: (column: string, width: number | null) => void
  /** Shows what the values of a column look like. */
  readonly onLook: (column: string) => void
}

interface TableHeadProps {
  readonly column: LaidColumn
  readonly actions: ColumnActions | null
  readonly profile: TableProfile | null
  /** Its profile is in focus. */
  readonly isLooked: boolean
}

/** A step in which a width changes by keys. */
export const widthStep = 32

/** The head of a column: its name, how it is sorted, what its values look like, and what can be done with it. */
export function TableHead({ column, actions, profile, isLooked }: TableHeadProps) {
  const { name, left } = column
  const sentence = useProfileSentence()
  const sorts = actions?.sorts ?? []
  const place = sorts.findIndex(({ by }) => by === name)
  const sort = sorts[place]
  const found = profile?.properties.get(name)
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      data-column={name}
      aria-sort={sort ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      aria-label={found && profile ? sentence(found, profile.read) : name}
      className={classes(
        'group/head relative flex min-w-0 flex-col border-r border-line/60',
        left !== null && 'sticky z-20',
        isLooked ? 'bg-accent-soft' : 'bg-sunken',
      )}
      style={left === null ? undefined : { left }}
    >
      <div className="flex h-9 min-w-0 shrink-0 items-center">
        <button
          type="button"
          tabIndex={-1}
          disabled={!actions}
          onClick={(event) => actions?.onSorts(nextSorts(sorts, name, event.shiftKey))}
          title={name}
          className="flex h-full min-w-0 flex-1 items-center pl-3 text-left font-semibold text-ink-soft hover:text-ink"
        >
          {left !== null && <Pin size={11} aria-hidden className="mr-1 shrink-0 text-ink-faint" />}
          <PropertyHeading name={name} />
          {sort && (
            <span className="ml-1 flex shrink-0 items-center text-accent">
              {sort.descending ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />}
              {sorts.length > 1 && <span className="text-tiny">{place + 1}</span>}
            </span>
          )}
        </button>
        {actions && <HeadMenu column={column} actions={actions} />}
      </div>
      {profile && found && (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          disabled={!actions}
          onClick={() => actions?.onLook(name)}
          className="min-w-0 hover:bg-hover"
        >
          <ColumnProfile
            profile={found}
            of={profile.read}
            isPart={profile.read < profile.entities}
            isFound={profile.found < profile.read}
          />
        </button>
      )}
      {profile && !found && <div className="h-36" />}
      {actions && <Resizer column={column} onWidth={actions.onWidth} />}
    </div>
  )
}

function HeadMenu({
  column: { name, left, width },
  actions,
}: Pick<TableHeadProps, 'column'> & { readonly actions: ColumnActions }) {
  const w = useBrowseWords().browse.column
  const { sorts, onSorts } = actions
  const isSorted = sorts.some(({ by }) => by === name)
  const sortItem = (descending: boolean, isFurther: boolean, label: string) => ({
    id: label,
    label,
    onSelect: () => onSorts(withSort(sorts, { by: name, descending }, isFurther)),
  })
  return (
    <Menu
      align="end"
      heading={name}
      groups={[
        [
          sortItem(false, false, w.ascending),
          sortItem(true, false, w.descending),
          ...(sorts.length > 0 ? [sortItem(false, true, w.thenAscending), sortItem(true, true, w.thenDescending)] : []),
          ...(isSorted
            ? [
                {
                  id: 'unsorted',
                  label: w.unsorted,
                  onSelect: () => onSorts(sorts.filter(({ by }) => by !== name)),
                },
              ]
            : []),
        ],
        [
          { id: 'look', label: w.look, shortcut: 'P', onSelect: () => actions.onLook(name) },
          {
            id: 'pin',
            label: left === null ? w.pin : w.unpin,
            shortcut: '.',
            onSelect: () => actions.onPin(name, left === null),
          },
          ...(name === '_id'
            ? []
            : [{ id: 'hide', label: w.hide, shortcut: 'H', onSelect: () => actions.onHide(name) }]),
        ],
        [
          { id: 'wider', label: w.wider, shortcut: ']', onSelect: () => actions.onWidth(name, width + widthStep) },
          {
            id: 'narrower',
            label: w.narrower,
            shortcut: '[',
            onSelect: () => actions.onWidth(name, width - widthStep),
          },
          { id: 'fit', label: w.fit, onSelect: () => actions.onWidth(name, null) },
        ],
      ]}
      trigger={
        <button
          type="button"
          tabIndex={-1}
          aria-label={w.menu(name)}
          className="mr-1.5 flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-soft opacity-0 group-hover/head:opacity-100 hover:bg-hover focus-visible:opacity-100 data-[state=open]:opacity-100"
        >
          <ChevronDown size={13} aria-hidden />
        </button>
      }
    />
  )
}

/** The edge of a column, which is dragged; a double click gives it the width that fits. */
function Resizer({ column: { name }, onWidth }: Pick<TableHeadProps, 'column'> & Pick<ColumnActions, 'onWidth'>) {
  const handleDrag = (event: PointerEvent<HTMLSpanElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const head = event.currentTarget.parentElement
    if (head) onWidth(name, event.clientX - head.getBoundingClientRect().left)
  }
  return (
    <span
      aria-hidden
      data-resize={name}
      className="absolute inset-y-0 -right-1 z-10 w-2 cursor-col-resize hover:bg-accent/40"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={handleDrag}
      onDoubleClick={() => onWidth(name, null)}
    />
  )
}
