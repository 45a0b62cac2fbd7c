import { useMemo } from 'react'
import type { Json } from '../../../engine-worker/index.ts'
import type { CataloguedFunction } from '../../../engine-worker/protocol.ts'
import { useWords } from '../../i18n/i18n.ts'
import { Picker } from '../../ui/Picker.tsx'
import { useFunctions } from './vocabulary.ts'

interface StepPickerProps {
  readonly onChoose: (step: Json, name: string) => void
  readonly onClose: () => void
}

/** Search for what a step shall do: every transform function by its name and its words. */
export function StepPicker({ onChoose, onClose }: StepPickerProps) {
  const w = useWords()
  const functions = useFunctions()
  const rows = useMemo(
    () =>
      functions
        .filter(({ kind, deprecated }) => kind === 'transform' && deprecated === undefined)
        .map((declared) => ({ id: declared.name, label: declared.name, says: declared.says, value: declared }))
        .sort((a, b) => rank(a.id) - rank(b.id) || (a.id < b.id ? -1 : 1)),
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

/** What real pipes use most comes first. */
const common = [
  'add',
  'copy',
  'filter',
  'if',
  'remove',
  'rename',
  'merge',
  'comment',
  'add-if',
  'default',
  'case-eq',
  'create-child',
  'make-ni',
]

function rank(name: string): number {
  const place = common.indexOf(name)
  return place < 0 ? common.length : place
}

/** A new step that is valid where the language allows it: each required argument has the mildest value. */
export function newStep(declared: CataloguedFunction): Json {
  const known: Record<string, Json> = {
    copy: ['copy', '*'],
    comment: ['comment', ''],
    filter: ['filter', true],
    if: ['if', true, []],
    case: ['case', true, []],
    'case-eq': ['case-eq', '_S.', '', []],
    remove: ['remove', ''],
    discard: ['discard'],
  }
  return known[declared.name] ?? newCall(declared)
}

/** A call with its required arguments. */
export function newCall(declared: CataloguedFunction): Json {
  const required = declared.takes.filter(({ quantifier }) => quantifier === 'one' || quantifier === 'many')
  return [
    declared.name,
    ...required.map(({ mode, type, names }): Json => {
      if (mode === 'transforms') return []
      if (mode === 'json')
        return names === 'rule' ? 'default' : declared.group === 'hops' ? { datasets: [], where: [] } : ''
      if (type === 'boolean') return true
      if (type === 'integer' || type === 'number') return 0
      if (type === 'list') return ['list']
      return ''
    }),
  ]
}
