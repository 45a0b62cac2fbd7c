import { HardDrive } from 'lucide-react'
import { count } from '../../i18n/numbers.ts'
import { Checkbox } from '../../ui/Field.tsx'
import { PanelButton } from '../../ui/PanelButton.tsx'
import { useSearchWords } from './search-words.ts'
import type { SearchIndexesState } from './use-indexes.ts'

/** How far the indexes are, what they take, and which datasets are searched. */
export function IndexPanel({ indexes }: { readonly indexes: SearchIndexesState }) {
  const w = useSearchWords()
  const { states, isWorking, columns, off, setOn } = indexes
  const known = new Map(states.map((each) => [each.dataset, each]))
  const names = [...new Set([...known.keys(), ...off])].sort()
  const indexed = states.reduce((sum, each) => sum + each.indexed, 0)
  const entities = states.reduce((sum, each) => sum + each.entities, 0)
  const sizeOf = (dataset: string) => (known.get(dataset)?.bytes ?? 0) + (columns.get(dataset) ?? 0)
  const bytes = states.reduce((sum, { dataset }) => sum + sizeOf(dataset), 0)
  return (
    <PanelButton
      icon={<HardDrive size={14} aria-hidden />}
      label={isWorking && indexed < entities ? w.search.indexing(indexed, entities) : w.search.index}
      className="flex max-h-96 w-96 max-w-[90vw] flex-col gap-1 overflow-auto"
    >
      {() => (
        <>
          <p className="mb-2 text-ink-soft">{w.search.indexSays(count(indexed), w.search.size(bytes))}</p>
          {names.map((name) => {
            const index = known.get(name)
            return (
              <div key={name} className="flex min-h-6 items-center gap-2">
                <Checkbox
                  className="min-w-0 flex-1"
                  label={<span className="mono break-all">{name}</span>}
                  checked={!off.has(name)}
                  onChange={(event) => setOn(name, event.target.checked)}
                />
                <span className="shrink-0 text-tiny text-ink-faint">
                  {off.has(name)
                    ? w.search.notSearched
                    : index?.complete
                      ? w.search.size(sizeOf(name))
                      : w.search.indexing(index?.indexed ?? 0, index?.entities ?? 0)}
                </span>
              </div>
            )
          })}
        </>
      )}
    </PanelButton>
  )
}
