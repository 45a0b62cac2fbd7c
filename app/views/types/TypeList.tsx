import { href } from '../../route.ts'
import { classes } from '../../ui/classes.ts'
import { Select } from '../../ui/Field.tsx'
import { SearchInput } from '../../ui/SearchInput.tsx'
import { ALL_MODELS, type ListedModel, type TypeRow } from './type-rows.ts'
import { useTypesWords } from './types-words.ts'

interface TypeListProps {
  readonly project: string
  readonly models: readonly ListedModel[]
  readonly model: string
  readonly rows: readonly TypeRow[]
  readonly of: number
  readonly chosen: TypeRow | null
  readonly search: string
  readonly onSearch: (text: string) => void
  readonly onModel: (id: string) => void
}

/** One model of all, and the entity types in it, found by their names and properties. */
export function TypeList({ project, models, model, rows, of, chosen, search, onSearch, onModel }: TypeListProps) {
  const w = useTypesWords().types
  return (
    <nav aria-label={w.list} className="flex w-44 shrink-0 flex-col border-r border-line bg-surface lg:w-64">
      <div className="flex flex-col gap-2 p-2">
        <Select aria-label={w.model} value={model} onChange={(event) => onModel(event.target.value)}>
          <option value={ALL_MODELS}>{w.allModels}</option>
          {models.map(({ id, name }) => (
            <option key={id} value={id}>
              {name === id ? id : `${name} (${id})`}
            </option>
          ))}
        </Select>
        <SearchInput label={w.find} value={search} onChange={onSearch} />
        {search.trim() !== '' && <span className="text-tiny text-ink-faint">{w.shown(rows.length, of)}</span>}
      </div>
      <ul className="min-h-0 flex-1 overflow-auto px-2 pb-4">
        {rows.map((row) => {
          const isChosen = chosen !== null && chosen.id === row.id && chosen.side === row.side
          return (
            <li key={`${row.id} ${row.side}`}>
              <a
                href={href({ at: 'types', project, model, type: row.id, side: row.side })}
                aria-current={isChosen ? 'true' : undefined}
                title={row.id}
                className={classes(
                  'flex h-7 items-center gap-2 rounded-md px-2',
                  isChosen ? 'bg-accent-soft font-semibold' : 'hover:bg-hover',
                )}
              >
                <span className="min-w-0 flex-1 truncate">{row.id}</span>
                <span className="text-tiny text-ink-faint">{w.side[row.side].split(' ')[0]}</span>
              </a>
            </li>
          )
        })}
        {rows.length === 0 && <li className="px-2 py-1 text-ink-soft">{w.none}</li>}
      </ul>
    </nav>
  )
}
