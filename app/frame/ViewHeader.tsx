import type { ReactNode } from 'react'

interface ViewHeaderProps {
  readonly title: string
  readonly says: string
  /** What can be done with the whole of it, at the right. */
  readonly children?: ReactNode
}

/** The head of a view: what it is, what it says, what can be done. */
export function ViewHeader({ title, says, children }: ViewHeaderProps) {
  return (
    <header className="flex flex-wrap items-end gap-3 px-5 pt-4 pb-2">
      <div className="min-w-60 flex-1">
        <h1 className="text-head">{title}</h1>
        <p className="text-ink-soft">{says}</p>
      </div>
      {children}
    </header>
  )
}
