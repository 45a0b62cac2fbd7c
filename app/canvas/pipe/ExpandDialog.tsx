import { useMemo, useState } from 'react'
import {
  addComponent,
  componentById,
  expandPipe,
  formatComponent,
  NO_FUNCTIONS,
  putValue,
  type SplitPoint,
} from '../../../engine-worker/index.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { useFunctionTable } from '../../store/catalogue.ts'
import { editContent, useContent, useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useNarrow } from '../../ui/narrow.ts'

/** The plain pipes that Sesam needs for this one, why, and their text; on request they take its place. */
function ExpandDialog({ onClose }: { readonly onClose: () => void }) {
  const w = usePipeWords()
  const { id, value, readOnly } = usePipe()
  const functions = useFunctionTable()
  const content = useContent()
  const [shown, setShown] = useState(0)
  const { parts, cuts } = useMemo(() => {
    const taken = Object.values(content.components).map((component) => component.id)
    return expandPipe(value, functions, taken)
  }, [value, functions, content])
  const reasons = reasonsOf(cuts)
  const part = parts[shown] ?? parts[0]
  const replace = () => {
    editContent(w.pipe.steps.expand, (before) => {
      const component = componentById(before, id, 'pipe')
      const last = parts.at(-1)
      if (!component || !last) return before
      const added = parts.slice(0, -1).reduce((project, each) => addComponent(project, each).project, before)
      return putValue(added, component.key, last)
    })
    toast(w.pipe.expanded(parts.length))
    onClose()
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={w.pipe.expandTitle(parts.length)}
      says={w.pipe.expandSays}
      footer={
        !readOnly && parts.length > 1 ? (
          <Button onClick={replace} title={w.pipe.expandReplaceSays}>
            {w.pipe.expandReplace}
          </Button>
        ) : undefined
      }
    >
      <div className="flex min-h-0 flex-col gap-3">
        <ol className="flex flex-col gap-1" aria-label={w.pipe.expandTitle(parts.length)}>
          {parts.map((each, index) => (
            <li key={String(each._id)} className="flex flex-col gap-1">
              {index > 0 && (
                <p className="ml-4 border-l-2 border-dotted border-warn py-1 pl-3 text-tiny text-warn">
                  {reasons[index - 1]?.join(' ')}
                </p>
              )}
              <button
                type="button"
                aria-pressed={index === shown}
                onClick={() => setShown(index)}
                className={
                  index === shown
                    ? 'rounded-md border border-accent bg-accent-soft px-3 py-1 text-left'
                    : 'rounded-md border border-line bg-surface px-3 py-1 text-left hover:border-line-strong'
                }
              >
                <b className="mono">{String(each._id)}</b>{' '}
                <span className="text-tiny text-ink-soft">{w.pipe.expandPart(index + 1, parts.length)}</span>
              </button>
            </li>
          ))}
        </ol>
        {part && (
          <pre
            tabIndex={0}
            role="region"
            aria-label={String(part._id)}
            className="max-h-72 overflow-auto rounded-md bg-sunken p-3"
          >
            {formatComponent(part)}
          </pre>
        )}
      </div>
    </Dialog>
  )
}

/** The reasons of each cut, in the order of the cuts. */
function reasonsOf(cuts: readonly SplitPoint[]): readonly (readonly string[])[] {
  const places = [...new Set(cuts.map(({ before }) => before))].sort((a, b) => a - b)
  return places.map((place) => cuts.filter(({ before }) => before === place).map(({ words }) => words))
}

/** The button that says how many pipes Sesam needs, and opens what they are. */
export function ExpandedParts() {
  const w = usePipeWords()
  const { value } = usePipe()
  const [open, setOpen] = useState(false)
  const functions = useFunctionTable()
  const parts = useMemo(
    () => (functions === NO_FUNCTIONS ? 1 : expandPipe(value, functions).parts.length),
    [value, functions],
  )
  const known = useProject((state) => state.id !== null)
  const narrow = useNarrow()
  if (parts < 2 || !known) return null
  return (
    <>
      <button
        type="button"
        data-parts=""
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="shrink-0 rounded-full border border-transform/40 bg-transform-soft px-2 text-tiny whitespace-nowrap text-transform hover:border-transform"
        aria-label={w.pipe.needsPipes(parts)}
        title={w.pipe.expandSays}
      >
        {narrow ? w.pipe.pipes(parts) : w.pipe.needsPipes(parts)}
      </button>
      {open && <ExpandDialog onClose={() => setOpen(false)} />}
    </>
  )
}
