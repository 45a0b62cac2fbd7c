import { ListFilter, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Filter, FilterHow } from '../../../engine-worker/index.ts'
import { useBrowseWords } from '../../data/browse-words.ts'
import { Button } from '../../ui/Button.tsx'
import { FormField, Input, Select } from '../../ui/Field.tsx'
import { PanelButton } from '../../ui/PanelButton.tsx'

interface FiltersProps {
  readonly columns: readonly string[]
  readonly filters: readonly Filter[]
  readonly onFilters: (filters: readonly Filter[]) => void
}

const conditions: readonly FilterHow[] = [
  ...(['contains', 'begins', 'is', 'is-not', 'greater', 'at-least', 'less', 'at-most', 'present', 'missing'] as const),
]
const needsValue = (how: FilterHow) => how !== 'present' && how !== 'missing'

/** A button that adds a condition on a property. */
export function AddFilter({ columns, filters, onFilters }: FiltersProps) {
  const w = useBrowseWords()
  const [property, setProperty] = useState<string | null>(null)
  const [how, setHow] = useState<FilterHow>('contains')
  const [value, setValue] = useState('')
  const chosen = property ?? columns[0] ?? '_id'
  const addFilter = (event: FormEvent, close: () => void) => {
    event.preventDefault()
    onFilters([...filters, { property: chosen.trim(), how, value: needsValue(how) ? value.trim() : '' }])
    setValue('')
    close()
  }
  return (
    <PanelButton icon={<ListFilter size={14} aria-hidden />} label={w.browse.filter.add} className="w-72">
      {(close) => (
        <form onSubmit={(event) => addFilter(event, close)} className="flex flex-col gap-3">
          <FormField label={w.browse.filter.property}>
            {(ids) => (
              <>
                <Input
                  {...ids}
                  list={`${ids.id}-names`}
                  value={chosen}
                  onChange={(event) => setProperty(event.target.value)}
                />
                <datalist id={`${ids.id}-names`}>
                  {columns.map((column) => (
                    <option key={column} value={column} />
                  ))}
                </datalist>
              </>
            )}
          </FormField>
          <FormField label={w.browse.filter.how}>
            {(ids) => (
              <Select
                {...ids}
                value={how}
                onChange={(event) => setHow(conditions.find((each) => each === event.target.value) ?? 'contains')}
              >
                {conditions.map((each) => (
                  <option key={each} value={each}>
                    {w.browse.filter.hows[each]}
                  </option>
                ))}
              </Select>
            )}
          </FormField>
          {needsValue(how) && (
            <FormField label={w.browse.filter.value}>
              {(ids) => <Input {...ids} value={value} onChange={(event) => setValue(event.target.value)} />}
            </FormField>
          )}
          <div className="flex justify-end">
            <Button
              type="submit"
              look="main"
              disabled={chosen.trim() === '' || (needsValue(how) && value.trim() === '')}
            >
              {w.browse.filter.apply}
            </Button>
          </div>
        </form>
      )}
    </PanelButton>
  )
}

/** The conditions that are set, each with a way to take it off. */
export function FilterChips({ filters, onFilters }: Omit<FiltersProps, 'columns'>) {
  const w = useBrowseWords()
  if (filters.length === 0) return null
  return (
    <ul
      aria-label={w.browse.filter.all}
      className="flex shrink-0 flex-wrap gap-2 border-b border-line bg-surface px-3 py-1.5"
    >
      {filters.map((filter, index) => {
        const { property, how, value } = filter
        const text = [property, w.browse.filter.hows[how], value].join(' ').trim()
        return (
          <li key={`${text} ${index}`} className="flex items-center gap-1 rounded-full bg-accent-soft pl-2.5 text-tiny">
            <span className="mono">{property}</span>
            <span className="text-ink-soft">{w.browse.filter.hows[how]}</span>
            {value !== '' && <span className="mono">{value}</span>}
            <button
              type="button"
              aria-label={w.browse.filter.remove(text)}
              title={w.browse.filter.remove(text)}
              className="rounded-full p-1 hover:bg-hover"
              onClick={() => onFilters(filters.filter((_, at) => at !== index))}
            >
              <X size={11} aria-hidden />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
