import { X } from 'lucide-react'
import { Fragment, useContext, useState } from 'react'
import {
  expressionTokens,
  type Json,
  type JsonPath,
  type Overlap,
  sentenceText,
  sidesOfEquality,
} from '../../engine-worker/index.ts'
import { count } from '../i18n/numbers.ts'
import { usePipe } from '../pipe/pipe.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { useVocabulary } from '../pipe/vocabulary.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { ExpressionField } from './ExpressionField.tsx'
import { PathButton } from './PathButton.tsx'
import { AliasContext } from './scope.ts'

interface PairFieldProps {
  /** What must be equal: `["eq", a, b]`, or a set of expressions. */
  readonly value: Json
  readonly path: JsonPath
  /** Where the first of the equal expressions stands: after `eq`, or at the beginning of a set. */
  readonly from: 0 | 1
  readonly label: string
  readonly overlap: Overlap | undefined
  readonly onRemove?: () => void
}

/** What must be equal, side by side, with how many entities it brings together. Anything but paths opens as blocks. */
export function PairField({ value, path, from, label, overlap, onRemove }: PairFieldProps) {
  const w = usePipeWords()
  const { readOnly } = usePipe()
  const sides = sidesOf(value, from)
  const [open, setOpen] = useState(false)
  const vocabulary = useVocabulary()
  const names = useContext(AliasContext).map(({ alias }) => alias)
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-start gap-1">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1">
          {sides && !open ? (
            sides.map((side, index) => (
              <Fragment key={index}>
                {index > 0 && <span className="text-ink-soft">=</span>}
                {typeof side === 'string' ? (
                  <PathButton value={side} path={[...path, index + from]} label={`${label} ${index + 1}`} />
                ) : (
                  <button
                    type="button"
                    aria-label={`${label} ${index + 1}: ${w.pipe.joins.blocks}`}
                    onClick={() => setOpen(true)}
                    className="min-w-0 flex-1 rounded-sm bg-transform-soft px-1.5 text-left break-words text-transform"
                  >
                    {sentenceText(expressionTokens(side, vocabulary, [], names))}
                  </button>
                )}
              </Fragment>
            ))
          ) : from === 0 && sides ? (
            <div className="flex min-w-0 flex-1 flex-col gap-1">
              {sides.map((side, index) => (
                <ExpressionField key={index} value={side} path={[...path, index]} label={`${label} ${index + 1}`} />
              ))}
            </div>
          ) : (
            <div className="min-w-0 flex-1">
              <ExpressionField value={value} path={path} label={label} />
            </div>
          )}
        </div>
        {sides && !readOnly && (
          <button
            type="button"
            aria-expanded={open}
            aria-label={w.pipe.joins.blocks}
            title={w.pipe.joins.blocks}
            onClick={() => setOpen(!open)}
            className="mono h-7 shrink-0 rounded-sm px-1 text-ink-soft hover:bg-hover hover:text-ink"
          >
            ƒ
          </button>
        )}
        {onRemove && !readOnly && (
          <IconButton label={w.pipe.joins.removeRule} onClick={onRemove}>
            <X size={14} aria-hidden />
          </IconButton>
        )}
      </div>
      {overlap && <Matches overlap={overlap} />}
    </div>
  )
}

/** The number of matches, with examples. */
function Matches({ overlap: { matched, of, most, examples, complete } }: { readonly overlap: Overlap }) {
  const w = usePipeWords()
  const countText = complete
    ? w.pipe.joins.matches(count(matched), count(of))
    : w.pipe.joins.ofFirst(count(matched), count(of))
  const list = examples.map(({ left, right }) => `${left} = ${right}`).join(', ')
  return (
    <p role="status" className={matched === 0 ? 'text-tiny text-warn' : 'text-tiny text-good'} title={list}>
      {countText}
      {matched > 0 && most > 1 && ` · ${w.pipe.joins.most(count(most))}`}
      {list !== '' && <span className="block truncate text-ink-soft">{w.pipe.joins.examples(list)}</span>}
    </p>
  )
}

/** The equal expressions; null where it is something else. */
export function sidesOf(value: Json, from: 0 | 1): readonly Json[] | null {
  if (!Array.isArray(value)) return null
  if (from === 0) return value
  return sidesOfEquality(value)
}
