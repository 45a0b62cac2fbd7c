import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

interface Tab<T extends string> {
  readonly id: T
  readonly label: ReactNode
}

interface TabsProps<T extends string> {
  readonly label: string
  readonly tabs: readonly Tab<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
  readonly className?: string
  /** The panel of the chosen tab. */
  readonly children?: ReactNode
}

/** Tabs over a panel; arrows move between them. */
export function Tabs<T extends string>({ label, tabs, value, onChange, className, children }: TabsProps<T>) {
  const chooseTab = (id: string) => {
    const tab = tabs.find((each) => each.id === id)
    if (tab) onChange(tab.id)
  }
  return (
    <Radix.Root value={value} onValueChange={chooseTab} className={classes('flex min-h-0 flex-col', className)}>
      <Radix.List aria-label={label} className="flex shrink-0 gap-4 border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.id}
            value={tab.id}
            className="-mb-px h-8 border-b-2 border-transparent text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:font-semibold data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children !== undefined && (
        <Radix.Content value={value} className="flex min-h-0 flex-1 flex-col" tabIndex={-1}>
          {children}
        </Radix.Content>
      )}
    </Radix.Root>
  )
}
