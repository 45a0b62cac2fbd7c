import { ChevronDown, ChevronRight, Link2 } from 'lucide-react'
import { useState } from 'react'
import type { Model } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { useEngine } from '../../store/engine/state.ts'
import { editModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { classes } from '../../ui/classes.ts'
import { Input } from '../../ui/Field.tsx'
import { Picker, type PickerRow } from '../../ui/Picker.tsx'
import { type DatatypePlace, dragDatatype } from './drag.ts'
import { removeDatatype } from './edits.ts'
import { conceptNameOf } from './link.ts'
import { Monogram } from './Monogram.tsx'
import { useModelWords } from './model-words.ts'
import { collectDataset } from './records.ts'

/**
 * From this number of systems on, those without a part in the chosen concept are folded, and can be found by typing.
 */
const searchFromSystems = 8

interface SystemListProps {
  readonly model: Model
  readonly chosen: string | null
  readonly onLink: (place: DatatypePlace, concept: string) => void
  readonly onBegin: (place: DatatypePlace) => void
}

/** The systems, each with its datatypes, which are dragged onto a concept or linked by their menu. */
export function SystemList({ model, chosen, onLink, onBegin }: SystemListProps) {
  const w = useModelWords()
  const [text, setText] = useState('')
  const [turned, setTurned] = useState<Readonly<Record<string, boolean>>>({})
  const systems = Object.entries(model.systems)
  const isMany = systems.length > searchFromSystems
  const searchText = text.trim().toLowerCase()
  const found = systems.filter(
    ([name, { datatypes }]) =>
      searchText === '' || [name, ...Object.keys(datatypes)].some((each) => each.toLowerCase().includes(searchText)),
  )
  const feedsConcept = (system: string) =>
    model.mappings.some((each) => each.system === system && each.concept === chosen)
  return (
    <>
      {isMany && (
        <Input
          aria-label={w.board.findSystem}
          placeholder={w.board.findSystem}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {systems.length === 0 && <p className="text-ink-soft">{w.board.noSystems}</p>}
      {found.map(([name, { datatypes, description }]) => {
        const isOpen = turned[name] ?? (!isMany || searchText !== '' || feedsConcept(name))
        const Arrow = isOpen ? ChevronDown : ChevronRight
        return (
          <section key={name} aria-label={name} className="rounded-lg border border-line bg-surface shadow-low">
            <button
              type="button"
              aria-expanded={isOpen}
              onClick={() => setTurned({ ...turned, [name]: !isOpen })}
              className="flex h-9 w-full items-center gap-2 rounded-lg px-3 text-left hover:bg-hover"
            >
              <Monogram system={name} />
              <span className="min-w-0 flex-1 truncate font-semibold">{name}</span>
              <span className="truncate text-tiny text-ink-soft">
                {description ?? w.board.datatypes(Object.keys(datatypes).length)}
              </span>
              <Arrow size={14} aria-hidden className="text-ink-faint" />
            </button>
            {isOpen && (
              <ul className="border-t border-line">
                {Object.keys(datatypes).map((datatype) => (
                  <DatatypeRow
                    key={datatype}
                    model={model}
                    place={{ system: name, datatype }}
                    chosen={chosen}
                    onLink={onLink}
                    onBegin={onBegin}
                  />
                ))}
              </ul>
            )}
          </section>
        )
      })}
    </>
  )
}

interface DatatypeRowProps {
  readonly model: Model
  readonly place: DatatypePlace
  readonly chosen: string | null
  readonly onLink: SystemListProps['onLink']
  readonly onBegin: SystemListProps['onBegin']
}

function DatatypeRow({ model, place, chosen, onLink, onBegin }: DatatypeRowProps) {
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  const { system, datatype } = place
  const [picking, setPicking] = useState(false)
  const dataset = collectDataset(model, system, datatype)
  const info = useEngine((state) => state.datasets.find(({ name }) => name === dataset))
  const mappingsHere = model.mappings.filter((each) => each.system === system && each.datatype === datatype)
  const linked = [...new Set(mappingsHere.map(({ concept }) => concept))]
  const free = Object.keys(model.concepts).filter((concept) => !linked.includes(concept))
  const removeDatatypeHere = () =>
    editModel(w.board.removeDatatypeStep(`${system} ${datatype}`), (before) => removeDatatype(before, system, datatype))
  const choices: readonly PickerRow<() => void>[] = [
    ...free.map((concept) => ({ id: concept, label: concept, says: '', value: () => onLink(place, concept) })),
    { id: '+', label: w.board.newConcept(conceptNameOf(datatype)), says: '', value: () => onBegin(place) },
    { id: '-', label: w.board.removeDatatype, says: '', value: removeDatatypeHere },
  ]
  return (
    <li className="relative">
      <button
        type="button"
        disabled={readOnly}
        draggable={!readOnly}
        onDragStart={(event) => dragDatatype(event, place)}
        onClick={() => setPicking(true)}
        data-datatype={`${system}.${datatype}`}
        aria-haspopup="listbox"
        aria-label={w.board.datatypeName(
          `${system} ${datatype}`,
          info === undefined ? null : info.live,
          linked.length === 0 ? null : linked.join(', '),
        )}
        className={classes(
          'flex h-8 w-full items-center gap-2 rounded-md px-3 text-left enabled:cursor-grab hover:bg-hover',
          chosen !== null && linked.includes(chosen) && 'bg-accent-soft',
        )}
      >
        <span className="mono min-w-0 flex-1 truncate">{datatype}</span>
        <span className="text-tiny text-ink-soft">{info === undefined ? w.board.noData : count(info.live)}</span>
        {linked.length > 0 ? (
          <span aria-hidden className="size-2 rounded-full bg-accent" />
        ) : (
          <Link2 size={13} aria-hidden className="text-ink-faint" />
        )}
      </button>
      {picking && (
        <Picker
          label={w.board.feedsWhich}
          placeholder={w.board.feedsWhich}
          rows={choices}
          onClose={() => setPicking(false)}
          onChoose={({ value }) => {
            setPicking(false)
            value()
          }}
        />
      )}
    </li>
  )
}
