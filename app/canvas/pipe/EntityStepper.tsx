import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Picker } from '../../ui/Picker.tsx'

interface EntityStepperProps {
  /** What is shown as the chosen entity. */
  readonly shown: string
  /** Entities that can be chosen; any other is found by its `_id`. */
  readonly ids: readonly string[]
  readonly hasPrevious: boolean
  readonly hasNext: boolean
  readonly onStep: (way: -1 | 1) => void
  readonly onChoose: (id: string) => void
  /** How the name of the entity looks. */
  readonly look: string
}

/** An entity with the ways to the one before, the next one and any other. */
export function EntityStepper({ shown, ids, hasPrevious, hasNext, onStep, onChoose, look }: EntityStepperProps) {
  const w = usePipeWords()
  const [finding, setFinding] = useState(false)
  const chooseEntity = (id: string) => {
    setFinding(false)
    onChoose(id)
  }
  return (
    <>
      <IconButton label={w.pipe.previous} disabled={!hasPrevious} onClick={() => onStep(-1)}>
        <ChevronLeft size={14} aria-hidden />
      </IconButton>
      <span className="relative min-w-0">
        <button type="button" title={w.pipe.findEntity} onClick={() => setFinding(true)} className={look}>
          <span className="truncate">{shown}</span>
        </button>
        {finding && (
          <Picker
            label={w.pipe.findEntity}
            placeholder={w.pipe.findEntity}
            rows={ids.map((each, place) => ({ id: `${place}`, label: each, says: '', value: each }))}
            onClose={() => setFinding(false)}
            onChoose={({ value }) => chooseEntity(value)}
            onFree={chooseEntity}
          />
        )}
      </span>
      <IconButton label={w.pipe.next} disabled={!hasNext} onClick={() => onStep(1)}>
        <ChevronRight size={14} aria-hidden />
      </IconButton>
    </>
  )
}
