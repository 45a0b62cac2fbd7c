import { useState } from 'react'
import type { JsonPath } from '../../engine-worker/index.ts'
import { PropertyName } from '../data/PropertyName.tsx'
import { usePipe } from '../pipe/pipe.ts'
import { setAt } from '../pipe/pipe-changes.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { classes } from '../ui/classes.ts'
import { PathPicker } from './PathPicker.tsx'

interface PathButtonProps {
  readonly value: string
  readonly path: JsonPath
  readonly label: string
  /** Takes what is chosen; without it, it is written to the path. */
  readonly onChange?: (value: string) => void
}

/** A path as a button that opens the picker of what is there. */
export function PathButton({ value, path, label, onChange }: PathButtonProps) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const [picking, setPicking] = useState(false)
  return (
    <span className="relative min-w-0 flex-1">
      <button
        type="button"
        aria-label={`${label}: ${value === '' ? w.pipe.chooseProperty : value}`}
        disabled={readOnly}
        onClick={() => setPicking(true)}
        title={value}
        className={classes(
          'mono h-7 w-full truncate rounded-sm px-1.5 text-left',
          value === '' ? 'border border-dashed border-line-strong text-ink-soft' : 'bg-source-soft text-source',
        )}
      >
        {value === '' ? w.pipe.chooseProperty : <PropertyName name={value} />}
      </button>
      {picking && (
        <PathPicker
          path={path}
          onClose={() => setPicking(false)}
          onChoose={(next) => {
            setPicking(false)
            if (onChange) onChange(next)
            else setAt(id, path, next, w.pipe.steps.change)
          }}
        />
      )}
    </span>
  )
}
