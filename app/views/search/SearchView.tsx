import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { EntityPanel } from '../../data/EntityPanel.tsx'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { count } from '../../i18n/numbers.ts'
import { go } from '../../route.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { runPipes } from '../../store/project/runs.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import { FacetList } from './FacetList.tsx'
import { HitList } from './HitList.tsx'
import { IndexPanel } from './IndexPanel.tsx'
import { noPicks, type Picks, pickLists, picksOf, picksText, searchRequest, togglePick } from './picks.ts'
import { SearchBar } from './SearchBar.tsx'
import { useSearchWords } from './search-words.ts'
import { useSearchIndexes } from './use-indexes.ts'

interface SearchViewProps {
  readonly project: string
  readonly query: string | null
  readonly picks: string | null
  readonly dataset: string | null
  readonly entity: string | null
}

/** Hits that are asked for at first, and with each request for more. */
const pageSize = 50

/** Finds entities in all datasets; what is asked and chosen stands in the address. */
export function SearchView({ project, query: asked, picks: picked, dataset, entity }: SearchViewProps) {
  const w = useSearchWords()
  const query = asked?.trim() ?? ''
  const picks = picksOf(picked)
  const version = useEngine((state) => state.version)
  const isReady = useEngine((state) => state.state === 'ready')
  const hasData = useEngine((state) => state.datasets.length > 0)
  const indexes = useSearchIndexes()
  const [most, setMost] = useState(pageSize)
  const about = JSON.stringify([project, query, picksText(picks)])
  useEffect(() => {
    if (about) setMost(pageSize)
  }, [about])
  const started = useRef(0)
  const { value, failure, stale } = useQuery(
    isReady ? `${about} ${most} ${version} ${indexes.made}` : null,
    async (signal) => {
      started.current = performance.now()
      const answer = await ask('search', searchRequest(query, picks, most), { signal })
      return { query, answer, took: Math.round(performance.now() - started.current) }
    },
    { delay: 60 },
  )
  const goTo = (change: { query?: string; picks?: Picks; dataset?: string | null; entity?: string | null }) =>
    go(
      {
        at: 'search',
        project,
        query: change.query ?? (query || ' '),
        picks: picksText(change.picks ?? picks),
        dataset: change.dataset ?? null,
        entity: change.entity ?? null,
      },
      'replace',
    )
  const answer = value?.answer ?? null
  if (isReady && !hasData) {
    return (
      <Empty
        icon={<Search size={20} aria-hidden />}
        title={w.data.emptyTitle}
        action={
          <Button look="main" onClick={() => void runPipes({})}>
            {w.run.all}
          </Button>
        }
      >
        {w.search.emptySays}
      </Empty>
    )
  }
  return (
    <PageLayout
      {...(dataset !== null && entity !== null
        ? {
            inspector: (
              <EntityPanel key={`${dataset} ${entity}`} dataset={dataset} id={entity} onClose={() => goTo({})} />
            ),
          }
        : {})}
    >
      <h1 className="sr-only">{w.search.hits}</h1>
      <SearchBar
        project={project}
        query={query}
        picks={picksText(picks)}
        onQuery={(text) => goTo({ query: text || ' ' })}
        filters={value && { query: value.query, filters: value.answer.filters }}
      />
      <div className="flex min-h-0 flex-1">
        <nav
          aria-label={w.search.lists}
          className="hidden w-56 shrink-0 flex-col gap-4 overflow-auto border-r border-line bg-surface p-3 md:flex lg:w-64"
        >
          {pickLists.map((list) => (
            <FacetList
              key={list}
              label={w.search.list[list]}
              counts={answer?.facets[list] ?? []}
              picked={picks.lists[list]}
              onToggle={(name) => goTo({ picks: togglePick(picks, list, name) })}
            />
          ))}
          <Checkbox
            label={w.search.withDeleted}
            checked={picks.withDeleted}
            onChange={(event) => goTo({ picks: { ...picks, withDeleted: event.target.checked } })}
          />
        </nav>
        <section aria-label={w.search.hits} className="flex min-w-0 flex-1 flex-col overflow-auto px-4 py-3">
          <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
            <output className="text-title">
              {query === ''
                ? w.search.ready
                : answer === null || (answer.total === 0 && indexes.isWorking)
                  ? w.common.loading
                  : w.search.total(answer.total)}
            </output>
            {answer !== null && query !== '' && (
              <span className="text-ink-soft">
                {w.search.inDatasets(answer.facets.datasets.length)}
                {!stale && value !== null && ` · ${w.search.took(value.took, count(answer.searched))}`}
              </span>
            )}
            <span className="flex-1" />
            <IndexPanel indexes={indexes} />
          </header>
          {failure !== null && (
            <p className="mb-3 rounded-md bg-bad-soft px-3 py-2 text-bad">{w.search.failed(failure)}</p>
          )}
          {query === '' && (
            <Empty icon={<Search size={20} aria-hidden />} title={w.search.start}>
              {w.search.startSays}
            </Empty>
          )}
          {answer !== null && answer.total === 0 && query !== '' && !indexes.isWorking && (
            <Empty
              icon={<Search size={20} aria-hidden />}
              title={w.search.nothing}
              action={
                picksText(picks) === '-' ? undefined : (
                  <Button onClick={() => goTo({ picks: noPicks })}>{w.search.clearPicks}</Button>
                )
              }
            >
              {w.search.nothingSays}
            </Empty>
          )}
          {answer !== null && (
            <HitList
              project={project}
              hits={answer.hits}
              counts={new Map(answer.facets.datasets)}
              chosen={dataset !== null && entity !== null ? { dataset, id: entity } : null}
              onChoose={(hit) => goTo({ dataset: hit.dataset, entity: hit.id })}
            />
          )}
          {answer !== null && answer.total > answer.hits.length && answer.hits.length > 0 && (
            <Button className="self-center" onClick={() => setMost(most + 2 * pageSize)}>
              {w.search.more(answer.total - answer.hits.length)}
            </Button>
          )}
        </section>
      </div>
    </PageLayout>
  )
}
