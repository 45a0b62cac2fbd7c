import { Shapes } from 'lucide-react'
import { useRef } from 'react'
import type { Problem } from '../../../engine-worker/index.ts'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { go } from '../../route.ts'
import { useModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Board } from './Board.tsx'
import { FilesDialog } from './FilesDialog.tsx'
import { FirstSystem } from './FirstSystem.tsx'
import { Generate } from './Generate.tsx'
import { GenerateBar } from './GenerateBar.tsx'
import { Mastering } from './Mastering.tsx'
import { Matching } from './Matching.tsx'
import { ModelText } from './ModelText.tsx'
import { useModelWords } from './model-words.ts'
import { ReadingDialog } from './ReadingDialog.tsx'
import { Sharing } from './Sharing.tsx'

const partNames = ['board', 'matching', 'mastering', 'sharing', 'generate', 'text'] as const
type Part = (typeof partNames)[number]

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
  const shown: Part = partNames.find((each) => each === part) ?? 'board'
  const names = Object.keys(model?.concepts ?? {})
  const chosen = concept !== null && names.includes(concept) ? concept : (names[0] ?? null)
  // While a text that was just typed is read, the bar stays as it is.
  const last = useRef(model)
  if (model !== null || !isReading) last.current = model
  const ConceptPart = shown === 'board' || shown === 'generate' || shown === 'text' ? null : conceptParts[shown]
  const showPart = (next: Part, of: string | null = chosen) => go({ at: 'model', project, part: next, concept: of })
  if (text === null) return <FirstSystem readOnly={readOnly} />
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">{w.title}</h1>
      <Tabs
        className="min-h-0 flex-1 [&>div:first-child]:bg-surface [&>div:first-child]:px-4"
        label={w.title}
        value={shown}
        onChange={(next) => showPart(next)}
        tabs={partNames.map((id) => ({ id, label: w.parts[id] }))}
      >
        {shown === 'text' ? (
          <ModelText text={text} problems={problems} project={project} />
        ) : model === null ? (
          <Unread isReading={isReading} problems={problems} project={project} onText={() => showPart('text')} />
        ) : shown === 'generate' ? (
          <Generate text={text} isSound={isSound} problems={problems} project={project} />
        ) : ConceptPart === null ? (
          <Board
            model={model}
            text={text}
            isSound={isSound}
            chosen={chosen}
            onChoose={(name) => showPart('board', name)}
            onOpen={(next, name) => showPart(next, name)}
          />
        ) : chosen === null ? (
          <Empty icon={<Shapes size={20} aria-hidden />} title={w.noConcept}>
            {w.noConceptSays}
          </Empty>
        ) : (
          <ConceptPart
            key={`${shown} ${chosen}`}
            model={model}
            text={text}
            isSound={isSound}
            concept={chosen}
            onConcept={(name) => showPart(shown, name)}
          />
        )}
      </Tabs>
      {last.current !== null && (
        <GenerateBar
          model={last.current}
          text={text}
          isSound={isSound}
          problems={problems}
          onShow={() => showPart('generate')}
        />
      )}
      <FilesDialog />
      <ReadingDialog project={project} />
    </div>
  )
}

interface UnreadProps {
  readonly isReading: boolean
  readonly problems: readonly Problem[]
  readonly project: string
  readonly onText: () => void
}

/** A model that is being read, or cannot be: what is wrong with it, and the way to its text. */
function Unread({ isReading, problems, project, onText }: UnreadProps) {
  const w = useModelWords()
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto">
      <div className="flex min-h-72 shrink-0 flex-col">
        <Empty icon={<Shapes size={20} aria-hidden />} title={isReading ? w.reading : w.broken}>
          {isReading ? null : w.brokenSays}
        </Empty>
      </div>
      {!isReading && (
        <>
          <Button className="mb-6 self-center" onClick={onText}>
            {w.text.correct}
          </Button>
          <div className="border-t border-line">
            <ProblemList problems={problems} project={project} />
          </div>
        </>
      )}
    </div>
  )
}
