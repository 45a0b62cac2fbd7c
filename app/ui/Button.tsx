import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { classes } from './classes.ts'

type ButtonLook = 'plain' | 'main' | 'quiet' | 'danger'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: ButtonLook
  readonly icon?: ReactNode
  readonly small?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

const classesOfLook: Record<ButtonLook, string> = {
  plain: 'border border-line bg-surface text-ink hover:bg-hover',
  main: 'border border-transparent bg-accent font-semibold text-on-accent hover:bg-accent-strong',
  quiet: 'border border-transparent text-ink-soft hover:bg-hover hover:text-ink',
  danger: 'border border-transparent bg-bad font-semibold text-surface hover:opacity-90',
}

/** A button with words. One `main` per screen; `quiet` where many stand together. */
export function Button({ look = 'plain', icon, small, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={classes(
        'inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-45',
        small ? 'h-6 px-2' : 'h-7 px-3',
        classesOfLook[look],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  )
}
