import { useState } from 'react'
import { expressionTokens, type Json, readConfig, sentenceText } from '../../engine-worker/index.ts'
import { useTextOfTransit } from '../data/ShownValue.tsx'
import { count } from '../i18n/numbers.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { useVocabulary } from '../pipe/vocabulary.ts'
import { ask } from '../store/engine/open-project.ts'
import { useQuery } from '../store/use-query.ts'
import { Picker, type PickerRow } from '../ui/Picker.tsx'

interface ExamplePickerProps {
  readonly pipe: string
  readonly source: string
  readonly target: string | null
  /** Further entities, on which what is found is checked. */
  readonly others: readonly string[]
  readonly onChoose: (expression: Json) => void
  readonly onClose: () => void
}

/** The search begins this many milliseconds after the last keystroke. */
const requestDelay = 250

const inGivenOrder = <T,>(rows: readonly PickerRow<T>[]) => rows

/** Says what should come out for the followed entity, and offers the expressions that give it. */
export function ExamplePicker({ pipe, source, target, others, onChoose, onClose }: ExamplePickerProps) {
  const w = usePipeWords()
  const textOf = useTextOfTransit()
  const [wanted, setWanted] = useState('')
  const request = { pipe, source, target, wanted, others }
  const vocabulary = useVocabulary()
  const { value, failure, stale } = useQuery(
    wanted === '' ? null : JSON.stringify(request),
    async (): Promise<readonly PickerRow<Json>[]> =>
      (await ask('byExample', request)).map(({ expression, gives, works }) => ({
        id: expression,
        label: sentenceText(expressionTokens(readConfig(expression), vocabulary)),
        says: [...(works ? [w.pipe.byExample.works(count(works.for), count(works.of))] : []), expression].join(' · '),
        aside: textOf(gives),
        value: readConfig(expression),
      })),
    { delay: requestDelay },
  )
  const rows = stale || failure !== null || value === null ? [] : value
  return (
    <Picker
      label={w.pipe.byExample.label}
      placeholder={w.pipe.byExample.placeholder}
      rows={rows}
      match={inGivenOrder}
      onText={setWanted}
      empty={(text) =>
        text === ''
          ? w.pipe.byExample.says
          : stale || text !== wanted
            ? w.pipe.byExample.searching
            : w.pipe.byExample.nothing(text)
      }
      onChoose={({ value }) => onChoose(value)}
      onClose={onClose}
    />
  )
}
