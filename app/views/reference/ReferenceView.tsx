import { FunctionSquare } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { matchingItems } from '../../commands/match.ts'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { go, href, type Route } from '../../route.ts'
import { useCatalogue } from '../../store/catalogue.ts'
import { loadCatalogue } from '../../store/engine/open-project.ts'
import { useQuery } from '../../store/use-query.ts'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/Empty.tsx'
import { SearchInput } from '../../ui/SearchInput.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { CiGuide, ciGuide } from './CiGuide.tsx'
import { ExampleRunner } from './ExampleRunner.tsx'
import { byGroup, type ReferenceEntry, type ReferenceSubject, referenceEntries } from './entries.ts'
import { FunctionPage } from './FunctionPage.tsx'
import { KindPage } from './KindPage.tsx'
import { ReferenceOverview } from './Overview.tsx'
import { useReferenceWords } from './reference-words.ts'

interface ReferenceProps {
  readonly project: string | null
  readonly name: string | null
}

/** Every DTL function and every part of a configuration from their declarations; examples run in the reader's browser. */
export function ReferenceView({ project, name }: ReferenceProps) {
  const w = useReferenceWords()
  const { failure } = useQuery('catalogue', loadCatalogue)
  const value = useCatalogue()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<ReferenceSubject>('functions')
  const entries = useMemo(() => (value ? referenceEntries(value, w) : []), [value, w])
  const shown = entries.find((each) => each.name === name)
  useEffect(() => {
    if (shown) setChosen(shown.subject)
  }, [shown])
  const found = useMemo(() => {
    const all = entries.map((each) => ({ text: each.label, keywords: `${each.says} ${each.group}`, each }))
    return matchingItems(search, all).map(({ each }) => each)
  }, [search, entries])
  const searching = search.trim() !== ''
  // Enter before the list is there: the first entry is opened as soon as it is.
  const [wantsFirst, setWantsFirst] = useState(false)
  useEffect(() => {
    if (!wantsFirst || value === null) return
    setWantsFirst(false)
    const [first] = found
    if (first) go({ at: 'dtl', project, name: first.name })
  }, [wantsFirst, value, found, project])
  const listed = searching ? found : found.filter(({ subject }) => subject === chosen)
  const route = (to: string | null): Route => ({ at: 'dtl', project, name: to })
  const address = (to: string) => href(route(to))
  if (failure !== null && value === null) {
    return (
      <Empty icon={<FunctionSquare size={20} aria-hidden />} title={w.reference.failed}>
        {failure}
      </Empty>
    )
  }
  return (
    <div className="flex min-h-0 flex-1">
      <nav
        aria-label={w.reference.name}
        className="flex w-44 shrink-0 flex-col border-r border-line bg-surface lg:w-64"
      >
        <div className="flex flex-col gap-2 p-2">
          <Segments
            label={w.reference.name}
            options={[
              { id: 'functions', label: w.reference.subjects.functions },
              { id: 'configuration', label: w.reference.subjects.configuration },
            ]}
            value={chosen}
            onChange={(subject) => {
              setChosen(subject)
              setSearch('')
              go(route(null))
            }}
          />
          <SearchInput
            label={w.reference.find}
            value={search}
            onChange={(text) => {
              setSearch(text)
              setWantsFirst(false)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') setWantsFirst(true)
            }}
          />
        </div>
        <a
          href={address(ciGuide)}
          aria-current={name === ciGuide ? 'page' : undefined}
          className={classes(
            'mx-2 mb-1 rounded-md px-2 py-1',
            name === ciGuide ? 'bg-accent-soft font-semibold' : 'hover:bg-hover',
          )}
        >
          {w.ciGuide.title}
        </a>
        <EntryList entries={listed} grouped={!searching} selected={name} address={address} />
      </nav>
      <PageLayout>
        {name === ciGuide ? (
          <CiGuide />
        ) : shown ? (
          <EntryPage key={shown.name} entry={shown} />
        ) : name !== null && value !== null ? (
          <Empty icon={<FunctionSquare size={20} aria-hidden />} title={w.reference.unknown(name)} />
        ) : (
          <ReferenceOverview
            subject={chosen}
            entries={entries.filter(({ subject }) => subject === chosen)}
            address={address}
          >
            {chosen === 'functions' && <ExampleRunner functions={value?.functions ?? []} address={address} />}
          </ReferenceOverview>
        )}
      </PageLayout>
    </div>
  )
}

function EntryPage({ entry }: { readonly entry: ReferenceEntry }) {
  useEffect(() => {
    document.querySelector('[data-entry][aria-current="page"]')?.scrollIntoView({ block: 'nearest' })
  }, [])
  return entry.subject === 'functions' ? (
    <FunctionPage declaration={entry.declared} />
  ) : (
    <KindPage declaration={entry.declared} />
  )
}

interface EntryListProps {
  readonly entries: readonly ReferenceEntry[]
  readonly grouped: boolean
  readonly selected: string | null
  readonly address: (name: string) => string
}

function EntryList({ entries, grouped, selected, address }: EntryListProps) {
  const groups = grouped ? byGroup(entries) : [{ group: '', entries }]
  return (
    <div className="min-h-0 flex-1 overflow-auto px-2 pb-4">
      {groups.map(({ group, entries: members }) => (
        <section key={group} className="mb-2">
          {group !== '' && <p className="eyebrow px-2 py-1">{group}</p>}
          <ul>
            {members.map((each) => (
              <li key={each.name + each.says}>
                <a
                  href={address(each.name)}
                  data-entry
                  aria-current={each.name === selected ? 'page' : undefined}
                  className={classes(
                    'mono block truncate rounded-md px-2 py-0.5',
                    each.name === selected ? 'bg-accent-soft font-semibold' : 'hover:bg-hover',
                    each.deprecated && 'text-ink-faint line-through',
                  )}
                >
                  {each.label}
                  {!grouped && each.subject === 'configuration' && (
                    <span className="ml-2 text-tiny text-ink-faint">{each.group}</span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
