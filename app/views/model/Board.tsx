import { FilePlus2, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Model } from '../../../engine-worker/index.ts'
import { editModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { NameDialog } from '../../ui/NameDialog.tsx'
import { BoardLinks } from './BoardLinks.tsx'
import { ConceptCard } from './ConceptCard.tsx'
import { ConceptPanel } from './ConceptPanel.tsx'
import { type DatatypePlace, useDatatypeDrop } from './drag.ts'
import { addConcept, modelName } from './edits.ts'
import { useFileQuestion } from './file-question.ts'
import { conceptNameOf, linkToConcept } from './link.ts'
import { useModelWords } from './model-words.ts'
import { useMatching } from './queries.ts'
import { SameValues } from './SameValues.tsx'
import { SystemList } from './SystemList.tsx'

interface BoardProps {
  readonly model: Model
  readonly text: string
  readonly isSound: boolean
  readonly chosen: string | null
  readonly onChoose: (concept: string) => void
  readonly onOpen: (part: 'matching' | 'mastering' | 'sharing', concept: string) => void
}

/** Systems with their datatypes at the left, concepts at the right, and what leads where. */
export function Board({ model, text, isSound, chosen, onChoose, onOpen }: BoardProps) {
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  const reports = useMatching(text, isSound)
  const [naming, setNaming] = useState(false)
  const [room, setRoom] = useState<HTMLElement | null>(null)
  const concepts = Object.keys(model.concepts)
  const linkDatatype = (place: DatatypePlace, concept: string) => {
    void linkToConcept(place, concept, w.board.linkStep(`${place.system} ${place.datatype}`, concept)).then(() =>
      onChoose(concept),
    )
  }
  const createConcept = (place: DatatypePlace) => {
    const name = modelName(conceptNameOf(place.datatype)) || 'concept'
    linkDatatype(place, name)
  }
  const drop = useDatatypeDrop(createConcept)
  return (
    <div className="flex min-h-0 flex-1">
      <div className="min-h-0 min-w-0 flex-1 overflow-auto bg-canvas p-4">
        <div
          ref={setRoom}
          className="relative grid min-w-[560px] pr-8 grid-cols-[minmax(200px,1fr)_minmax(240px,1.1fr)] gap-x-20"
        >
          <BoardLinks room={room} model={model} chosen={chosen} />
          <section aria-labelledby="model-systems" className="relative flex flex-col gap-3">
            <header className="flex h-8 items-center gap-2">
              <h2 id="model-systems" className="eyebrow flex-1">
                {w.board.systems(Object.keys(model.systems).length)}
              </h2>
              {!readOnly && (
                <Button
                  small
                  icon={<FilePlus2 size={13} aria-hidden />}
                  onClick={() => useFileQuestion.setState({ open: true })}
                >
                  {w.board.addSystem}
                </Button>
              )}
            </header>
            <SystemList model={model} chosen={chosen} onLink={linkDatatype} onBegin={createConcept} />
            <SameValues model={model} text={text} isSound={isSound} onLink={linkDatatype} />
          </section>
          <section
            aria-labelledby="model-concepts"
            className={
              drop.over
                ? 'relative flex flex-col gap-3 rounded-lg outline-2 outline-accent outline-dashed'
                : 'relative flex flex-col gap-3'
            }
            {...drop.handlers}
          >
            <header className="flex h-8 items-center gap-2">
              <h2 id="model-concepts" className="eyebrow flex-1">
                {w.board.concepts(concepts.length)}
              </h2>
              {!readOnly && (
                <Button small icon={<Plus size={13} aria-hidden />} onClick={() => setNaming(true)}>
                  {w.board.addConcept}
                </Button>
              )}
            </header>
            {concepts.map((name) => (
              <ConceptCard
                key={name}
                model={model}
                name={name}
                report={reports?.[name] ?? null}
                isChosen={name === chosen}
                onChoose={() => onChoose(name)}
                onDrop={(place) => linkDatatype(place, name)}
                onLook={() => onOpen('matching', name)}
              />
            ))}
            <p className="rounded-lg border border-dashed border-line-strong p-3 text-ink-soft">
              {concepts.length === 0 ? w.board.dropFirst : w.board.dropNew}
            </p>
          </section>
        </div>
      </div>
      {chosen !== null && (
        <aside
          aria-label={w.panel.title(chosen)}
          className="w-80 shrink-0 overflow-auto border-l border-line bg-surface max-lg:hidden"
        >
          <ConceptPanel
            key={chosen}
            model={model}
            name={chosen}
            report={reports?.[chosen] ?? null}
            onOpen={onOpen}
            onChoose={onChoose}
          />
        </aside>
      )}
      {naming && (
        <NameDialog
          title={w.board.addConcept}
          name=""
          onClose={() => setNaming(false)}
          onName={(text) => {
            const name = modelName(text)
            setNaming(false)
            if (name === '') return
            editModel(w.board.addConceptStep(name), (before) => addConcept(before, name))
            onChoose(name)
          }}
        />
      )}
    </div>
  )
}
