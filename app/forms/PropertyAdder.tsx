import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Json, JsonPath } from '../../engine-worker/index.ts'
import { percent } from '../i18n/numbers.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { Button } from '../ui/Button.tsx'
import { Picker } from '../ui/Picker.tsx'
import { useSourceProperties } from './properties.ts'

interface PropertyAdderProps {
  readonly path: JsonPath
  readonly taken: readonly Json[]
  readonly onAdd: (names: readonly string[]) => void
}

/** Adds properties that the data has to a list of names: one, or all that are missing. */
export function PropertyAdder({ path, taken, onAdd }: PropertyAdderProps) {
  const w = usePipeWords()
  const [picking, setPicking] = useState(false)
  const unusedProperties = useSourceProperties(path).filter(({ name }) => !taken.includes(name))
  const add = (names: readonly string[]) => {
    setPicking(false)
    onAdd(names)
  }
  return (
    <span className="relative flex flex-wrap gap-1 self-start">
      <Button small look="quiet" icon={<Plus size={12} aria-hidden />} onClick={() => setPicking(true)}>
        {w.forms.addItem}
      </Button>
      {unusedProperties.length > 1 && (
        <Button small look="quiet" onClick={() => add(unusedProperties.map(({ name }) => name))}>
          {w.forms.addAll(unusedProperties.length)}
        </Button>
      )}
      {picking && (
        <Picker
          label={w.pipe.chooseProperty}
          placeholder={w.pipe.chooseProperty}
          rows={unusedProperties.map(({ name, types, present }) => ({
            id: name,
            label: name,
            says: '',
            aside: `${types.join(' | ')} · ${w.pipe.seenIn(percent(present))}`,
            value: name,
          }))}
          onClose={() => setPicking(false)}
          onChoose={({ value }) => add([value])}
          onFree={(text) => add([text])}
        />
      )}
    </span>
  )
}
