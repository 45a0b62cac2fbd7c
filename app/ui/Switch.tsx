import { Switch as Radix } from 'radix-ui'

interface SwitchProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** On or off, at once. */
export function Switch({ label, checked, onChange }: SwitchProps) {
  return (
    <Radix.Root
      aria-label={label}
      checked={checked}
      onCheckedChange={onChange}
      className="inline-flex h-6 w-9 shrink-0 items-center rounded-full"
    >
      <span
        className={`flex h-4 w-8 items-center rounded-full transition-colors duration-150 ${checked ? 'bg-accent' : 'bg-line-strong'}`}
      >
        <Radix.Thumb className="block size-3 translate-x-0.5 rounded-full bg-surface transition-transform duration-150 data-[state=checked]:translate-x-[18px]" />
      </span>
    </Radix.Root>
  )
}
