import type { Problem } from '../../../engine-worker/index.ts'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { setModelText } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { lazyComponent } from '../../ui/lazy.tsx'
import { useModelWords } from './model-words.ts'

/** CodeMirror is large and many people never use it: it is loaded when the text is first shown. */
const Editor = lazyComponent(() => import('../../canvas/pipe/Editor.tsx').then((module) => module.Editor))

const nothingKnown = { functions: [], kinds: [], properties: [], datasets: [] }

interface ModelTextProps {
  readonly text: string
  readonly problems: readonly Problem[]
  readonly project: string
}

/** `model.json` as it stands: what is typed is the model at once, and what is wrong with it is marked at its place. */
export function ModelText({ text, problems, project }: ModelTextProps) {
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <Editor
        meanwhile={<p className="p-4 text-ink-soft">{w.reading}</p>}
        label={w.text.label}
        text={text}
        readOnly={readOnly}
        known={nothingKnown}
        problems={problems}
        references={[]}
        at={null}
        onChange={(next) => setModelText(w.text.edited, next)}
      />
      {problems.length > 0 && (
        <section aria-label={w.text.problems} className="max-h-48 shrink-0 overflow-auto border-t border-line">
          <ProblemList problems={problems} project={project} />
        </section>
      )}
      <p className="shrink-0 border-t border-line px-3 py-1 text-tiny text-ink-soft">{w.text.says}</p>
    </div>
  )
}
