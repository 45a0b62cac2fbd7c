import { Columns3 } from 'lucide-react'
import { Popover as Radix } from 'radix-ui'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import { useWords } from '../../words/words.ts'

interface ColumnsProps {
  readonly all: readonly string[]
  readonly hidden: ReadonlySet<string>
  readonly onHidden: (hidden: ReadonlySet<string>) => void
}

/** Which properties are columns. */
export function Columns({ all, hidden, onHidden }: ColumnsProps) {
  const w = useWords()
  const toggle = (column: string, shown: boolean) => {
    const next = new Set(hidden)
    if (shown) next.delete(column)
    else next.add(column)
    onHidden(next)
  }
  return (
    <Radix.Root>
      <Radix.Trigger asChild>
        <Button icon={<Columns3 size={14} aria-hidden />}>{w.data.columns}</Button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 flex max-h-80 w-64 animate-rise flex-col gap-1.5 overflow-auto rounded-lg border border-line bg-raised p-3 shadow-high"
        >
          {all
            .filter((column) => column !== '_id')
            .map((column) => (
              <Checkbox
                key={column}
                label={<span className="mono break-all">{column}</span>}
                checked={!hidden.has(column)}
                onChange={(event) => toggle(column, event.target.checked)}
              />
            ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
