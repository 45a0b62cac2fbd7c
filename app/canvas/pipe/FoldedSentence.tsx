import { ChevronDown, ChevronRight } from 'lucide-react'
import { createContext, type MouseEvent, type ReactNode, useContext, useState } from 'react'
import type { Token } from '../../../engine-worker/index.ts'

interface FoldedSentenceProps {
  readonly gist: string
  readonly readOnly: boolean
  readonly children: ReactNode
}

/** Whether the row that a sentence stands in shows long parts whole: turned by keyboard for all of them at once. */
export const ShowsWholeContext = createContext(false)

/** Whether a sentence has parts that are told by their gist. */
export function hasFolds(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.is === 'fold' || ('tokens' in token && hasFolds(token.tokens)))
}

/** A long sentence by its gist, which opens in place: by a click alone, by the keys of its row with all others. */
export function FoldedSentence({ gist, readOnly, children }: FoldedSentenceProps) {
  const row = useContext(ShowsWholeContext)
  const [own, setOwn] = useState({ row, open: row })
  const open = own.row === row ? own.open : row
  const Icon = open ? ChevronDown : ChevronRight
  const look = 'mx-px rounded-sm bg-transform-soft px-1 py-0.5 text-transform'
  const toggle = (event: MouseEvent) => {
    event.stopPropagation()
    setOwn({ row, open: !open })
  }
  if (readOnly) return <span className={look}>{gist}</span>
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the row open and close it */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse inside a row that is itself a control */}
      <span
        onClick={toggle}
        data-gist={open ? 'open' : 'closed'}
        className={`${look} inline cursor-pointer hover:underline`}
      >
        <Icon size={12} aria-hidden className="inline align-[-2px]" /> {gist}
      </span>
      {open && <span className="ml-1">{children}</span>}
    </>
  )
}
