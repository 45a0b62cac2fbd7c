import { Shapes } from 'lucide-react'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { go } from '../../route.ts'
import { useModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Board } from './Board.tsx'
import { FilesDialog } from './FilesDialog.tsx'
import { FirstSystem } from './FirstSystem.tsx'
import { Generate } from './Generate.tsx'
import { GenerateBar } from './GenerateBar.tsx'
import { Mastering } from './Mastering.tsx'
import { Matching } from './Matching.tsx'
import { useModelWords } from './model-words.ts'
import { ReadingDialog } from './ReadingDialog.tsx'
import { Sharing } from './Sharing.tsx'

const parts = ['board', 'matching', 'mastering', 'sharing', 'generate'] as const
type Part = (typeof parts)[number]

/** The parts that are about one concept. */
const conceptParts = { matching: Matching, mastering: Mastering, sharing: Sharing } as const

interface ModelViewProps {
  readonly project: string
  readonly part: string | null
  readonly concept: string | null
}

/** Which systems there are, what their records are, who is right about what, and who is told: the pipes come from that. */
export function ModelView({ project, part, concept }: ModelViewProps) {
  const w = useModelWords()
  const { model, text, problems, isSound, isReading } = useModel()
  const readOnly = useProject((state) => state.readOnly)
  const shown: Part = parts.find((each) => each === part) ?? 'board'
  const names = Object.keys(model?.concepts ?? {})
  const chosen = concept !== null && names.includes(concept) ? concept : (names[0] ?? null)
  const show = (next: Part, of: string | null = chosen) => go({ at: 'model', project, part: next, concept: of })
  if (text === null) return <FirstSystem readOnly={readOnly} />
  if (model === null) {
    return (
      <div className="flex min-h-0 flex-1 flex-col overflow-auto">
        <Empty icon={<Shapes size={20} aria-hidden />} title={isReading ? w.reading : w.broken}>
          {isReading ? null : w.brokenSays}
        </Empty>
        {!isReading && <ProblemList problems={problems} project={project} />}
      </div>
    )
  }
  const ConceptPart = shown === 'board' || shown === 'generate' ? null : conceptParts[shown]
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">{w.title}</h1>
      <Tabs
        className="min-h-0 flex-1 [&>div:first-child]:bg-surface [&>div:first-child]:px-4"
        label={w.title}
        value={shown}
        onChange={(next) => show(next)}
        tabs={parts.map((id) => ({ id, label: w.parts[id] }))}
      >
        {ConceptPart !== null && chosen === null ? (
          <Empty icon={<Shapes size={20} aria-hidden />} title={w.noConcept}>
            {w.noConceptSays}
          </Empty>
        ) : ConceptPart !== null && chosen !== null ? (
          <ConceptPart
            key={`${shown} ${chosen}`}
            model={model}
            text={text}
            isSound={isSound}
            concept={chosen}
            onConcept={(name) => show(shown, name)}
          />
        ) : shown === 'generate' ? (
          <Generate text={text} isSound={isSound} problems={problems} project={project} />
        ) : (
          <Board
            model={model}
            text={text}
            isSound={isSound}
            chosen={chosen}
            onChoose={(name) => show('board', name)}
            onOpen={(next, name) => show(next, name)}
          />
        )}
      </Tabs>
      <GenerateBar model={model} text={text} isSound={isSound} problems={problems} onShow={() => show('generate')} />
      <FilesDialog />
      <ReadingDialog project={project} />
    </div>
  )
}
