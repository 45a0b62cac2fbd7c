import type { ReactNode } from 'react'

interface EmptyProps {
  readonly icon?: ReactNode
  readonly title: string
  /** What this area is for and what to do first. */
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** An empty area that says what it will hold and how to fill it. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-2 p-8 text-center">
      {icon !== undefined && (
        <div className="mb-1 flex size-10 items-center justify-center rounded-xl bg-sunken text-ink-faint">{icon}</div>
      )}
      <h2 className="text-title">{title}</h2>
      {children !== undefined && <div className="max-w-md text-ink-soft [overflow-wrap:anywhere]">{children}</div>}
      {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
