import type { ComponentProps } from 'react'
import { Input } from '../../ui/Field.tsx'

interface FigureInputProps extends Omit<ComponentProps<typeof Input>, 'value' | 'onChange'> {
  /** A decimal text with a point. */
  readonly figure: string
  readonly onChange: (figure: string) => void
}

/**
 * A price or an amount that is not negative, with a point or a comma; an invalid entry goes back to the figure before.
 */
export function FigureInput({ figure, onChange, ...more }: FigureInputProps) {
  return (
    <Input
      {...more}
      key={figure}
      className="text-right tabular-nums"
      inputMode="decimal"
      defaultValue={figure}
      onBlur={({ target }) => {
        const text = target.value.trim().replace(',', '.')
        if (text === figure) return
        if (/^\d{1,9}(\.\d{1,6})?$/.test(text)) onChange(text)
        else target.value = figure
      }}
    />
  )
}
