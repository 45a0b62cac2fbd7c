import { X } from 'lucide-react'
import type { AnswerOf } from '../../../engine-worker/index.ts'
import { classes } from '../../ui/classes.ts'
import { useSearchWords } from './search-words.ts'

type Filter = AnswerOf<'search'>['filters'][number]

interface QueryFiltersProps {
  readonly query: string
  /** Those that stand in the query. */
  readonly filters: readonly Filter[]
  readonly onQuery: (query: string) => void
}

/** The filters by property in a query, each as it was understood; one is taken out of the query by a click. */
export function QueryFilters({ query, filters, onQuery }: QueryFiltersProps) {
  const w = useSearchWords().search
  if (filters.length === 0) return null
  const without = ({ from, to }: Filter) => `${query.slice(0, from).trimEnd()} ${query.slice(to).trimStart()}`.trim()
  return (
    <ul aria-label={w.filters} className="mt-2 flex flex-wrap gap-1">
      {filters.map((filter) => {
        const { property, how, value, isNegated } = filter
        const isExcluding = isNegated || how === 'missing' || how === 'is-not'
        const text = w.filter[how](value)
        return (
          <li key={filter.from}>
            <button
              type="button"
              aria-label={w.removeFilter(`${property} ${isNegated ? `${w.not} ` : ''}${text}`)}
              onClick={() => onQuery(without(filter))}
              className={classes(
                'inline-flex min-h-6 max-w-80 items-center gap-1 rounded-md px-2',
                isExcluding ? 'bg-bad-soft text-bad' : 'bg-accent-soft text-ink',
              )}
            >
              <span className="mono truncate">{property}</span>
              {isNegated && <span>{w.not}</span>}
              <span className="truncate">{text}</span>
              <X size={12} aria-hidden className="shrink-0" />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
