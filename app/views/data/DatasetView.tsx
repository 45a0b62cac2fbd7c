import { useState } from 'react'
import { useBrowseWords } from '../../data/browse-words.ts'
import { EntityPanel } from '../../data/EntityPanel.tsx'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { go } from '../../route.ts'
import { Segments } from '../../ui/Segments.tsx'
import { ColumnPanel } from './ColumnPanel.tsx'
import { CompareTab } from './CompareTab.tsx'
import { EntitiesTab } from './EntitiesTab.tsx'
import { SchemaTab } from './SchemaTab.tsx'
import { useTableState } from './table-state.ts'

interface DatasetViewProps {
  readonly project: string
  readonly dataset: string
  readonly entity: string | null
}

const tabs = ['table', 'schema', 'compare'] as const
type Tab = (typeof tabs)[number]

/** One dataset: its entities as a table, its schema, and how it differs from another; an entity or a column at the right. */
export function DatasetView({ project, dataset, entity }: DatasetViewProps) {
  const w = useBrowseWords().browse
  const [tab, setTab] = useState<Tab>('table')
  const table = useTableState(dataset)
  const { looked } = table.state
  const chooseEntity = (id: string | null, of = dataset) => {
    table.change({ looked: null })
    go({ at: 'data', project, dataset: of, entity: id }, 'replace')
  }
  const closeEntity = () => {
    chooseEntity(null)
    document.querySelector<HTMLElement>('main [role=grid]')?.focus()
  }
  const inspector =
    looked !== null ? (
      <ColumnPanel key={looked} dataset={dataset} property={looked} table={table} />
    ) : entity === null ? null : (
      <EntityPanel key={entity} dataset={dataset} id={entity} onClose={closeEntity} />
    )
  return (
    <PageLayout {...(inspector === null ? {} : { inspector })}>
      <div className="flex shrink-0 items-center gap-3 border-b border-line bg-surface px-3 pt-2 pb-1.5">
        <h2 className="mono min-w-0 flex-1 truncate text-title" title={dataset}>
          {dataset}
        </h2>
        <Segments
          label={w.tabs.label}
          value={tab}
          onChange={setTab}
          options={tabs.map((id) => ({ id, label: w.tabs[id] }))}
        />
      </div>
      {tab === 'table' && <EntitiesTab dataset={dataset} entity={entity} table={table} onChoose={chooseEntity} />}
      {tab === 'schema' && <SchemaTab dataset={dataset} onLook={(property) => table.change({ looked: property })} />}
      {tab === 'compare' && <CompareTab dataset={dataset} onChoose={chooseEntity} />}
    </PageLayout>
  )
}
