import { type ReactNode, useId } from 'react'

/** A part of the view with its heading. */
export function Panel({
  title,
  aside,
  framed = true,
  children,
}: {
  readonly title: string
  readonly aside?: ReactNode
  readonly framed?: boolean
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={framed ? 'min-w-0 rounded-lg border border-line bg-surface p-3 shadow-low' : 'min-w-0'}
    >
      <div className="mb-2 flex items-baseline gap-2">
        <h2 id={id} className="eyebrow flex-1">
          {title}
        </h2>
        {aside !== undefined && <div className="text-ink-soft text-tiny">{aside}</div>}
      </div>
      {children}
    </section>
  )
}
