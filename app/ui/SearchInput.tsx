import type { KeyboardEvent } from 'react'
import { Input } from './Field.tsx'

interface SearchInputProps {
  /** What is searched; also shown while nothing is typed. */
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly className?: string
}

/** A field that finds in what is on screen. */
export function SearchInput({ label, onChange, ...props }: SearchInputProps) {
  return (
    <Input
      type="search"
      aria-label={label}
      placeholder={label}
      onChange={(event) => onChange(event.target.value)}
      {...props}
    />
  )
}
