import { ChevronRight, Plus, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { expressionTokens, type Json, sentenceText } from '../../engine-worker/index.ts'
import { usePipe } from '../pipe/pipe.ts'
import { setAt } from '../pipe/pipe-changes.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { useTracePoint } from '../pipe/preview-store.ts'
import { useVocabulary } from '../pipe/vocabulary.ts'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import type { CallChain, CallLink } from './call-chain.ts'
import { ExpressionResult } from './ExpressionResult.tsx'
import { isDefaultValue, withArguments } from './expression.ts'
import { FunctionPicker } from './FunctionPicker.tsx'
import { useNestedForms } from './nested-forms.ts'
import { newCall } from './new-call.ts'
import { UnusedNote } from './UnusedNote.tsx'

interface ChainFieldProps {
  readonly chain: CallChain
  /** The field of the value that everything happens to. */
  readonly head: ReactNode
  /** Adds a function at the end. */
  readonly onThen: () => void
  /** Null where no entity is followed. */
  readonly onExample: (() => void) | null
}

/** What happens to a value, one thing after another, each with what it gives. */
export function ChainField({ chain, head, onThen, onExample }: ChainFieldProps) {
  const w = usePipeWords()
  const { readOnly } = usePipe()
  return (
    <>
      <ol className="flex min-w-0 flex-col overflow-hidden rounded-md border border-line bg-sunken/60">
        <li className="min-w-0 p-1.5">{head}</li>
        {chain.links.map((link) => (
          <Link key={link.path.join('/')} link={link} />
        ))}
      </ol>
      {!readOnly && (
        <div className="flex flex-wrap items-center gap-1">
          <Button small icon={<Plus size={12} aria-hidden />} title={w.pipe.wrap} onClick={onThen}>
            {w.pipe.chain.next}
          </Button>
          {onExample && (
            <Button small look="quiet" onClick={onExample}>
              {w.pipe.orExample}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

/** One thing that happens: its words, the arguments besides the value, and what comes out. */
function Link({ link: { call, path, declared, argument, place } }: { readonly link: CallLink }) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const { StepForm } = useNestedForms()
  const vocabulary = useVocabulary()
  const point = useTracePoint(path)
  const [picking, setPicking] = useState(false)
  const changeLink = (next: Json) => setAt(id, path, next, w.pipe.steps.change)
  const others = declared.takes.filter((each) => each !== argument)
  // What is still to be said is open; what reads as a whole opens on request.
  const [open, setOpen] = useState(others.length > 0 && place > 1 && isDefaultValue(call[1] ?? null))
  return (
    <li className="flex min-w-0 flex-col gap-1 border-t border-line p-1.5">
      <div className="relative flex min-w-0 items-center gap-1.5">
        <button
          type="button"
          disabled={others.length === 0}
          aria-expanded={others.length === 0 ? undefined : open}
          onClick={() => setOpen(!open)}
          title={declared.says}
          className="flex min-w-0 flex-1 items-center gap-1 rounded-sm px-1 text-left text-transform enabled:hover:bg-hover"
        >
          {others.length > 0 && (
            <ChevronRight size={12} aria-hidden className={classes('shrink-0', open && 'rotate-90')} />
          )}
          <span className="min-w-0 break-words">{wordsOf(call, place, vocabulary)}</span>
        </button>
        <button
          type="button"
          disabled={readOnly}
          onClick={() => setPicking(true)}
          title={w.pipe.chooseFunction}
          aria-label={`${w.pipe.chooseFunction}: ${declared.name}`}
          className="mono shrink-0 rounded-sm px-1 text-tiny text-ink-soft hover:bg-hover hover:text-ink"
        >
          {declared.name}
        </button>
        {!readOnly && (
          <IconButton label={w.pipe.chain.remove(declared.name)} onClick={() => changeLink(call[place] ?? null)}>
            <X size={14} aria-hidden />
          </IconButton>
        )}
        {picking && (
          <FunctionPicker
            onClose={() => setPicking(false)}
            onChoose={(next) => {
              setPicking(false)
              changeLink(withArguments(newCall(next), [...call]))
            }}
          />
        )}
      </div>
      {open && others.length > 0 && (
        <div className="min-w-0 pl-1">
          <StepForm call={call} path={path} declared={declared} except={argument.name} isBrief />
        </div>
      )}
      {point && <ExpressionResult point={point} />}
      {point?.unused && <UnusedNote unused={point.unused} />}
    </li>
  )
}

/** The words of the last link of a call, with its arguments: “replace "," with "."”. */
function wordsOf(call: readonly Json[], place: number, vocabulary: ReturnType<typeof useVocabulary>): string {
  // The value itself is said in the row above.
  const [chain] = expressionTokens(
    call.map((each, index) => (index === place ? '_.' : each)),
    vocabulary,
  )
  const last = chain?.is === 'chain' ? chain.tokens.at(-1) : chain
  return last ? sentenceText([last]) : ''
}
