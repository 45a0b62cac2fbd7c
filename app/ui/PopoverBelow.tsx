import { Popover } from 'radix-ui'
import type { ComponentProps } from 'react'

interface PopoverBelowProps extends ComponentProps<typeof Popover.Content> {
  readonly label: string
  readonly onClose: () => void
}

/** An open popover below the element it stands in, which must be positioned. */
export function PopoverBelow({ label, onClose, ...content }: PopoverBelowProps) {
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor asChild>
        <span aria-hidden className="pointer-events-none absolute inset-0" />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          {...content}
        />
      </Popover.Portal>
    </Popover.Root>
  )
}
