import { useContext, useMemo } from 'react'
import type { JsonPath } from '../../engine-worker/index.ts'
import { percent } from '../i18n/numbers.ts'
import { isPath } from '../pipe/paths.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { Picker } from '../ui/Picker.tsx'
import { AliasContext, useChoices } from './scope.ts'

interface PathPickerProps {
  readonly path: JsonPath
  /** Only paths below this variable. */
  readonly only?: string
  readonly onChoose: (expression: string) => void
  readonly onClose: () => void
}

/** The paths that the data has, with how often; any other can be typed. */
export function PathPicker({ path, only, onChoose, onClose }: PathPickerProps) {
  const w = usePipeWords()
  const choices = useChoices(path)
  const aliases = useContext(AliasContext).map(({ alias }) => alias)
  const rows = useMemo(
    () =>
      choices
        .filter((choice) => only === undefined || choice.path.startsWith(`${only}.`))
        .map((choice) => ({
          id: choice.path,
          label: choice.path,
          says: '',
          aside: `${choice.types.join(' | ')} · ${w.pipe.seenIn(percent(choice.present))}`,
          value: choice.path,
        })),
    [choices, only, w],
  )
  return (
    <Picker
      label={w.pipe.chooseProperty}
      placeholder={w.pipe.chooseProperty}
      rows={rows}
      onClose={onClose}
      onChoose={({ value }) => onChoose(value)}
      onFree={(text) => onChoose(isPath(text, aliases) ? text : `${only ?? '_S'}.${text}`)}
    />
  )
}
