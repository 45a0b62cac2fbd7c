import type { Overlap } from '../../engine-worker/index.ts'
import { count } from '../i18n/numbers.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'

interface SuggestionsProps {
  readonly found: readonly Overlap[]
  /** How a suggested pair reads with the names of its two sides. */
  readonly text: (overlap: Overlap) => string
  readonly onChoose: (overlap: Overlap) => void
}

/** What the data suggests to join on: one click away. */
export function Suggestions({ found, text, onChoose }: SuggestionsProps) {
  const w = usePipeWords()
  const useful = found.filter(({ matched }) => matched > 0)
  if (useful.length === 0) return null
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-tiny text-ink-soft">{w.pipe.joins.suggested}</span>
      {useful.map((overlap) => (
        <button
          key={text(overlap)}
          type="button"
          onClick={() => onChoose(overlap)}
          title={overlap.examples.map(({ left, right }) => `${left} = ${right}`).join(', ')}
          className="flex min-w-0 items-baseline gap-2 rounded-md border border-dashed border-line-strong bg-surface px-2 py-0.5 text-left hover:border-accent"
        >
          <span className="min-w-0 flex-1">
            <span className="mono block truncate">{text(overlap)}</span>
            {(overlap.form === 1 || overlap.form === 2 || overlap.form === 3) && (
              <span className="block text-tiny text-ink-soft">{w.dataFiles.ignoring[overlap.form]}</span>
            )}
          </span>
          <span className="shrink-0 text-tiny text-good">
            {w.pipe.joins.share(count(overlap.matched), count(overlap.of))}
          </span>
        </button>
      ))}
    </div>
  )
}
