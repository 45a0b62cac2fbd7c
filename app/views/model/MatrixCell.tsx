import { Pencil } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { AnswerOf, Model, ModelMapping } from '../../../engine-worker/index.ts'
import { useVocabulary } from '../../pipe/vocabulary.ts'
import { editModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { useSettings } from '../../store/settings.ts'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Picker } from '../../ui/Picker.tsx'
import { mapProperty, placePriority } from './edits.ts'
import { useModelWords } from './model-words.ts'
import { mappedFrom, shownValue } from './names.ts'

interface MatrixCellProps {
  readonly model: Model
  readonly concept: string
  readonly property: string
  readonly mapping: ModelMapping
  readonly columns: readonly string[]
  readonly covered: AnswerOf<'modelMastering'>['coverage'][number] | null
  /** What the records of the mapping say, of the record that is followed. */
  readonly values: readonly string[]
  /** Its place among those that fill the property; -1 where it does not. */
  readonly rank: number
  readonly of: number
  readonly wins: boolean
  readonly isChosen: boolean
  readonly onChoose: () => void
}

const dragType = 'application/x-pipewright-priority'

/** What one system says of one property: where from, how often, a value, and how much it counts. */
export function MatrixCell(props: MatrixCellProps) {
  const { model, concept, property, mapping, columns, covered, values, rank, of, wins, isChosen, onChoose } = props
  const vocabulary = useVocabulary()
  const w = useModelWords()
  const language = useSettings((state) => state.language)
  const readOnly = useProject((state) => state.readOnly)
  const [picking, setPicking] = useState(false)
  const [over, setOver] = useState(false)
  const mapped = mapping.properties.filter(({ to }) => to === property)
  const filled = covered?.filled[property] ?? 0
  const share = covered && covered.of > 0 ? Math.round((filled * 100) / covered.of) : null
  const declared = model.concepts[concept]?.properties[property]
  const ordered = declared?.rule === 'priority' || declared?.rule === 'latest'
  const setPriority = (to: number, name = mapping.name) =>
    editModel(w.mastering.priorityStep(property), (before) => placePriority(before, concept, property, name, to))
  const handleArrows = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight') && rank >= 0 && !readOnly) {
      event.preventDefault()
      setPriority(rank + (event.key === 'ArrowLeft' ? -1 : 1))
    } else moveFocus(event)
  }
  const from = mapped.map((each) => mappedFrom(each, vocabulary)).join(', ')
  const value = values.map((text) => shownValue(text, language)).join(' · ')
  return (
    <td
      className={classes(
        'relative border-r border-b border-line p-0 align-top',
        wins && 'bg-accent-soft shadow-[inset_2px_0_0_var(--accent)]',
        over && 'outline-2 -outline-offset-2 outline-accent outline-dashed',
      )}
      onDragOver={(event) => {
        if (rank < 0 || !event.dataTransfer.types.includes(dragType)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const [other, name] = event.dataTransfer.getData(dragType).split('\n')
        if (other !== property || name === undefined || rank < 0) return
        event.preventDefault()
        setPriority(rank, name)
      }}
    >
      {rank < 0 && mapped.length === 0 ? (
        <button
          type="button"
          data-cell
          disabled={readOnly}
          onClick={() => setPicking(true)}
          onKeyDown={moveFocus}
          aria-label={w.mastering.mapCell(property, mapping.name)}
          className="h-11 w-full px-3 text-left text-tiny text-ink-faint hover:bg-hover"
        >
          {w.mastering.map}
        </button>
      ) : (
        <>
          <button
            type="button"
            data-cell
            draggable={!readOnly && rank >= 0}
            onDragStart={(event) => event.dataTransfer.setData(dragType, `${property}\n${mapping.name}`)}
            aria-pressed={isChosen}
            aria-label={w.mastering.cell(property, mapping.name, from, share, value, ordered ? rank + 1 : null, wins)}
            onClick={onChoose}
            onKeyDown={handleArrows}
            className={classes(
              'block w-full px-3 py-1 text-left hover:bg-hover/60',
              isChosen && 'ring-2 ring-inset ring-accent',
            )}
          >
            <span className="flex items-center gap-2">
              <span className="mono min-w-0 flex-1 truncate text-tiny text-ink-soft">{from}</span>
              {ordered && rank >= 0 && of > 1 && (
                <span
                  className={classes(
                    'inline-flex size-4 items-center justify-center rounded-full text-tiny',
                    wins ? 'bg-accent text-on-accent' : 'border border-line-strong text-ink-soft',
                  )}
                >
                  {rank + 1}
                </span>
              )}
            </span>
            <span className="flex items-center justify-between gap-2 pr-6">
              {/* Several records of one system have as many values: those that do not fit are in the tooltip. */}
              <span className={classes('mono max-w-56 min-w-0 truncate', wins && 'font-semibold')} title={value}>
                {value || '–'}
              </span>
              {share !== null && (
                <span className="flex shrink-0 items-center gap-2">
                  <span className="h-1 w-6 overflow-hidden rounded-full bg-sunken">
                    <span className="block h-full bg-accent" style={{ width: `${share}%` }} />
                  </span>
                  <span className="w-7 text-right text-tiny text-ink-soft">{share}</span>
                </span>
              )}
            </span>
          </button>
          {!readOnly && (
            <IconButton
              label={w.mastering.mapCell(property, mapping.name)}
              className="absolute right-1 bottom-1 size-5"
              onClick={() => setPicking(true)}
            >
              <Pencil size={11} aria-hidden />
            </IconButton>
          )}
        </>
      )}
      {picking && (
        <Picker
          label={w.mastering.mapCell(property, mapping.name)}
          placeholder={w.mastering.findColumn}
          rows={[
            ...columns.map((column) => ({ id: column, label: column, says: '', value: column as string | null })),
            ...(mapped.length > 0 ? [{ id: '-', label: w.mastering.notMapped, says: '', value: null }] : []),
          ]}
          onFree={(text) => {
            setPicking(false)
            editModel(w.mastering.mapStep(property), (before) => mapProperty(before, mapping.name, property, text))
          }}
          onClose={() => setPicking(false)}
          onChoose={({ value: column }) => {
            setPicking(false)
            editModel(w.mastering.mapStep(property), (before) => mapProperty(before, mapping.name, property, column))
          }}
        />
      )}
    </td>
  )
}

/** Arrows go from cell to cell of the table. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
  }
  const step = steps[event.key]
  const cell = event.currentTarget.closest('td')
  const row = cell?.closest('tr')
  if (!step || !cell || !row || event.altKey) return
  const rows = [...(row.parentElement?.children ?? [])]
  const target = rows[rows.indexOf(row) + step[0]]?.children[[...row.children].indexOf(cell) + step[1]]
  const button = target?.querySelector<HTMLElement>('[data-cell]')
  if (!button) return
  event.preventDefault()
  button.focus()
}
