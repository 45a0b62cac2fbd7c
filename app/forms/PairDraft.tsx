import { Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import type { JsonPath } from '../../engine-worker/index.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { PathButton } from './PathButton.tsx'

interface PairDraftProps {
  /** Where the pair will stand. */
  readonly path: JsonPath
  /** Names one side. */
  readonly label: string
  /** The words of the button that begins one. */
  readonly words: string
  readonly disabled?: boolean
  readonly onDone: (left: string, right: string) => void
}

/** A new pair of equal sides: it is written when both are chosen, so that it is never half a rule. */
export function PairDraft({ path, label, words, disabled = false, onDone }: PairDraftProps) {
  const w = usePipeWords()
  const [sides, setSides] = useState<readonly [string, string] | null>(null)
  const begin = useRef<HTMLButtonElement>(null)
  const endDraft = () => {
    setSides(null)
    begin.current?.focus()
  }
  const setPair = (next: readonly [string, string]) => {
    setSides(next)
    if (next[0] === '' || next[1] === '') return
    onDone(...next)
    endDraft()
  }
  return (
    <>
      {sides && (
        <fieldset
          aria-label={w.pipe.joins.draft}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            endDraft()
          }}
          className="flex min-w-0 items-center gap-1 rounded-md border border-dashed border-line-strong p-1"
        >
          <PathButton
            value={sides[0]}
            path={path}
            label={`${label} 1`}
            onChange={(next) => setPair([next, sides[1]])}
          />
          <span className="text-ink-soft">=</span>
          <PathButton
            value={sides[1]}
            path={path}
            label={`${label} 2`}
            onChange={(next) => setPair([sides[0], next])}
          />
          <IconButton label={w.common.cancel} onClick={endDraft}>
            <X size={14} aria-hidden />
          </IconButton>
        </fieldset>
      )}
      <Button
        small
        look="quiet"
        ref={begin}
        className="self-start"
        icon={<Plus size={12} aria-hidden />}
        disabled={disabled || sides !== null}
        onClick={() => setSides(['', ''])}
      >
        {words}
      </Button>
    </>
  )
}
