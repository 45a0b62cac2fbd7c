import { useMemo } from 'react'
import { expressionTokens, type Json, type WalkMoment } from '../../../engine-worker/index.ts'
import { valueAtPath } from '../../pipe/json-edits.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { useVocabulary } from '../../pipe/vocabulary.ts'
import { Tokens } from '../pipe/Tokens.tsx'
import { useWalkWords } from './walk-catalogue.ts'
import type { WalkRow } from './walk-rows.ts'
import { walkText } from './walk-words.ts'

/** Expressions of a step that are shown. */
const maxValues = 30

/** What happens to the value of a step, link by link: each expression with what it came to. */
export function StepValues({ row, moment }: { readonly row: WalkRow; readonly moment: WalkMoment }) {
  const w = useWalkWords()
  const { value } = usePipe()
  const vocabulary = useVocabulary()
  const links = useMemo(() => linksOf(value, row, moment), [value, row, moment])
  if (links.length === 0) return null
  return (
    <section aria-label={w.walk.links} className="overflow-hidden rounded-lg border border-line bg-surface shadow-low">
      <ol className="py-1">
        {links.slice(0, maxValues).map(({ json, path, text }) => (
          <li key={path.join('/')} className="flex items-start gap-3 px-3 py-1">
            <span className="min-w-0 flex-1 leading-5 [overflow-wrap:anywhere]">
              <Tokens tokens={expressionTokens(json, vocabulary, path)} readOnly />
            </span>
            <span className="mono max-w-[50%] min-w-0 truncate text-right leading-5" title={text}>
              {walkText(text)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The expressions that were evaluated, without constants: those say their value themselves. */
function linksOf(pipe: Json, row: WalkRow, { path, values }: WalkMoment) {
  return values.flatMap(([place, text]) => {
    const below = place.slice(path.length + 1).split('/')
    const at0 = [...row.path, ...below.map((key) => (/^\d+$/.test(key) ? Number(key) : key))]
    const json = valueAtPath(pipe, at0)
    const isConstant =
      json === undefined || (!Array.isArray(json) && !(typeof json === 'string' && /^[_\w-]+\./.test(json)))
    return isConstant ? [] : [{ json, path: at0, text }]
  })
}
