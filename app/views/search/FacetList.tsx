import { useState } from 'react'
import { PropertyName } from '../../data/PropertyName.tsx'
import { count } from '../../i18n/numbers.ts'
import { Checkbox } from '../../ui/Field.tsx'
import { useSearchWords } from './search-words.ts'

interface FacetListProps {
  readonly label: string
  readonly counts: readonly (readonly [string, number])[]
  readonly picked: readonly string[]
  readonly onToggle: (name: string) => void
}

/** The number of names that are shown at first. */
const maxShown = 6

/** Names with the number of hits that each has; those that are picked narrow the search. */
export function FacetList({ label, counts, picked, onToggle }: FacetListProps) {
  const w = useSearchWords()
  const [isOpen, setOpen] = useState(false)
  const known = new Set(counts.map(([name]) => name))
  const all = [...picked.filter((name) => !known.has(name)).map((name) => [name, 0] as const), ...counts]
  const shown = isOpen ? all : all.filter(([name], place) => place < maxShown || picked.includes(name))
  if (all.length === 0) return null
  return (
    <fieldset className="flex min-w-0 flex-col">
      <legend className="eyebrow mb-1">{label}</legend>
      {shown.map(([name, hits]) => (
        <div key={name} className="flex h-6 items-center gap-2">
          <Checkbox
            className="min-w-0 flex-1"
            label={
              <span className="mono min-w-0 truncate" title={name}>
                <PropertyName name={name} />
              </span>
            }
            checked={picked.includes(name)}
            onChange={() => onToggle(name)}
          />
          <span className="shrink-0 text-tiny text-ink-faint">{count(hits)}</span>
        </div>
      ))}
      {all.length > shown.length && (
        <button type="button" className="h-6 self-start text-accent underline" onClick={() => setOpen(true)}>
          {w.search.moreNames(all.length - shown.length)}
        </button>
      )}
    </fieldset>
  )
}
