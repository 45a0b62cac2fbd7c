// radix-ui: proven focus, keyboard and screen-reader behaviour for overlays (dialogs, menus, tabs, tooltips), unstyled.
import { Tooltip as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Keys } from './Keys.tsx'

/** Once around the app; tooltips then share their delay. */
export function Tooltips({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={450} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  )
}

interface TooltipProps {
  readonly text: ReactNode
  readonly shortcut?: string
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly children: ReactNode
}

/** Words that appear on hover and on focus of the one element inside. */
export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 animate-fade items-center gap-2 rounded-md bg-ink px-2 py-1 text-tiny text-surface shadow-high"
        >
          {text}
          {shortcut !== undefined && <Keys of={shortcut} inverted />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
