import { useId, useMemo } from 'react'
import { usePipe } from '../canvas/pipe/pipe.ts'
import { at, isObject, type Path } from '../canvas/pipe/tree.ts'
import { useEngine } from '../store/engine.ts'
import { Input } from '../ui/Field.tsx'
import type { DeclaredArgument } from './bind.ts'
import { useSourceProperties } from './properties.ts'

interface NameFieldProps {
  readonly names: NonNullable<DeclaredArgument['names']>
  readonly value: string
  readonly label: string
  readonly placeholder?: string
  readonly path: Path
  readonly onChange: (value: string) => void
}

/** The name of something that exists, typed or chosen: a property, a rule, a dataset, a time zone. */
export function NameField({ names, value, label, placeholder, path, onChange }: NameFieldProps) {
  const id = useId()
  const { readOnly } = usePipe()
  const options = useNames(names, path)
  return (
    <>
      <Input
        mono
        aria-label={label}
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
    </>
  )
}

/** The names that exist. */
function useNames(names: NameFieldProps['names'], path: Path): readonly string[] {
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
        const rules = end < 0 ? undefined : at(value, path.slice(0, end + 1))
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
