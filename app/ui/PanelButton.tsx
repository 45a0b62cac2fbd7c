// radix-ui's popover keeps the panel on screen near edges, and gives the focus back.
import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { Button } from './Button.tsx'
import { classes } from './classes.ts'

interface PanelButtonProps {
  readonly icon: ReactNode
  readonly label: string
  /** The width of the panel, and how it lays out. */
  readonly className: string
  readonly children: (close: () => void) => ReactNode
}

/** A button with a panel below it. */
export function PanelButton({ icon, label, className, children }: PanelButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button icon={icon}>{label}</Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className={classes('z-50 animate-rise rounded-lg border border-line bg-raised p-3 shadow-high', className)}
        >
          {children(() => setOpen(false))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
