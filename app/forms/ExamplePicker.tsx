import { useEffect, useState } from 'react'
import { type Json, readConfig } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { short } from '../pipe/preview-store.ts'
import { ask } from '../store/engine/open-project.ts'
import { Picker, type PickerRow } from '../ui/Picker.tsx'

interface ExamplePickerProps {
  readonly pipe: string
  readonly source: string
  readonly target: string | null
  readonly onChoose: (expression: Json) => void
  readonly onClose: () => void
}

/** So long after the last key, in milliseconds, the search begins. */
const pause = 250

const asFound = <T,>(rows: readonly PickerRow<T>[]) => rows

/** Says what should come out for the followed entity, and offers the expressions that give it. */
export function ExamplePicker({ pipe, source, target, onChoose, onClose }: ExamplePickerProps) {
  const w = useWords()
  const [wanted, setWanted] = useState('')
  const [found, setFound] = useState<{ readonly of: string; readonly rows: readonly PickerRow<Json>[] } | null>(null)
  useEffect(() => {
    if (wanted === '') return
    let current = true
    const timer = setTimeout(() => {
      ask('byExample', { pipe, source, target, wanted }).then(
        (all) => {
          const rows = all.map(({ expression, gives }) => ({
            id: expression,
            label: expression,
            says: '',
            aside: short(gives, 40),
            value: readConfig(expression),
          }))
          if (current) setFound({ of: wanted, rows })
        },
        () => current && setFound({ of: wanted, rows: [] }),
      )
    }, pause)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [pipe, source, target, wanted])
  return (
    <Picker
      label={w.pipe.byExample.label}
      placeholder={w.pipe.byExample.placeholder}
      rows={found?.of === wanted ? found.rows : []}
      match={asFound}
      onText={setWanted}
      empty={(text) =>
        text === ''
          ? w.pipe.byExample.says
          : found?.of === text
            ? w.pipe.byExample.nothing(text)
            : w.pipe.byExample.searching
      }
      onChoose={({ value }) => onChoose(value)}
      onClose={onClose}
    />
  )
}
