import { Columns3 } from 'lucide-react'
import { useState } from 'react'
import { useBrowseWords } from '../../data/browse-words.ts'
import { type ColumnChoice, columnsByNamespace, withHidden } from '../../data/column-layout.ts'
import { setSettings, useSettings } from '../../store/settings.ts'
import { Checkbox, Input } from '../../ui/Field.tsx'
import { PanelButton } from '../../ui/PanelButton.tsx'

interface ColumnsProps {
  readonly all: readonly string[]
  readonly choice: ColumnChoice
  readonly onChoice: (choice: ColumnChoice) => void
  readonly profiled: boolean
  readonly onProfiled: (on: boolean) => void
}

/** With more columns than this, a field finds them. */
const searchFromColumns = 12

/** Which properties are columns, by namespace. */
export function Columns({ all, choice, onChoice, profiled, onProfiled }: ColumnsProps) {
  const w = useBrowseWords()
  const words = useBrowseWords().browse.column
  const raw = useSettings(({ values }) => values === 'raw')
  const [search, setSearch] = useState('')
  const searchText = search.trim().toLowerCase()
  const found = all.filter((column) => column !== '_id' && column.toLowerCase().includes(searchText))
  const groups = columnsByNamespace(found)
  const shown = all.filter((column) => !choice.hidden.has(column)).length
  const showColumns = (columns: readonly string[], on: boolean) => onChoice(withHidden(choice, columns, !on))
  return (
    <PanelButton
      icon={<Columns3 size={14} aria-hidden />}
      label={`${w.browse.data.columns} · ${words.shown(shown, all.length)}`}
      className="flex max-h-96 w-72 flex-col gap-1.5 overflow-auto"
    >
      {() => (
        <>
          <Checkbox
            label={w.browse.data.profile.show}
            checked={profiled}
            onChange={(event) => onProfiled(event.target.checked)}
          />
          <Checkbox
            className="border-b border-line pb-1.5"
            label={w.browse.data.rawValues}
            checked={raw}
            onChange={(event) => setSettings({ values: event.target.checked ? 'raw' : 'human' })}
          />
          {all.length > searchFromColumns && (
            <Input
              type="search"
              aria-label={words.find}
              placeholder={words.find}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          )}
          {[...groups].map(([namespace, columns]) => (
            <section key={namespace ?? ''} className="flex flex-col gap-1.5">
              {groups.size > 1 && (
                <Checkbox
                  className="eyebrow"
                  label={namespace ?? words.noNamespace}
                  checked={columns.some((column) => !choice.hidden.has(column))}
                  onChange={(event) => showColumns(columns, event.target.checked)}
                />
              )}
              {columns.map((column) => (
                <Checkbox
                  key={column}
                  className={groups.size > 1 ? 'pl-4' : ''}
                  label={
                    <span className="mono break-all">
                      {namespace === null ? column : column.slice(namespace.length + 1)}
                    </span>
                  }
                  checked={!choice.hidden.has(column)}
                  onChange={(event) => showColumns([column], event.target.checked)}
                />
              ))}
            </section>
          ))}
        </>
      )}
    </PanelButton>
  )
}
