import { Plug } from 'lucide-react'
import { count } from '../../i18n/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { Menu } from '../../ui/Menu.tsx'
import { SearchInput } from '../../ui/SearchInput.tsx'
import { useFlowWords } from '../flow/flow-words.ts'
import { useMapState } from './map-state.ts'
import { type MapFilter, type PipeMark, pipeMarks } from './pipe-marks.ts'

interface MapBarProps {
  /** How many pipes have each mark. */
  readonly counts: Readonly<Record<PipeMark, number>>
  readonly systems: readonly string[]
}

/** The filter of the map: by name, by status, by system. Everything else is dimmed. */
export function MapBar({ counts, systems }: MapBarProps) {
  const w = useFlowWords()
  const filter = useMapState((state) => state.filter)
  const setFilter = (change: Partial<MapFilter>) => useMapState.setState({ filter: { ...filter, ...change } })
  const all = pipeMarks.reduce((sum, mark) => sum + counts[mark], 0)
  const markChip = (mark: PipeMark | null, label: string, number: number) => (
    <button
      key={label}
      type="button"
      aria-pressed={filter.mark === mark}
      onClick={() => setFilter({ mark })}
      className={classes(
        'inline-flex items-center gap-1 px-2.5 -outline-offset-2',
        filter.mark === mark ? 'bg-accent-soft font-semibold text-accent' : 'text-ink-soft hover:text-ink',
      )}
    >
      {label} <span className="font-semibold">{count(number)}</span>
    </button>
  )
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="w-44">
        <SearchInput label={w.flow.map.find} value={filter.text} onChange={(text) => setFilter({ text })} />
      </div>
      <fieldset className="inline-flex h-7 overflow-hidden rounded-md border border-line bg-surface shadow-low">
        <legend className="sr-only">{w.flow.map.states}</legend>
        {markChip(null, w.flow.map.all, all)}
        {pipeMarks
          .filter((mark) => mark !== 'fine' && counts[mark] > 0)
          .map((mark) => markChip(mark, w.flow.map.marks[mark], counts[mark]))}
      </fieldset>
      {systems.length > 1 && (
        <Menu
          heading={w.flow.map.system}
          trigger={
            <Button icon={<Plug size={14} aria-hidden />} className="shadow-low">
              {filter.system ?? w.flow.map.allSystems}
            </Button>
          }
          groups={[
            [null, ...systems].map((system) => ({
              id: system ?? '',
              label: system ?? w.flow.map.allSystems,
              checked: filter.system === system,
              onSelect: () => setFilter({ system }),
            })),
          ]}
        />
      )}
    </div>
  )
}
