import { type ReactNode, useEffect, useState } from 'react'
import { useBrowseWords } from '../../data/browse-words.ts'
import { count } from '../../i18n/numbers.ts'
import { Checkbox } from '../../ui/Field.tsx'
import { SearchInput } from '../../ui/SearchInput.tsx'

interface DataToolsProps {
  readonly dataset: string
  readonly total: number | null
  readonly search: string
  readonly onSearch: (text: string) => void
  readonly deleted: boolean
  readonly onDeleted: (on: boolean) => void
  readonly history: boolean
  readonly onHistory: (on: boolean) => void
  readonly children: ReactNode
}

/** Above the table: search, deleted entities, all versions, columns. */
export function DataTools(props: DataToolsProps) {
  const w = useBrowseWords()
  const { search, onSearch } = props
  const [text, setText] = useState(search)
  useEffect(() => {
    const timer = setTimeout(() => onSearch(text.trim()), 200)
    return () => clearTimeout(timer)
  }, [text, onSearch])
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-3 py-2">
      <SearchInput label={w.browse.data.search} value={text} onChange={setText} className="max-w-72 flex-[1_1_140px]" />
      <output className="text-ink-soft">
        {props.total === null ? w.common.loading : w.data.total(props.total, count(props.total))}
      </output>
      <div className="hidden flex-1 lg:block" />
      <Checkbox
        label={w.browse.data.showDeleted}
        checked={props.deleted}
        onChange={(event) => props.onDeleted(event.target.checked)}
      />
      <Checkbox
        label={w.browse.data.showHistory}
        checked={props.history}
        onChange={(event) => props.onHistory(event.target.checked)}
      />
      {props.children}
    </div>
  )
}
