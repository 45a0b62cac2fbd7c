import { type InputHTMLAttributes, useState } from 'react'
import { type Json, printJson, readConfig } from '../../engine-worker/index.ts'
import { Input } from '../ui/Field.tsx'

interface NumberInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> {
  readonly value: Json
  readonly onChange: (value: Json) => void
}

/** A number with all of its digits; an unfinished number stays in the field. */
export function NumberInput({ value, onChange, ...rest }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Input
      mono
      {...rest}
      inputMode="decimal"
      value={typed ?? printJson(value)}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const text = event.target.value.trim()
        setTyped(event.target.value)
        if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) onChange(readConfig(text))
      }}
    />
  )
}
