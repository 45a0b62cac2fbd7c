import { useMemo } from 'react'
import type { CataloguedFunction, Json } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { rankOf, useFunctions } from '../pipe/vocabulary.ts'
import { Picker } from '../ui/Picker.tsx'

interface StepPickerProps {
  readonly onChoose: (step: Json, name: string) => void
  readonly onClose: () => void
}

/** Finds a transform function for a new step by its name and description. */
export function StepPicker({ onChoose, onClose }: StepPickerProps) {
  const w = useWords()
  const functions = useFunctions()
  const rows = useMemo(
    () =>
      functions
        .filter(({ kind, deprecated }) => kind === 'transform' && deprecated === undefined)
        .map((declared) => ({ id: declared.name, label: declared.name, says: declared.says, value: declared }))
        .sort((a, b) => rankOf(a.value) - rankOf(b.value) || (a.id < b.id ? -1 : 1)),
    [functions],
  )
  return (
    <Picker
      label={w.pipe.addStepTitle}
      placeholder={w.pipe.addStepPlaceholder}
      rows={rows}
      onClose={onClose}
      onChoose={({ value }) => onChoose(newStep(value), value.name)}
    />
  )
}

/** A new step that is valid where the language allows it. */
function newStep(declared: CataloguedFunction): Json {
  return declared.template ?? newCall(declared)
}

/** A call with its required arguments. */
export function newCall(declared: CataloguedFunction): Json {
  const required = declared.takes.filter(({ quantifier }) => quantifier === 'one' || quantifier === 'many')
  return [
    declared.name,
    ...required.map(({ mode, type, names }): Json => {
      if (mode === 'transforms') return []
      if (mode === 'hops') return { datasets: [], where: [] }
      if (mode === 'json') return names === 'rule' ? 'default' : ''
      if (type === 'boolean') return true
      if (type === 'integer' || type === 'number') return 0
      if (type === 'list') return ['list']
      return ''
    }),
  ]
}
