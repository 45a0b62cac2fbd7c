import { ToggleGroup as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

interface SegmentsProps<T extends string> {
  readonly label: string
  readonly options: readonly { readonly id: T; readonly label: ReactNode; readonly title?: string }[]
  readonly value: T
  readonly onChange: (value: T) => void
}

/** A few views of the same thing, of which one is chosen. */
export function Segments<T extends string>({ label, options, value, onChange }: SegmentsProps<T>) {
  const chooseOption = (id: string) => {
    const option = options.find((each) => each.id === id)
    if (option) onChange(option.id)
  }
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={chooseOption}
      className="inline-flex h-7 shrink-0 overflow-hidden rounded-md border border-line bg-surface"
    >
      {options.map((option) => (
        <Radix.Item
          key={option.id}
          value={option.id}
          title={option.title}
          className="inline-flex items-center gap-1.5 px-2.5 text-ink-soft -outline-offset-2 hover:text-ink data-[state=on]:bg-accent-soft data-[state=on]:font-semibold data-[state=on]:text-accent"
        >
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  )
}
