import { ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'
import { count } from '../../i18n/numbers.ts'
import { editModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { NameDialog } from '../../ui/NameDialog.tsx'
import { ConceptBar } from './ConceptBar.tsx'
import { useColumns } from './columns.ts'
import { addProperty } from './edits.ts'
import { MappedProperty } from './MappedProperty.tsx'
import { Monogram } from './Monogram.tsx'
import { useModelWords } from './model-words.ts'
import { PropertyRow } from './PropertyRow.tsx'
import type { ConceptPartProps } from './part-props.ts'
import { useMastering } from './queries.ts'

/** A cell of the matrix that is chosen. */
interface Cell {
  readonly mapping: string
  readonly property: string
}

/** Property by system: what each has, how often, and who is right, followed with one record through all of it. */
export function Mastering({ model, text, isSound, concept, onConcept }: ConceptPartProps) {
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  const [at, setAt] = useState(0)
  const [cell, setCell] = useState<Cell | null>(null)
  const [naming, setNaming] = useState(false)
  const { value, failure } = useMastering(text, isSound, concept, at)
  const columns = useColumns(model, concept)
  const mappings = model.mappings.filter((each) => each.concept === concept)
  const { properties } = model.concepts[concept] ?? { properties: {} }
  const golden = value?.golden[0] ?? null
  const members = (value?.golden ?? []).flatMap(({ records }) => records)
  const total = value?.total ?? 0
  const chosen = cell && mappings.find(({ name }) => name === cell.mapping)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ConceptBar model={model} concept={concept} onConcept={onConcept}>
        <span className="flex-1" />
        {total > 0 && (
          <p className="flex items-center gap-1" aria-live="polite">
            <span className="text-ink-soft">{w.mastering.sample}</span>
            <IconButton label={w.mastering.previous} disabled={at === 0} onClick={() => setAt(at - 1)}>
              <ChevronLeft size={14} aria-hidden />
            </IconButton>
            <span className="mono">{members[0] ? `${members[0].mapping}:${members[0].id}` : '…'}</span>
            <span className="text-tiny text-ink-soft">{w.mastering.place(count(at + 1), count(total))}</span>
            <IconButton label={w.mastering.next} disabled={at + 1 >= total} onClick={() => setAt(at + 1)}>
              <ChevronRight size={14} aria-hidden />
            </IconButton>
          </p>
        )}
      </ConceptBar>
      <FailureBar failure={failure} />
      <div
        className="min-h-0 flex-1 overflow-auto bg-surface"
        tabIndex={0}
        role="group"
        aria-label={w.mastering.matrix(concept)}
      >
        <table className="w-full border-separate border-spacing-0 text-left">
          <thead>
            <tr>
              <th
                scope="col"
                className="sticky top-0 left-0 z-20 w-40 border-r border-b border-line bg-sunken px-3 py-2"
              >
                <span className="eyebrow">{w.mastering.property}</span>
              </th>
              {mappings.map(({ name, system, datatype }) => {
                const covered = value?.coverage.find(({ mapping }) => mapping === name)
                return (
                  <th
                    key={name}
                    scope="col"
                    className="sticky top-0 z-10 min-w-44 border-r border-b border-line bg-sunken px-3 py-1.5"
                  >
                    <span className="flex items-center gap-1.5">
                      <Monogram system={system} /> {system}
                    </span>
                    <span className="mono block text-tiny font-normal text-ink-soft">
                      {datatype}
                      {covered && ` · ${count(covered.of)}`}
                    </span>
                  </th>
                )
              })}
              <th scope="col" className="sticky top-0 z-10 min-w-36 border-r border-b border-line bg-sunken px-3 py-2">
                <span className="eyebrow">{w.mastering.rule}</span>
              </th>
              <th
                scope="col"
                className="sticky top-0 right-0 z-10 min-w-52 border-b border-line bg-accent-soft px-3 py-2 text-accent"
              >
                {w.mastering.golden}
              </th>
            </tr>
          </thead>
          <tbody>
            {Object.keys(properties).map((property) => (
              <PropertyRow
                key={property}
                model={model}
                concept={concept}
                property={property}
                columns={columns}
                coverage={value?.coverage ?? []}
                golden={golden}
                records={members}
                chosen={cell?.property === property ? cell.mapping : null}
                onChoose={(mapping) => setCell({ mapping, property })}
              />
            ))}
          </tbody>
        </table>
        <p className="flex items-center gap-4 p-3">
          {!readOnly && (
            <Button small icon={<Plus size={13} aria-hidden />} onClick={() => setNaming(true)}>
              {w.mastering.addProperty}
            </Button>
          )}
          <span className="text-tiny text-ink-soft">{w.mastering.keys}</span>
        </p>
      </div>
      {cell && chosen && (
        <MappedProperty
          key={`${cell.mapping} ${cell.property}`}
          model={model}
          mapping={chosen}
          property={cell.property}
          onClose={() => setCell(null)}
        />
      )}
      {naming && (
        <NameDialog
          title={w.mastering.addProperty}
          name=""
          onClose={() => setNaming(false)}
          onName={(name) => {
            setNaming(false)
            editModel(w.mastering.addPropertyStep(name), (before) => addProperty(before, concept, name))
          }}
        />
      )}
    </div>
  )
}
