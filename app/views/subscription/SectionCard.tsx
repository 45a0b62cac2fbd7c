import { type ReactNode, useId } from 'react'

interface SectionCardProps {
  readonly title: string
  readonly says?: ReactNode
  /** At the end of the title. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A part of a section, with its title. */
export function SectionCard({ title, says, aside, children }: SectionCardProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="flex min-w-0 flex-col rounded-lg border border-line bg-surface shadow-(--shade)"
    >
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5">
        <h2 id={id} className="text-title">
          {title}
        </h2>
        {says !== undefined && <span className="text-ink-soft">{says}</span>}
        <span className="flex-1" />
        {aside}
      </header>
      <div className="min-w-0 overflow-x-auto px-4 py-2">{children}</div>
    </section>
  )
}
