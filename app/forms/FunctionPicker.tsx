import { useMemo } from 'react'
import type { CataloguedFunction } from '../../engine-worker/index.ts'
import { intentWords } from '../i18n/intents.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { rankOf, useFunctions } from '../pipe/vocabulary.ts'
import { Picker } from '../ui/Picker.tsx'
import { findIntents } from './find-intent.ts'

interface FunctionPickerProps {
  readonly onChoose: (declared: CataloguedFunction) => void
  readonly onClose: () => void
}

/** Every expression function by its name and its words. */
export function FunctionPicker({ onChoose, onClose }: FunctionPickerProps) {
  const w = usePipeWords()
  const functions = useFunctions()
  const rows = useMemo(
    () =>
      functions
        .filter(({ kind, deprecated }) => kind === 'expression' && deprecated === undefined)
        .map((each) => ({
          id: each.name,
          label: each.name,
          says: each.says,
          aside: w.engine.declared(each.group),
          keywords: intentWords[`${each.kind} ${each.name}`] ?? '',
          value: each,
        }))
        .sort((a, b) => rankOf(a.value) - rankOf(b.value)),
    [functions, w],
  )
  return (
    <Picker
      label={w.pipe.chooseFunction}
      placeholder={w.pipe.chooseFunction}
      match={findIntents}
      rows={rows}
      onClose={onClose}
      onChoose={({ value }) => onChoose(value)}
    />
  )
}
