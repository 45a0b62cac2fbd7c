import { useId, useMemo, useState } from 'react'
import { readConfig } from '../../engine-worker/index.ts'
import { useEngine } from '../store/engine/state.ts'
import { useContent } from '../store/project/project.ts'
import { Input } from '../ui/Field.tsx'
import { type ControlProps, defaultText } from './JsonControl.tsx'

/** A number, or a variable in its place. */
export function NumberControl({
  value,
  otherwise,
  ids,
  disabled,
  onChange,
  whole,
}: ControlProps & { readonly whole: boolean }) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === undefined ? '' : defaultText(value))
  return (
    <Input
      {...ids}
      inputMode="numeric"
      value={shown}
      placeholder={otherwise === undefined ? undefined : defaultText(otherwise)}
      disabled={disabled}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const text = event.target.value.trim()
        setTyped(event.target.value)
        if (text === '') onChange(undefined)
        else if ((whole ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(text)) onChange(readConfig(text))
        else if (/^\$ENV\([^)]+\)$/.test(text)) onChange(text)
      }}
    />
  )
}

/** The name of a dataset, pipe or system, with those that there are to choose from. */
export function ReferenceControl({
  value,
  otherwise,
  ids,
  disabled,
  onChange,
  to,
}: ControlProps & { readonly to: 'dataset' | 'pipe' | 'system' }) {
  const list = useId()
  const content = useContent()
  const facts = useEngine((state) => state.facts)
  const names = useMemo(() => {
    if (to === 'dataset') return [...new Set(facts.flatMap(({ writes }) => writes ?? []))].sort()
    return Object.values(content.components)
      .filter(({ kind }) => kind === to)
      .map(({ id }) => id)
  }, [to, facts, content])
  return (
    <>
      <Input
        mono
        {...ids}
        list={list}
        value={typeof value === 'string' ? value : ''}
        placeholder={otherwise === undefined ? undefined : defaultText(otherwise)}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  )
}
