import { Database } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Filter } from '../../../engine-worker/index.ts'
import { EntityPanel } from '../../data/EntityPanel.tsx'
import { type Sort, Table } from '../../data/Table.tsx'
import { useRowWindow } from '../../data/window.ts'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { useWords } from '../../i18n/i18n.ts'
import { go } from '../../route.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { runPipes } from '../../store/project/runs.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { Columns } from './Columns.tsx'
import { DatasetList } from './DatasetList.tsx'
import { DatasetOverview } from './DatasetOverview.tsx'
import { DataTools } from './DataTools.tsx'
import { Download } from './Download.tsx'
import { AddFilter, FilterChips } from './Filters.tsx'

interface DataProps {
  readonly project: string
  readonly dataset: string | null
  readonly entity: string | null
}

/** Datasets at the left, the entities of one in the middle, one entity at the right. */
export function DatasetsView({ project, dataset, entity }: DataProps) {
  const w = useWords()
  const datasets = useEngine((state) => state.datasets)
  const ready = useEngine((state) => state.state === 'ready')
  const shown = datasets.find((each) => each.name === dataset) ?? null
  if (ready && datasets.length === 0) {
    return (
      <Empty
        icon={<Database size={20} aria-hidden />}
        title={w.data.emptyTitle}
        action={
          <Button look="main" onClick={() => void runPipes({})}>
            {w.run.all}
          </Button>
        }
      >
        {w.data.emptySays}
      </Empty>
    )
  }
  return (
    <div className="flex min-h-0 flex-1">
      {dataset !== null && <h1 className="sr-only">{dataset}</h1>}
      <DatasetList project={project} datasets={datasets} selected={dataset} />
      {dataset === null ? (
        <DatasetOverview project={project} datasets={datasets} />
      ) : shown === null && ready ? (
        <Empty icon={<Database size={20} aria-hidden />} title={w.data.gone(dataset)}>
          {w.data.goneSays}
        </Empty>
      ) : (
        <DatasetView key={dataset} project={project} dataset={dataset} entity={entity} />
      )}
    </div>
  )
}

interface DatasetViewProps {
  readonly project: string
  readonly dataset: string
  readonly entity: string | null
}

function DatasetView({ project, dataset, entity }: DatasetViewProps) {
  const w = useWords()
  const [search, setSearch] = useState('')
  const [deleted, setDeleted] = useState(false)
  const [history, setHistory] = useState(false)
  const [sort, setSort] = useState<Sort | null>(null)
  const [filters, setFilters] = useState<readonly Filter[]>([])
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set(['_hash', '_previous', '_ts']))
  const query = useMemo(
    () => ({
      dataset,
      deleted,
      history,
      ...(search ? { search } : {}),
      ...(sort ? { sort } : {}),
      ...(filters.length > 0 ? { filters } : {}),
    }),
    [dataset, deleted, history, search, sort, filters],
  )
  const rows = useRowWindow(query)
  // Of a few rows the rows themselves say more.
  const [chosenProfiled, setProfiled] = useState<boolean | null>(null)
  const live = useEngine((state) => state.datasets.find(({ name }) => name === dataset)?.live ?? 0)
  const profiled = chosenProfiled ?? live >= fewest
  const profile = useProfile(profiled ? dataset : null)
  const ordered = useMemo(() => orderColumns(rows.columns), [rows.columns])
  const columns = ordered.filter((column) => !hidden.has(column))
  const choose = (id: string | null) => go({ at: 'data', project, dataset, entity: id }, 'replace')
  const close = () => {
    choose(null)
    document.querySelector<HTMLElement>('main [role=grid]')?.focus()
  }
  return (
    <PageLayout
      {...(entity === null
        ? {}
        : { inspector: <EntityPanel key={entity} dataset={dataset} id={entity} onClose={close} /> })}
    >
      <DataTools
        dataset={dataset}
        total={rows.total}
        search={search}
        onSearch={setSearch}
        deleted={deleted}
        onDeleted={setDeleted}
        history={history}
        onHistory={setHistory}
      >
        <AddFilter columns={ordered} filters={filters} onFilters={setFilters} />
        <Columns all={ordered} hidden={hidden} onHidden={setHidden} profiled={profiled} onProfiled={setProfiled} />
        <Download query={query} columns={columns} />
      </DataTools>
      <FilterChips filters={filters} onFilters={setFilters} />
      <FailureBar failure={rows.failure === null ? null : w.data.failed(rows.failure)} />
      {rows.total === 0 ? (
        <Empty
          icon={<Database size={20} aria-hidden />}
          title={search ? w.data.noHits(search) : filters.length > 0 ? w.data.filter.none : w.data.noRows}
        >
          {!search && !deleted && filters.length === 0 && w.data.noRowsSays}
        </Empty>
      ) : (
        <Table
          label={w.data.entitiesOf(dataset)}
          rows={rows}
          columns={columns}
          selected={entity}
          onSelect={(row) => typeof row._id === 'string' && choose(row._id)}
          sort={sort}
          onSort={setSort}
          profile={profile}
        />
      )}
    </PageLayout>
  )
}

/** Entities from which on the heads of columns tell about their values. */
const fewest = 20

/** What the values of a dataset look like; null until it is known. */
function useProfile(dataset: string | null) {
  const version = useEngine((state) => state.version)
  const { value } = useQuery(
    dataset === null ? null : JSON.stringify([dataset, version]),
    async () => {
      const { entities, properties } = await ask('profile', { dataset: dataset ?? '' })
      return { entities, properties: new Map(properties.map((each) => [each.name, each])) }
    },
    { about: dataset },
  )
  return value
}

/** `_id` first, then the properties, then what Sesam keeps itself. */
function orderColumns(columns: readonly string[]): readonly string[] {
  const rank = (name: string) => (name === '_id' ? 0 : name.startsWith('_') ? 3 : name.startsWith('$') ? 2 : 1)
  const known = columns.includes('_id') ? columns : ['_id', ...columns]
  return known.toSorted((a, b) => rank(a) - rank(b))
}
