import { ArrowRight, ChevronDown, ChevronRight } from 'lucide-react'
import { createContext, type MouseEvent, type ReactNode, useContext, useState } from 'react'
import type { JsonPath, Token } from '../../../engine-worker/index.ts'
import { useWords } from '../../i18n/i18n.ts'
import { samePath } from '../../pipe/json-edits.ts'
import { choose, shownAt, usePipeView } from '../../pipe/pipe-view.ts'
import { useTracePoint } from '../../pipe/preview-store.ts'
import { classes } from '../../ui/classes.ts'

/** A sentence as words and chips; a chip can be clicked to open what it stands for, and says its value when pointed at. */
export function Tokens({ tokens }: { readonly tokens: readonly Token[] }) {
  return (
    <>
      {tokens.map((token, index) => (
        <TokenView key={index} token={token} />
      ))}
    </>
  )
}

function TokenView({ token }: { readonly token: Token }) {
  switch (token.is) {
    case 'text':
      return <span>{token.text}</span>
    case 'steps':
      return null
    case 'then':
      return <ArrowRight size={12} aria-hidden className="mx-0.5 inline align-[-1px] text-ink-faint" />
    case 'chain':
      return <Tokens tokens={token.tokens} />
    case 'fold':
      return <Folded token={token} />
    case 'call':
      return (
        <Chip
          path={token.path}
          look={classes('py-0.5', token.known ? 'bg-transform-soft text-transform' : 'bg-bad-soft text-bad')}
          title={token.name}
        >
          <Tokens tokens={token.tokens} />
        </Chip>
      )
    case 'property':
      return token.variable === null ? (
        <b className="font-semibold text-ink">{token.text}</b>
      ) : (
        <Chip path={token.path} look="bg-source-soft text-source mono">
          {token.text}
        </Chip>
      )
    case 'literal':
      return (
        <Chip path={token.path} look="bg-sink-soft text-sink mono">
          {token.text}
        </Chip>
      )
    case 'dataset':
      return (
        <Chip path={token.path} look="bg-hops-soft text-hops border border-dashed border-hops mono">
          {token.text}
        </Chip>
      )
    case 'rule':
      return (
        <Chip path={ruleOf(token.path, token.text) ?? token.path} look="bg-sink-soft text-sink mono">
          {token.text}
        </Chip>
      )
    default:
      return (
        <Chip path={token.path} look="bg-sunken text-ink-soft mono">
          {token.text.length > 80 ? `${token.text.slice(0, 79)}…` : token.text}
        </Chip>
      )
  }
}

/** Whether the row that a sentence stands in shows long parts whole: turned by keyboard for all of them at once. */
export const Unfolded = createContext(false)

/** Whether a sentence has parts that are told by their gist. */
export function hasFolds(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.is === 'fold' || ('tokens' in token && hasFolds(token.tokens)))
}

/** A long sentence by its gist, which opens in place: by a click alone, by the keys of its row with all others. */
function Folded({ token }: { readonly token: Extract<Token, { is: 'fold' }> }) {
  const row = useContext(Unfolded)
  const [own, setOwn] = useState({ row, open: row })
  const open = own.row === row ? own.open : row
  const Icon = open ? ChevronDown : ChevronRight
  const turn = (event: MouseEvent) => {
    event.stopPropagation()
    setOwn({ row, open: !open })
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the row open and close it */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse inside a row that is itself a control */}
      <span
        onClick={turn}
        data-gist={open ? 'open' : 'closed'}
        className="mx-px inline cursor-pointer rounded-sm bg-transform-soft px-1 py-0.5 text-transform hover:underline"
      >
        <Icon size={12} aria-hidden className="inline align-[-2px]" /> {token.text}
      </span>
      {open && (
        <span className="ml-1">
          <Tokens tokens={token.tokens} />
        </span>
      )}
    </>
  )
}

/** The rule that a name in a step of a rule stands for: clicking the name goes there. */
function ruleOf(path: JsonPath, name: string): JsonPath | null {
  const rules = path.indexOf('rules')
  return rules < 0 ? null : [...path.slice(0, rules + 1), name]
}

/** Characters of a name that fit a line of the narrowest card. */
const longest = 28

interface ChipProps {
  readonly path: readonly (string | number)[]
  readonly look: string
  readonly title?: string
  readonly children: ReactNode
}

function Chip({ path, look, title, children }: ChipProps) {
  const w = useWords()
  const point = useTracePoint(path)
  const chosen = usePipeView(({ selected }) => selected !== null && samePath(selected, path))
  const pick = (event: MouseEvent) => {
    event.stopPropagation()
    choose(shownAt(path))
  }
  const words = [title, point?.problem ? w.engine.message(point.problem) : point?.value].filter(Boolean).join(' = ')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same places are reached by keyboard through the form of the step
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse inside a row that is itself a control
    <span
      onClick={pick}
      title={words === '' ? undefined : words}
      className={classes(
        'mx-px inline rounded-sm py-px',
        typeof children === 'string' ? 'px-1' : 'px-0.5',
        // A name stays in one piece where it has room; only a sentence is broken.
        typeof children === 'string' && children.length <= longest && 'whitespace-nowrap',
        look,
        point?.problem && 'outline outline-bad',
        chosen && 'ring-2 ring-accent',
      )}
    >
      {children}
    </span>
  )
}
