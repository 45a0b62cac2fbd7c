import { ArrowRight } from 'lucide-react'
import type { JsonPath, Token } from '../../../engine-worker/index.ts'
import { FoldedSentence } from './FoldedSentence.tsx'
import { PathChip, TextChip } from './TokenChip.tsx'

interface TokensProps {
  readonly tokens: readonly Token[]
  /** Whether it is only to be read, as inside a button: nothing in it can be clicked. */
  readonly readOnly?: boolean
}

/** A sentence as words and chips; a chip can be clicked to open what it stands for, and says its value when pointed at. */
export function Tokens({ tokens, readOnly = false }: TokensProps) {
  return tokens.map((token, index) => <TokenView key={index} token={token} readOnly={readOnly} />)
}

const tokenClasses = {
  property: 'bg-source-soft text-source mono',
  literal: 'bg-sink-soft text-sink mono',
  dataset: 'border border-dashed border-hops bg-hops-soft text-hops mono',
  rule: 'bg-sink-soft text-sink mono',
  raw: 'bg-sunken text-ink-soft mono',
} as const

/** Characters of JSON, and of any chip that is only to be read, that are shown. */
const maxLength = 80

function TokenView({ token, readOnly }: { readonly token: Token; readonly readOnly: boolean }) {
  const Chip = readOnly ? TextChip : PathChip
  switch (token.is) {
    case 'text':
      return <span>{token.text}</span>
    case 'steps':
      return null
    case 'then':
      return <ArrowRight size={12} aria-hidden className="mx-0.5 inline align-[-1px] text-ink-faint" />
    case 'chain':
      return <Tokens tokens={token.tokens} readOnly={readOnly} />
    case 'fold':
      return (
        <FoldedSentence gist={token.text} readOnly={readOnly}>
          <Tokens tokens={token.tokens} />
        </FoldedSentence>
      )
    case 'call':
      return (
        <Chip
          path={token.path}
          look={token.known ? 'py-0.5 bg-transform-soft text-transform' : 'py-0.5 bg-bad-soft text-bad'}
          title={token.name}
        >
          <Tokens tokens={token.tokens} readOnly={readOnly} />
        </Chip>
      )
    case 'property':
      if (token.variable === null) return <b className="font-semibold text-ink">{token.text}</b>
      break
  }
  const isClipped = (readOnly || token.is === 'raw') && token.text.length > maxLength
  return (
    <Chip path={pathOf(token)} look={tokenClasses[token.is]}>
      {isClipped ? `${token.text.slice(0, maxLength - 1)}…` : token.text}
    </Chip>
  )
}

/** What a chip stands for. The name of a rule in a step of another one stands for that rule. */
function pathOf({ is, path, text }: Extract<Token, { is: keyof typeof tokenClasses }>): JsonPath {
  const rules = is === 'rule' ? path.indexOf('rules') : -1
  return rules < 0 ? path : [...path.slice(0, rules + 1), text]
}
