import { useState } from 'react'
import { type Json, readConfig } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { short } from '../pipe/preview-store.ts'
import { ask } from '../store/engine/open-project.ts'
import { useQuery } from '../store/use-query.ts'
import { Picker, type PickerRow } from '../ui/Picker.tsx'

interface ExamplePickerProps {
  readonly pipe: string
  readonly source: string
  readonly target: string | null
  readonly onChoose: (expression: Json) => void
  readonly onClose: () => void
}

/** The search begins this many milliseconds after the last keystroke. */
const pause = 250

const asFound = <T,>(rows: readonly PickerRow<T>[]) => rows

/** Says what should come out for the followed entity, and offers the expressions that give it. */
export function ExamplePicker({ pipe, source, target, onChoose, onClose }: ExamplePickerProps) {
  const w = useWords()
  const [wanted, setWanted] = useState('')
  const request = { pipe, source, target, wanted }
  const { value, failure, stale } = useQuery(
    wanted === '' ? null : JSON.stringify(request),
    async (): Promise<readonly PickerRow<Json>[]> =>
      (await ask('byExample', request)).map(({ expression, gives }) => ({
        id: expression,
        label: expression,
        says: '',
        aside: short(gives, 40),
        value: readConfig(expression),
      })),
    { delay: pause },
  )
  const rows = stale || failure !== null || value === null ? [] : value
  return (
    <Picker
      label={w.pipe.byExample.label}
      placeholder={w.pipe.byExample.placeholder}
      rows={rows}
      match={asFound}
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
