// diff: the shortest edit script between two texts, by lines; well tested on long texts.
import { diffLines } from 'diff'
import { useMemo } from 'react'
import { classes } from '../ui/classes.ts'
import { useBrowseWords } from './browse-words.ts'

interface DiffProps {
  readonly before: string
  readonly after: string
  readonly label: string
  /** Unchanged lines around a change; the others are folded. */
  readonly context?: number
}

interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'folded'
  readonly text: string
  readonly key: string
}

/** What changed between two texts, line by line. */
export function TextDiff({ before, after, label, context = 3 }: DiffProps) {
  const w = useBrowseWords()
  const lines = useMemo(() => linesOf(before, after, context), [before, after, context])
  return (
    <section tabIndex={0} aria-label={label} className="overflow-auto -outline-offset-2">
      <pre className="py-2">
        {lines.map((line) => (
          <div
            key={line.key}
            className={classes(
              'min-w-max px-3',
              line.kind === 'added' && 'bg-good-soft',
              line.kind === 'removed' && 'bg-bad-soft',
              line.kind === 'folded' && 'bg-sunken text-ink-faint',
            )}
          >
            <span aria-hidden className="mr-2 inline-block w-3 select-none text-ink-faint">
              {line.kind === 'added' ? '+' : line.kind === 'removed' ? '−' : ''}
            </span>
            {line.kind === 'added' && <span className="sr-only">{w.browse.data.added} </span>}
            {line.kind === 'removed' && <span className="sr-only">{w.browse.data.removed} </span>}
            {line.kind === 'folded' ? w.browse.data.sameLines(Number(line.text)) : line.text}
          </div>
        ))}
      </pre>
    </section>
  )
}

function linesOf(before: string, after: string, context: number): DiffLine[] {
  const changes = diffLines(before, after)
  const lines: DiffLine[] = []
  changes.forEach((change, index) => {
    const kind = change.added ? 'added' : change.removed ? 'removed' : 'same'
    const texts = change.value.replace(/\n$/, '').split('\n')
    const addLines = (from: number, to: number) => {
      for (let at = from; at < to; at++) lines.push({ kind, text: texts[at] ?? '', key: `${index} ${at}` })
    }
    const head = index === 0 ? 0 : context
    const tail = index === changes.length - 1 ? 0 : context
    if (kind !== 'same' || texts.length <= head + tail + 1) addLines(0, texts.length)
    else {
      addLines(0, head)
      lines.push({ kind: 'folded', text: String(texts.length - head - tail), key: `${index} folded` })
      addLines(texts.length - tail, texts.length)
    }
  })
  return lines
}
