import { ArrowRight } from 'lucide-react'
import type { Token } from '../../../engine-worker/index.ts'
import { classes } from '../../ui/classes.ts'

const looks = {
  property: 'bg-source-soft text-source mono',
  literal: 'bg-sink-soft text-sink mono',
  dataset: 'border border-dashed border-hops bg-hops-soft text-hops mono',
  rule: 'bg-sink-soft text-sink mono',
  raw: 'bg-sunken text-ink-soft mono',
} as const

/** A sentence as words and chips, to be read inside a button. */
export function Sentence({ tokens }: { readonly tokens: readonly Token[] }) {
  return tokens.map((token, index) => <Word key={index} token={token} />)
}

function Word({ token }: { readonly token: Token }) {
  switch (token.is) {
    case 'text':
      return <span>{token.text}</span>
    case 'steps':
      return null
    case 'then':
      return <ArrowRight size={12} aria-hidden className="mx-0.5 inline align-[-1px] text-ink-faint" />
    case 'chain':
      return <Sentence tokens={token.tokens} />
    case 'fold':
      return <span className="mx-px rounded-sm bg-transform-soft px-1 py-0.5 text-transform">{token.text}</span>
    case 'call':
      return (
        <span className="mx-px rounded-sm bg-transform-soft px-0.5 py-0.5 text-transform">
          <Sentence tokens={token.tokens} />
        </span>
      )
    case 'property':
      if (token.variable === null) return <b className="font-semibold text-ink">{token.text}</b>
      return <Chip look={looks.property}>{token.text}</Chip>
    default:
      return <Chip look={looks[token.is]}>{token.text.length > 60 ? `${token.text.slice(0, 59)}…` : token.text}</Chip>
  }
}

function Chip({ look, children }: { readonly look: string; readonly children: string }) {
  return (
    <span className={classes('mx-px rounded-sm px-1 py-px', children.length <= 28 && 'whitespace-nowrap', look)}>
      {children}
    </span>
  )
}
