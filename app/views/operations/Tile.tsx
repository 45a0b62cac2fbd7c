import type { ReactNode } from 'react'

interface TileProps {
  readonly name: string
  readonly value: ReactNode
  readonly says: string
  readonly tone?: string
  readonly children?: ReactNode
}

/** One figure with its name, what it is out of, and a small picture beside it. */
export function Tile({ name, value, says, tone = '', children }: TileProps) {
  return (
    <li className="flex min-w-0 items-end gap-2 border-line border-r px-4 py-2 last:border-r-0">
      <div className="min-w-0 flex-1">
        <p className="truncate text-ink-soft text-tiny">{name}</p>
        <p>
          <span className={`block truncate font-semibold text-head ${tone}`}>{value}</span>
          <span className="line-clamp-2 text-ink-soft text-tiny" title={says}>
            {says}
          </span>
        </p>
      </div>
      <div className="hidden shrink-0 pb-1 xl:block">{children}</div>
    </li>
  )
}
