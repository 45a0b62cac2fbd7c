import { type ReactNode, useMemo } from 'react'
import { classes } from '../ui/classes.ts'

interface JsonTextProps {
  readonly text: string
  readonly label: string
  readonly className?: string
}

const tokenPattern = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g

/** JSON as coloured text, to read and to copy. Editing is the editor's work. */
export function JsonText({ text, label, className }: JsonTextProps) {
  const parts = useMemo(() => colouredParts(text), [text])
  return (
    <section tabIndex={0} aria-label={label} className={classes('overflow-auto -outline-offset-2', className)}>
      <pre className="p-3">{parts}</pre>
    </section>
  )
}

const maxHighlighted = 200_000

function colouredParts(text: string): ReactNode[] {
  if (text.length > maxHighlighted) return [text]
  const parts: ReactNode[] = []
  let last = 0
  for (const match of text.matchAll(tokenPattern)) {
    const [whole, string, colon, number] = match
    parts.push(text.slice(last, match.index))
    const colour =
      string !== undefined
        ? colon !== undefined
          ? 'text-source'
          : string.startsWith('"~')
            ? 'text-accent'
            : 'text-sink'
        : number !== undefined
          ? 'text-transform'
          : 'text-hops'
    parts.push(
      <span key={match.index} className={colour}>
        {string ?? whole}
      </span>,
    )
    if (colon !== undefined) parts.push(colon)
    last = match.index + whole.length
  }
  parts.push(text.slice(last))
  return parts
}
