import { Plus } from 'lucide-react'
import { useState } from 'react'
import { isObject, type JsonObject, type JsonPath } from '../../../engine-worker/index.ts'
import { valueAtPath } from '../../pipe/json-edits.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { setAt } from '../../pipe/pipe-changes.ts'
import { usePipeView } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { tracePath } from '../../pipe/preview-store.ts'
import { classes } from '../../ui/classes.ts'
import { Input } from '../../ui/Field.tsx'
import { Steps } from './Steps.tsx'

/** The rules of a DTL stage as tabs; the chosen one's steps below. */
export function Rules({ config, path }: { readonly config: JsonObject; readonly path: JsonPath }) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const [shown, setShown] = useState('default')
  const [naming, setNaming] = useState<string | null>(null)
  const selected = usePipeView((state) => state.selected)
  const rules = valueAtPath(config, ['rules'])
  const names = isObject(rules) ? Object.keys(rules) : ['default']
  // A place chosen inside another rule (by a problem, a link, the outline) brings that rule forward.
  const chosenRule =
    selected && selected.length > path.length && selected[path.length] === 'rules'
      ? selected[path.length + 1]
      : undefined
  const inThisStage = path.every((key, index) => selected?.[index] === key)
  const current =
    inThisStage && typeof chosenRule === 'string' && names.includes(chosenRule)
      ? chosenRule
      : names.includes(shown)
        ? shown
        : (names[0] ?? 'default')
  const steps = isObject(rules) ? (valueAtPath(rules, [current]) ?? []) : []
  const addRule = () => {
    if (naming && !names.includes(naming)) {
      setAt(id, [...path, 'rules', naming], [], w.pipe.steps.rule(naming))
      setShown(naming)
    }
    setNaming(null)
  }
  return (
    <div data-steps={tracePath(path)} className="flex flex-col">
      <div className="flex flex-wrap items-center gap-1 border-b border-line px-2 py-1">
        <div role="tablist" aria-label={w.pipe.rulesLabel} className="contents">
          {names.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              aria-selected={name === current}
              onClick={() => {
                setShown(name)
                usePipeView.setState({ selected: [...path, 'rules', name] })
              }}
              className={classes(
                'mono rounded-sm px-1.5',
                name === current ? 'bg-transform-soft text-transform' : 'text-ink-soft hover:bg-hover',
              )}
            >
              {name}
            </button>
          ))}
        </div>
        {!readOnly &&
          (naming === null ? (
            <button
              type="button"
              aria-label={w.pipe.addRule}
              title={w.pipe.addRule}
              onClick={() => setNaming('')}
              className="rounded-sm p-1 text-ink-faint hover:bg-hover hover:text-ink"
            >
              <Plus size={12} aria-hidden />
            </button>
          ) : (
            <Input
              autoFocus
              mono
              aria-label={w.pipe.ruleName}
              placeholder={w.pipe.ruleName}
              value={naming}
              onChange={(event) => setNaming(event.target.value)}
              onBlur={addRule}
              onKeyDown={(event) => {
                if (event.key === 'Enter') addRule()
                else if (event.key === 'Escape') setNaming(null)
              }}
              className="h-6 w-40"
            />
          ))}
      </div>
      <Steps value={steps} path={[...path, 'rules', current]} />
    </div>
  )
}
