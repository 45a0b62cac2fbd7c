import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { classes } from './classes.ts'
import { Tooltip } from './Tooltip.tsx'

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> {
  /** Its name: read aloud, and shown as the tooltip. */
  readonly label: string
  readonly shortcut?: string
  readonly pressed?: boolean
  readonly ref?: Ref<HTMLButtonElement>
  readonly children: ReactNode
}

/** A square button with an icon; its name is never left out. */
export function IconButton({ label, shortcut, pressed, className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classes(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-md transition-colors duration-150 hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:opacity-40 disabled:hover:bg-transparent',
          pressed ? 'bg-accent-soft text-accent' : 'text-ink-soft',
          className,
        )}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  )
}
