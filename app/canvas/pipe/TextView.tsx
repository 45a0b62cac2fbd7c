import { useMemo, useState } from 'react'
import { componentById, referencesIn } from '../../../engine-worker/index.ts'
import { useSourceProperties } from '../../forms/properties.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { setText } from '../../pipe/pipe-changes.ts'
import { usePipeView } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { useFunctions } from '../../pipe/vocabulary.ts'
import { useCatalogue, useFunctionTable } from '../../store/catalogue.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useContent } from '../../store/project/project.ts'
import { lazyComponent } from '../../ui/lazy.tsx'

/** CodeMirror is large and many people never use it: it is loaded when the text is first shown. */
const Editor = lazyComponent(() => import('./Editor.tsx').then((module) => module.Editor))

/** The pipe as JSON in a real editor; what it says is applied while it is typed, as soon as it is a pipe. */
export function TextView() {
  const w = usePipeWords()
  const { id, value, readOnly } = usePipe()
  const component = componentById(useContent(), id, 'pipe')
  const functions = useFunctions()
  const kinds = useCatalogue()?.kinds
  const facts = useEngine((state) => state.facts)
  const problems = useEngine((state) => state.problems)
  const properties = useSourceProperties(useMemo(() => [...('transform' in value ? ['transform'] : ['sink'])], [value]))
  const [broken, setBroken] = useState<string | null>(null)
  const pipeProblems = useMemo(() => problems.filter(({ where }) => where.pipe === id), [problems, id])
  const known = useMemo(
    () => ({
      functions,
      kinds: kinds ?? [],
      properties: properties.map(({ name }) => name),
      datasets: [
        ...new Set(facts.flatMap(({ writes, reads }) => [...(writes === null ? [] : [writes]), ...reads])),
      ].sort(),
    }),
    [functions, kinds, properties, facts],
  )
  const table = useFunctionTable()
  const named = useMemo(() => referencesIn(value, table), [value, table])
  if (!component) return null
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <Editor
        meanwhile={<p className="p-4 text-ink-soft">{w.common.loading}</p>}
        label={id}
        text={component.text}
        readOnly={readOnly}
        known={known}
        problems={pipeProblems}
        references={named}
        at={usePipeView.getState().selected}
        onChange={(text) => {
          setBroken(setText(id, text, w.pipe.steps.text))
        }}
      />
      {broken === null && <p className="border-t border-line px-3 py-1 text-tiny text-ink-soft">{w.pipe.editorHint}</p>}
      {broken !== null && (
        <p role="status" className="border-t border-line bg-bad-soft px-3 py-1 text-bad">
          {w.pipe.jsonBroken(broken)}
        </p>
      )}
    </div>
  )
}
