import { useState } from 'react'
import { formatPart, isObject, type Json, printJson, readJson } from '../../../engine-worker/index.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { setPins, usePins } from '../../store/project/pins.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/Field.tsx'

interface PinDialogProps {
  readonly pipe: string
  /** The stage after which the entities are pinned. */
  readonly stage: string
  /** The entities that come out of that stage now, as JSON texts. */
  readonly texts: readonly string[]
  readonly onClose: () => void
}

/** Edits what goes into a stage, for previews: the entities written here replace or extend those that arrive. */
export function PinDialog({ pipe, stage, texts, onClose }: PinDialogProps) {
  const w = usePipeWords()
  const [text, setText] = useState(() =>
    texts.length === 1 ? formattedText(texts[0] ?? '') : formattedText(`[${texts.join(',')}]`),
  )
  const [problem, setProblem] = useState<string | null>(null)
  const apply = () => {
    const entities = entitiesIn(text)
    if (entities === null) return setProblem(w.pipe.pins.broken)
    const ids = new Set(entities.map(idOf))
    const others = (usePins.getState()[pipe]?.[stage] ?? []).filter((each) => !ids.has(idOf(readJson(each))))
    void setPins(pipe, stage, [...others, ...entities.map((each) => printJson(each))])
    onClose()
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={w.pipe.pins.title}
      says={w.pipe.pins.says}
      footer={
        <>
          <Button onClick={onClose}>{w.common.cancel}</Button>
          <Button look="main" onClick={apply}>
            {w.pipe.pins.pin}
          </Button>
        </>
      }
    >
      <TextArea
        mono
        rows={18}
        aria-label={w.pipe.pins.title}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setProblem(null)
        }}
      />
      {problem !== null && (
        <p role="alert" className="mt-2 text-bad">
          {problem}
        </p>
      )}
    </Dialog>
  )
}

function formattedText(text: string): string {
  return formatPart(readJson(text))
}

/** The entities of a text: one or a list, each an object with a text as `_id`; null where it is something else. */
function entitiesIn(text: string): readonly Json[] | null {
  try {
    const value = readJson(text)
    const list = Array.isArray(value) ? value : [value]
    return list.every((each) => idOf(each) !== null) ? list : null
  } catch {
    return null // what is wrong with it is said beside it
  }
}

function idOf(value: Json): string | null {
  return isObject(value) && typeof value._id === 'string' ? value._id : null
}
