import { Lightbulb } from 'lucide-react'
import { useMemo } from 'react'
import type { Model } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useProject } from '../../store/project/project.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import type { DatatypePlace } from './drag.ts'
import { useModelWords } from './model-words.ts'

/** The most datatypes that are compared, and the most findings that are shown. */
const maxCompared = 12
const maxShown = 3

interface Finding {
  readonly place: DatatypePlace
  readonly concept: string
  readonly from: string
  readonly to: string
  readonly matched: number
  readonly of: number
}

interface SameValuesProps {
  readonly model: Model
  readonly text: string
  readonly isSound: boolean
  readonly onLink: (place: DatatypePlace, concept: string) => void
}

/** Datatypes without a concept whose values a concept has too: the best first, with counts. */
export function SameValues({ model, text, isSound, onLink }: SameValuesProps) {
  const w = useModelWords()
  const version = useEngine((state) => state.dataVersion)
  const ready = useEngine((state) => state.state === 'ready')
  const readOnly = useProject((state) => state.readOnly)
  const free = useMemo(() => {
    const all = Object.entries(model.systems).flatMap(([system, { datatypes }]) =>
      Object.keys(datatypes).map((datatype) => ({ system, datatype })),
    )
    return all
      .filter(
        (place) => !model.mappings.some((each) => each.system === place.system && each.datatype === place.datatype),
      )
      .slice(0, maxCompared)
  }, [model])
  const concepts = Object.keys(model.concepts).slice(0, maxCompared)
  const key = isSound && ready && free.length > 0 && concepts.length > 0 ? `${version} ${text}` : null
  const { value } = useQuery(
    key,
    async () => {
      const found: Finding[] = []
      for (const place of free) {
        for (const concept of concepts) {
          const { keys, properties } = await ask('modelSuggestions', { text, ...place, concept })
          const [best] = keys
          const from = properties.find(({ to }) => to === best?.property)?.from
          if (best && from !== undefined)
            found.push({ place, concept, from, to: best.property, matched: best.matched, of: best.of })
        }
      }
      return found.toSorted((a, b) => b.matched / b.of - a.matched / a.of).slice(0, maxShown)
    },
    { delay: 200 },
  )
  if (readOnly || key === null) return null
  return (
    <>
      {(value ?? []).map((finding) => (
        <section
          key={`${finding.place.system} ${finding.place.datatype} ${finding.concept}`}
          aria-label={w.board.sameValues}
          className="rounded-lg border border-dashed border-line-strong bg-surface p-3"
        >
          <p className="flex items-center gap-1.5 font-semibold">
            <Lightbulb size={14} aria-hidden className="text-warn" /> {w.board.sameValues}
          </p>
          <p className="my-1 text-ink-soft">
            {w.board.sameValuesSays(
              `${finding.place.system} ${finding.place.datatype}`,
              finding.from,
              `${finding.concept}.${finding.to}`,
              finding.matched,
              finding.of,
            )}
          </p>
          <Button small onClick={() => onLink(finding.place, finding.concept)}>
            {w.board.linkTo(finding.concept)}
          </Button>
        </section>
      ))}
    </>
  )
}
