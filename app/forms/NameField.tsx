import { useId, useMemo } from 'react'
import { isObject, type JsonPath } from '../../engine-worker/index.ts'
import type { DeclaredArgument } from '../pipe/bind.ts'
import { valueAtPath } from '../pipe/json-edits.ts'
import { usePipe } from '../pipe/pipe.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { useEngine } from '../store/engine/state.ts'
import { Input } from '../ui/Field.tsx'
import { useSourceProperties } from './properties.ts'

interface NameFieldProps {
  readonly names: NonNullable<DeclaredArgument['names']>
  readonly value: string
  /** Its name, where no label points at it. */
  readonly label?: string
  readonly ids?: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': boolean
  }
  /** Names that are suggested while the field is empty. */
  readonly suggested?: readonly string[]
  readonly placeholder?: string
  readonly path: JsonPath
  readonly onChange: (value: string) => void
}

/** A field for the name of something that exists, typed or chosen: a property, a rule, a dataset, a time zone. */
export function NameField(props: NameFieldProps) {
  const { names, value, label, ids, suggested = [], placeholder, path, onChange } = props
  const w = usePipeWords()
  const id = useId()
  const { readOnly } = usePipe()
  const options = useNames(names, path)
  return (
    <>
      <Input
        mono
        {...ids}
        {...(label === undefined ? {} : { 'aria-label': label })}
        placeholder={placeholder}
        list={id}
        value={value}
        disabled={readOnly}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={id}>
        {options.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {value === '' && !readOnly && suggested.length > 0 && (
        <p className="mt-1 flex flex-wrap items-center gap-1 text-tiny text-ink-soft">
          {w.pipe.suggestedNames}
          {suggested.map((name) => (
            <button key={name} type="button" className="chip hover:border-accent" onClick={() => onChange(name)}>
              {name}
            </button>
          ))}
        </p>
      )}
    </>
  )
}

/** The names that exist. */
function useNames(names: NameFieldProps['names'], path: JsonPath): readonly string[] {
  const { value } = usePipe()
  const facts = useEngine((state) => state.facts)
  const properties = useSourceProperties(path)
  return useMemo(() => {
    switch (names) {
      case 'property':
      case 'pattern':
        return [...(names === 'pattern' ? ['*'] : []), ...properties.map(({ name }) => name)]
      case 'dataset':
        return [
          ...new Set(facts.flatMap(({ writes, reads }) => [...(writes === null ? [] : [writes]), ...reads])),
        ].sort()
      case 'rule': {
        const end = path.indexOf('rules')
        const rules = end < 0 ? undefined : valueAtPath(value, path.slice(0, end + 1))
        return isObject(rules) ? Object.keys(rules) : []
      }
      case 'timezone':
        return Intl.supportedValuesOf('timeZone')
      case 'namespace':
        return [
          ...new Set(
            properties.flatMap(({ name }) => (name.includes(':') ? [name.slice(0, name.lastIndexOf(':'))] : [])),
          ),
        ]
      case 'datetime-format':
        return ['%Y-%m-%d', '%d.%m.%Y', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%H:%M:%SZ']
      default:
        return []
    }
  }, [names, path, value, facts, properties])
}
