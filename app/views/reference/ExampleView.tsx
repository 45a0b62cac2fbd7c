import { CircleCheck, CircleX } from 'lucide-react'
import { type CataloguedFunction, formatPart, type Json, readJson } from '../../../engine-worker/index.ts'
import { JsonText } from '../../data/JsonText.tsx'
import { ask } from '../../store/engine/open-project.ts'
import { useQuery } from '../../store/use-query.ts'
import { useReferenceWords } from './reference-words.ts'

interface ExampleViewProps {
  readonly name: string
  readonly index: number
  readonly example: CataloguedFunction['examples'][number]
}

/** One worked example: what goes in, the expression, and what this browser made of it just now. */
export function ExampleView({ name, index, example }: ExampleViewProps) {
  const w = useReferenceWords()
  const key = `${name} ${index}`
  const { value, failure } = useQuery(key, () => ask('example', { function: name, example: index }, { early: true }), {
    about: key,
  })
  const given: readonly (readonly [string, Json | undefined])[] = [
    ['_S', example.source],
    ['_T', example.target],
    [w.reference.rules, example.rules as Json | undefined],
    [w.reference.datasets, example.datasets as Json | undefined],
    [w.reference.previous, example.previous],
  ]
  return (
    <section className="overflow-hidden rounded-lg border border-line bg-surface">
      {example.says !== undefined && <p className="border-b border-line px-3 py-1.5 text-ink-soft">{example.says}</p>}
      {given.map(([label, json]) =>
        json === undefined ? null : (
          <div key={label} className="flex border-b border-line">
            <span className="mono w-20 shrink-0 px-3 py-2 text-ink-faint">{label}</span>
            <JsonText label={label} text={formatPart(json)} className="min-w-0 flex-1" />
          </div>
        ),
      )}
      <div className="flex border-b border-line bg-sunken">
        <span className="mono w-20 shrink-0 px-3 py-2 text-ink-faint">DTL</span>
        <JsonText label="DTL" text={formatPart(example.dtl)} className="min-w-0 flex-1" />
      </div>
      <div className="flex items-start">
        <span className="w-20 shrink-0 px-3 py-2">
          {value?.passes === true && <CircleCheck size={16} aria-label={w.reference.passes} className="text-good" />}
          {value?.passes === false && <CircleX size={16} aria-label={w.reference.fails} className="text-bad" />}
        </span>
        <div className="min-w-0 flex-1">
          {value?.problem && <p className="px-3 py-2 text-bad">{w.engine.message(value.problem)}</p>}
          {failure !== null && <p className="px-3 py-2 text-bad">{failure}</p>}
          {value && !value.problem && <JsonText label={w.reference.gives} text={formattedText(value.gives)} />}
          {value?.passes === false && example.gives !== undefined && (
            <div className="border-t border-line">
              <p className="px-3 pt-2 text-tiny text-ink-faint">{w.reference.declared}</p>
              <JsonText label={w.reference.declared} text={formatPart(example.gives)} />
            </div>
          )}
        </div>
      </div>
    </section>
  )
}

function formattedText(text: string): string {
  try {
    return formatPart(readJson(text))
  } catch {
    return text
  }
}
