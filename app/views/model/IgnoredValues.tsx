import { X } from 'lucide-react'
import { useState } from 'react'
import { useProject } from '../../store/project/project.ts'
import { Input } from '../../ui/Field.tsx'
import { useModelWords } from './model-words.ts'

interface IgnoredValuesProps {
  readonly property: string
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
}

/** Values that are no keys: an address that a whole department has, a placeholder. */
export function IgnoredValues({ property, values, onChange }: IgnoredValuesProps) {
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  const [text, setText] = useState<string | null>(null)
  const add = () => {
    const value = (text ?? '').trim()
    if (value !== '' && !values.includes(value)) onChange([...values, value])
    setText(null)
  }
  return (
    <p className="mt-1 flex flex-wrap items-center gap-1 text-tiny text-ink-soft">
      {values.length > 0 && <span>{w.matching.ignored}</span>}
      {values.map((value) => (
        <button
          key={value}
          type="button"
          className="chip"
          disabled={readOnly}
          aria-label={w.matching.restoreKey(value)}
          onClick={() => onChange(values.filter((each) => each !== value))}
        >
          {value} <X size={10} aria-hidden />
        </button>
      ))}
      {!readOnly &&
        (text === null ? (
          <button type="button" className="link" onClick={() => setText('')}>
            {w.matching.ignore}
          </button>
        ) : (
          <Input
            autoFocus
            mono
            className="h-6 max-w-40"
            aria-label={w.matching.ignoreIn(property)}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key === 'Enter') add()
              if (event.key === 'Escape') setText(null)
            }}
          />
        ))}
    </p>
  )
}
