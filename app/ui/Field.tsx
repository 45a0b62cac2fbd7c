import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'
import { classes } from './classes.ts'

const inputClasses =
  'w-full rounded-md border border-line bg-surface px-2 text-ink hover:border-line-strong focus:border-accent focus-visible:outline-offset-0 aria-invalid:border-bad disabled:opacity-60'

interface FieldProps {
  readonly label: ReactNode
  readonly help?: ReactNode
  readonly problem?: string | null
  readonly required?: boolean
  /** What can be done with the field, at the end of its label. */
  readonly aside?: ReactNode
  /** Gets the ids that tie the control to its label and words. */
  readonly children: (ids: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': boolean
    'aria-required': boolean
  }) => ReactNode
}

/** A labelled control with help and, when something is wrong, the problem in the same place. */
export function FormField({ label, help, problem, required = false, aside, children }: FieldProps) {
  const id = useId()
  const described = problem ? `${id}-problem` : help !== undefined ? `${id}-help` : undefined
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline gap-2">
        <label htmlFor={id} className="min-w-0 flex-1 text-ink-soft">
          {label}
          {required && (
            <span aria-hidden className="text-bad">
              {' '}
              *
            </span>
          )}
        </label>
        {aside}
      </div>
      {children({ id, 'aria-describedby': described, 'aria-invalid': Boolean(problem), 'aria-required': required })}
      {problem ? (
        <p id={`${id}-problem`} className="text-tiny text-bad">
          {problem}
        </p>
      ) : (
        help !== undefined && (
          <p id={`${id}-help`} className="text-tiny text-ink-faint">
            {help}
          </p>
        )
      )}
    </div>
  )
}

/** One line of text. */
export function Input({
  className,
  mono,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & { readonly mono?: boolean; readonly ref?: Ref<HTMLInputElement> }) {
  return <input className={classes(inputClasses, 'h-7', mono && 'mono', className)} spellCheck={false} {...rest} />
}

/** Several lines of text. */
export function TextArea({
  className,
  mono,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { readonly mono?: boolean; readonly ref?: Ref<HTMLTextAreaElement> }) {
  return (
    <textarea className={classes(inputClasses, 'py-1.5', mono && 'mono', className)} spellCheck={false} {...rest} />
  )
}

/** A choice of a few, as the platform draws it. */
export function Select({
  className,
  ...rest
}: SelectHTMLAttributes<HTMLSelectElement> & { readonly ref?: Ref<HTMLSelectElement> }) {
  return <select className={classes(inputClasses, 'h-7 pr-6', className)} {...rest} />
}

/** Yes or no, with its words beside it. */
export function Checkbox({
  label,
  className,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & { readonly label: ReactNode }) {
  return (
    <label className={classes('inline-flex min-h-6 items-center gap-2', className)}>
      <input type="checkbox" className="size-3.5 accent-accent" {...rest} />
      {label}
    </label>
  )
}
