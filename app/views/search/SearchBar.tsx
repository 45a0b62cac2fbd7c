import { Bookmark, BookmarkCheck, Search, X } from 'lucide-react'
import { type ComponentProps, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { go } from '../../route.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { QueryFilters } from './QueryFilters.tsx'
import { isSame, loadSavedSearches, toggleSavedSearch, useSavedSearches } from './saved-searches.ts'
import { useSearchWords } from './search-words.ts'

interface SearchBarProps {
  readonly project: string
  readonly query: string
  readonly picks: string
  readonly onQuery: (query: string) => void
  /** The filters that were read in the query. */
  readonly filters: Pick<ComponentProps<typeof QueryFilters>, 'query' | 'filters'> | null
}

/** The query, what it may say, and searches that were saved. */
export function SearchBar({ project, query, picks, onQuery, filters }: SearchBarProps) {
  const w = useSearchWords()
  const [text, setText] = useState(query)
  const given = useRef(query)
  const latest = useRef(onQuery)
  latest.current = onQuery
  const input = useRef<HTMLInputElement>(null)
  const saved = useSavedSearches(project)
  useEffect(() => loadSavedSearches(project), [project])
  useEffect(() => input.current?.focus(), [])
  useEffect(() => {
    // The address has changed from elsewhere: back, a saved search, an example.
    if (query !== given.current) {
      given.current = query
      setText(query)
    }
  }, [query])
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === given.current) return
    const timer = setTimeout(() => {
      given.current = wanted
      latest.current(wanted)
    }, 120)
    return () => clearTimeout(timer)
  }, [text])
  const isSaved = saved.some((each) => isSame(each, { query, picks }))
  const clearText = () => {
    setText('')
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      document.querySelector<HTMLElement>('[data-hit]')?.focus()
    }
    if (event.key === 'Escape' && text !== '') {
      event.preventDefault()
      clearText()
    }
  }
  return (
    <div className="shrink-0 border-b border-line bg-surface px-4 pt-3 pb-2">
      <div className="flex h-10 items-center gap-2 rounded-lg border border-line-strong bg-surface px-3 focus-within:border-accent focus-within:ring-2 focus-within:ring-accent-soft">
        <Search size={16} aria-hidden className="shrink-0 text-ink-soft" />
        <input
          ref={input}
          type="search"
          className="mono h-full min-w-0 flex-1 bg-transparent text-ink outline-none [&::-webkit-search-cancel-button]:hidden"
          aria-label={w.search.field}
          placeholder={w.search.placeholder}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {text !== '' && (
          <IconButton label={w.search.clear} onClick={clearText}>
            <X size={15} aria-hidden />
          </IconButton>
        )}
        {query !== '' && (
          <Button
            small
            aria-pressed={isSaved}
            icon={isSaved ? <BookmarkCheck size={13} aria-hidden /> : <Bookmark size={13} aria-hidden />}
            onClick={() => toggleSavedSearch(project, { query, picks })}
          >
            {isSaved ? w.search.saved : w.common.save}
          </Button>
        )}
        {saved.length > 0 && (
          <Menu
            align="end"
            heading={w.search.savedSearches}
            groups={[
              saved.map((each) => ({
                id: JSON.stringify(each),
                label: each.query || w.search.everything,
                onSelect: () => go({ at: 'search', project, ...each, dataset: null, entity: null }),
              })),
            ]}
            trigger={<Button small>{w.search.savedSearches}</Button>}
          />
        )}
      </div>
      {filters?.query === text.trim() && <QueryFilters {...filters} onQuery={setText} />}
      <div className={classes('mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft')}>
        <span className="eyebrow">{w.search.try}</span>
        {w.search.examples.map(({ text: example, says }) => (
          <button
            key={example}
            type="button"
            className="inline-flex min-h-6 items-center gap-1 rounded px-1 hover:bg-hover"
            onClick={() => {
              setText(example)
              input.current?.focus()
            }}
          >
            <span className="mono text-ink">{example}</span> {says}
          </button>
        ))}
      </div>
    </div>
  )
}
