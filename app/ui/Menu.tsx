import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { Keys } from './Keys.tsx'

interface MenuItem {
  readonly id: string
  readonly label: ReactNode
  readonly icon?: ReactNode
  readonly shortcut?: string
  readonly danger?: boolean
  readonly disabled?: boolean
  /** Shows a mark; the item is then one choice of several. */
  readonly checked?: boolean
  readonly onSelect: () => void
}

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode
  /** Groups, divided by lines. */
  readonly groups: readonly (readonly MenuItem[])[]
  readonly align?: 'start' | 'center' | 'end'
  readonly heading?: string
}

/** A menu under a button: arrows, first letters, Escape. */
export function Menu({ trigger, groups, align = 'start', heading }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 animate-rise rounded-lg border border-line bg-raised p-1 shadow-high"
        >
          {heading !== undefined && <Radix.Label className="eyebrow px-2 pt-1 pb-1">{heading}</Radix.Label>}
          {groups
            .filter((group) => group.length > 0)
            .map((group, index) => (
              <Radix.Group key={group[0]?.id}>
                {index > 0 && <Radix.Separator className="my-1 h-px bg-line" />}
                {group.map((item) => (
                  <Radix.Item
                    key={item.id}
                    disabled={item.disabled ?? false}
                    onSelect={item.onSelect}
                    className={classes(
                      'flex h-7 cursor-default items-center gap-2 rounded-md px-2 outline-none data-[disabled]:opacity-45 data-[highlighted]:bg-hover',
                      item.danger && 'text-bad',
                    )}
                  >
                    {item.checked !== undefined && (
                      <span className="w-4">{item.checked && <Check size={14} aria-hidden />}</span>
                    )}
                    {item.icon}
                    <span className="flex-1 pr-4">{item.label}</span>
                    {item.shortcut !== undefined && <Keys of={item.shortcut} />}
                  </Radix.Item>
                ))}
              </Radix.Group>
            ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
