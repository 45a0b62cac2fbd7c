import { Wand2 } from 'lucide-react'
import type { TracePoint } from '../../engine-worker/index.ts'
import { readConfig } from '../../engine-worker/index.ts'
import { useTextOfTransit } from '../data/ShownValue.tsx'
import { usePipe } from '../pipe/pipe.ts'
import { setAt } from '../pipe/pipe-changes.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { shortText } from '../pipe/preview-store.ts'
import { Button } from '../ui/Button.tsx'

/** Says how many values a call left out or could not read, and offers conversions that read all of them. */
export function UnusedNote({ unused }: { readonly unused: NonNullable<TracePoint['unused']> }) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const textOf = useTextOfTransit()
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-tiny text-warn">
      <span className="min-w-0">{w.engine.message(unused.problem)}</span>
      {!readOnly &&
        unused.conversions.map(({ expression, from, to }) => (
          <Button
            key={expression}
            small
            icon={<Wand2 size={12} aria-hidden />}
            title={expression}
            onClick={(event) => {
              event.stopPropagation()
              setAt(id, unused.path, readConfig(expression), w.pipe.steps.convert)
            }}
          >
            {w.pipe.convert(shortText(textOf(from), 20), shortText(textOf(to), 20))}
          </Button>
        ))}
    </span>
  )
}
