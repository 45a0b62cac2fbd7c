import { Search } from 'lucide-react'
import { useState } from 'react'
import type { DatasetSummary } from '../../../engine-worker/index.ts'
import { useBrowseWords } from '../../data/browse-words.ts'
import { groupOf, shortName } from '../../data/dataset.ts'
import { count } from '../../i18n/numbers.ts'
import { go, href } from '../../route.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { SearchInput } from '../../ui/SearchInput.tsx'

interface DatasetListProps {
  readonly project: string
  readonly datasets: readonly DatasetSummary[]
  readonly selected: string | null
}

const groupNames = ['dataset', 'output', 'supplied', 'log'] as const
const barClasses = { dataset: 'bg-accent', output: 'bg-sink', supplied: 'bg-source', log: 'bg-line-strong' } as const

/** The datasets with their counts: those of pipes, outputs of outside sinks, supplied data. */
export function DatasetList({ project, datasets, selected }: DatasetListProps) {
  const w = useBrowseWords()
  const [search, setSearch] = useState('')
  const searchText = search.trim().toLowerCase()
  const found = datasets.filter(({ name }) => name.toLowerCase().includes(searchText))
  return (
    <nav
      aria-label={w.browse.data.datasets}
      className="flex w-44 shrink-0 flex-col border-r border-line bg-surface lg:w-64"
    >
      <div className="flex flex-col gap-2 p-2">
        <Button
          icon={<Search size={14} aria-hidden />}
          onClick={() => go({ at: 'search', project, query: null, picks: null, dataset: null, entity: null })}
        >
          {w.go.search}
        </Button>
        <SearchInput label={w.browse.data.findDataset} value={search} onChange={setSearch} />
      </div>
      <div className="min-h-0 flex-1 overflow-auto px-2 pb-4">
        {groupNames.map((role) => {
          const group = found.filter((dataset) => groupOf(dataset) === role)
          return group.length === 0 ? null : (
            <section key={role} className="mb-3">
              <p className="eyebrow px-2 py-1">{w.data.roles[role]}</p>
              <ul>
                {group.map((dataset) => (
                  <li key={dataset.name}>
                    <a
                      href={href({ at: 'data', project, dataset: dataset.name, entity: null })}
                      aria-current={dataset.name === selected ? 'true' : undefined}
                      title={dataset.name}
                      className={classes(
                        'flex h-7 items-center gap-2 rounded-md px-2',
                        dataset.name === selected ? 'bg-accent-soft font-semibold' : 'hover:bg-hover',
                      )}
                    >
                      <span aria-hidden className={classes('h-3.5 w-[3px] shrink-0 rounded-full', barClasses[role])} />
                      <span className="min-w-0 flex-1 truncate">{shortName(dataset)}</span>
                      <span className="text-tiny text-ink-faint">{count(dataset.live)}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          )
        })}
      </div>
    </nav>
  )
}
