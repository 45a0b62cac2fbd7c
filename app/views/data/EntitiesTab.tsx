import { Database } from 'lucide-react'
import { useMemo } from 'react'
import type { Json } from '../../../engine-worker/index.ts'
import { useBrowseWords } from '../../data/browse-words.ts'
import { withHidden, withPin, withWidth } from '../../data/column-layout.ts'
import { followIdentifier } from '../../data/follow-reference.ts'
import { Table } from '../../data/Table.tsx'
import type { ColumnActions } from '../../data/TableHead.tsx'
import { shownText } from '../../data/value.ts'
import { useRowWindow } from '../../data/window.ts'
import { useEngine } from '../../store/engine/state.ts'
import { Empty } from '../../ui/Empty.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { AddEntity } from './AddEntity.tsx'
import { Columns } from './Columns.tsx'
import { DataTools } from './DataTools.tsx'
import { Download } from './Download.tsx'
import { AddFilter, FilterChips } from './Filters.tsx'
import { type TableControl, withFilter } from './table-state.ts'
import { useProfile } from './use-profile.ts'

interface EntitiesTabProps {
  readonly dataset: string
  readonly entity: string | null
  readonly table: TableControl
  readonly onChoose: (id: string, dataset?: string) => void
}

/** Entities from which on the heads of columns tell about their values: of a few the rows themselves say more. */
const minRowsForTools = 20

/** The entities of a dataset as a table. */
export function EntitiesTab({ dataset, entity, table, onChoose }: EntitiesTabProps) {
  const w = useBrowseWords()
  const { state, change } = table
  const { search, deleted, history, sorts, filters, choice } = state
  const query = useMemo(
    () => ({
      dataset,
      deleted,
      history,
      ...(search ? { search } : {}),
      ...(sorts.length > 0 ? { sort: sorts } : {}),
      ...(filters.length > 0 ? { filters } : {}),
    }),
    [dataset, deleted, history, search, sorts, filters],
  )
  const rows = useRowWindow(query)
  const live = useEngine((engine) => engine.datasets.find(({ name }) => name === dataset)?.live ?? 0)
  const profiled = state.profiled ?? live >= minRowsForTools
  const ordered = useMemo(() => orderColumns(rows.columns), [rows.columns])
  const shown = ordered.filter((column) => !choice.hidden.has(column))
  const profile = useProfile({
    dataset: profiled ? dataset : null,
    properties: shown.filter((column) => column === '_id' || !column.startsWith('_')),
    search,
    filters,
  })
  const filterBy = (column: string, value: Json, isLeftOut: boolean) => {
    const property = column
    if (value === null)
      change({ filters: withFilter(filters, { property, how: isLeftOut ? 'present' : 'missing', value: '' }) })
    else
      change({ filters: withFilter(filters, { property, how: isLeftOut ? 'is-not' : 'is', value: shownText(value) }) })
  }
  const columnActions: ColumnActions = {
    sorts,
    onSorts: (next) => change({ sorts: next }),
    onPin: (column, isPinned) => change({ choice: withPin(choice, column, isPinned) }),
    onHide: (column) => change({ choice: withHidden(choice, [column], true) }),
    onWidth: (column, width) => change({ choice: withWidth(choice, column, width) }),
    onLook: (column) => change({ looked: column }),
  }
  return (
    <>
      <DataTools
        dataset={dataset}
        total={rows.total}
        search={search}
        onSearch={(text) => change({ search: text })}
        deleted={deleted}
        onDeleted={(on) => change({ deleted: on })}
        history={history}
        onHistory={(on) => change({ history: on })}
      >
        <AddFilter columns={ordered} filters={filters} onFilters={(next) => change({ filters: next })} />
        <Columns
          all={ordered}
          choice={choice}
          onChoice={(next) => change({ choice: next })}
          profiled={profiled}
          onProfiled={(on) => change({ profiled: on })}
        />
        <Download query={query} columns={shown} hidden={choice.hidden} />
        <AddEntity dataset={dataset} />
      </DataTools>
      <FilterChips filters={filters} onFilters={(next) => change({ filters: next })} />
      <FailureBar failure={rows.failure === null ? null : w.browse.data.failed(rows.failure)} />
      {rows.total === 0 ? (
        <Empty
          icon={<Database size={20} aria-hidden />}
          title={
            search ? w.browse.data.noHits(search) : filters.length > 0 ? w.browse.filter.none : w.browse.data.noRows
          }
        >
          {!search && !deleted && filters.length === 0 && w.browse.data.noRowsSays}
        </Empty>
      ) : (
        <Table
          label={w.browse.data.entitiesOf(dataset)}
          rows={rows}
          columns={ordered}
          choice={choice}
          selected={entity}
          onSelect={(row) => typeof row._id === 'string' && onChoose(row._id)}
          columnActions={columnActions}
          cellActions={{
            onFilter: filterBy,
            onFollow: (id) => void followIdentifier(id),
          }}
          profile={profile}
          looked={state.looked}
        />
      )}
    </>
  )
}

/** `_id` first, then the properties, then what Sesam keeps itself. */
function orderColumns(columns: readonly string[]): readonly string[] {
  const rankOf = (name: string) => (name === '_id' ? 0 : name.startsWith('_') ? 3 : name.startsWith('$') ? 2 : 1)
  const known = columns.includes('_id') ? columns : ['_id', ...columns]
  return known.toSorted((a, b) => rankOf(a) - rankOf(b))
}
