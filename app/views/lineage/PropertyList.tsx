import { useState } from 'react'
import { PropertyName } from '../../data/PropertyName.tsx'
import { go, href } from '../../route.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useQuery } from '../../store/use-query.ts'
import { classes } from '../../ui/classes.ts'
import { Select } from '../../ui/Field.tsx'
import { SearchInput } from '../../ui/SearchInput.tsx'
import { useLineageWords } from './lineage-words.ts'

interface PropertyListProps {
  readonly project: string
  readonly datasets: readonly string[]
  readonly dataset: string
  readonly property: string | null
}

const entryClasses = 'mono flex h-7 items-center rounded-md px-2'

/** One dataset of all, and its properties; of each, the lineage is one click away. */
export function PropertyList({ project, datasets, dataset, property }: PropertyListProps) {
  const w = useLineageWords()
  const version = useEngine((state) => state.version)
  const facts = useEngine((state) => state.facts)
  const { value } = useQuery(`${version} ${facts.length} ${dataset}`, () => ask('properties', dataset), {
    about: dataset,
  })
  const [search, setSearch] = useState('')
  const searchText = search.trim().toLowerCase()
  const found = (value ?? []).filter((name) => name.toLowerCase().includes(searchText))
  const routeTo = (name: string | null) => ({ at: 'lineage', project, dataset, property: name }) as const
  return (
    <nav
      aria-label={w.lineage.properties}
      className="flex w-44 shrink-0 flex-col border-r border-line bg-surface lg:w-64"
    >
      <div className="flex flex-col gap-2 p-2">
        <Select
          aria-label={w.lineage.dataset}
          value={dataset}
          onChange={(event) => go({ at: 'lineage', project, dataset: event.target.value, property: null })}
        >
          {!datasets.includes(dataset) && <option>{dataset}</option>}
          {datasets.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <SearchInput label={w.lineage.findProperty} value={search} onChange={setSearch} />
      </div>
      <ul className="min-h-0 flex-1 overflow-auto px-2 pb-4">
        <li>
          <a
            href={href(routeTo(null))}
            aria-current={property === null ? 'true' : undefined}
            className={classes(
              'flex h-7 items-center rounded-md px-2',
              property === null ? 'bg-accent-soft font-semibold' : 'hover:bg-hover',
            )}
          >
            {w.lineage.whole}
          </a>
        </li>
        {found.map((name) => (
          <li key={name}>
            <a
              href={href(routeTo(name))}
              aria-current={name === property ? 'true' : undefined}
              className={classes(entryClasses, name === property ? 'bg-accent-soft font-semibold' : 'hover:bg-hover')}
            >
              <PropertyName name={name} />
            </a>
          </li>
        ))}
        {value?.length === 0 && <li className="px-2 py-1 text-ink-soft">{w.lineage.noProperties}</li>}
      </ul>
    </nav>
  )
}
