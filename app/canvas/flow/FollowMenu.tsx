import { type KeyboardEvent, useEffect, useRef } from 'react'
import { type Follower, followers } from './actions.ts'
import { useFlowWords } from './flow-words.ts'

interface FollowMenuProps {
  readonly dataset: string
  readonly onChoose: (how: Follower) => void
  readonly onClose: () => void
}

/** The menu where a wire was dropped: which pipe shall read the dataset. */
export function FollowMenu({ dataset, onChoose, onClose }: FollowMenuProps) {
  const w = useFlowWords()
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => menu.current?.querySelector('button')?.focus(), [])
  const handleKeyDown = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll('button') ?? [])]
    const at = items.findIndex((item) => item.matches(':focus'))
    if (event.key === 'Escape') onClose()
    else if (event.key === 'ArrowDown') items[Math.min(items.length - 1, at + 1)]?.focus()
    else if (event.key === 'ArrowUp') items[Math.max(0, at - 1)]?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={menu}
      role="menu"
      tabIndex={-1}
      aria-label={w.flow.follow.title(dataset)}
      onKeyDown={handleKeyDown}
      className="w-72 animate-rise rounded-lg border border-line bg-raised p-1 shadow-high"
    >
      <p className="eyebrow px-2 py-1">{w.flow.follow.title(dataset)}</p>
      {followers.map((how) => (
        <button
          key={how}
          type="button"
          role="menuitem"
          onClick={() => onChoose(how)}
          className="block w-full rounded-md px-2 py-1.5 text-left hover:bg-accent-soft focus:bg-accent-soft"
        >
          {w.flow.follow[how]}
        </button>
      ))}
    </div>
  )
}
