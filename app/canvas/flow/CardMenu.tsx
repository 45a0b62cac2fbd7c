import { useLayoutEffect, useRef } from 'react'
import { useViewCommands } from '../../commands/view-commands.ts'
import { Keys } from '../../ui/Keys.tsx'
import { useFlowWords } from './flow-words.ts'

/** What the menu of a card and that of the empty canvas offer, where it applies. */
export const cardCommands = [
  'canvas.open',
  'canvas.data',
  null,
  'canvas.merge',
  'canvas.join',
  'canvas.connect',
  'canvas.follow',
  null,
  'canvas.up',
  'canvas.down',
  null,
  'canvas.rename',
  'canvas.duplicate',
  'canvas.remove',
]
export const paneCommands = ['canvas.add', null, 'canvas.selectAll', 'canvas.layout', 'canvas.fit', 'canvas.outline']

interface CardMenuProps {
  /** Commands that fit what was pointed at, in order; null: a line between groups. */
  readonly commands: readonly (string | null)[]
  readonly left: number
  readonly top: number
  readonly onClose: () => void
}

/** The menu of the right mouse button: the commands that apply now, each with its key. Arrows, first letters, Escape. */
export function CardMenu({ commands, left, top, onClose }: CardMenuProps) {
  const w = useFlowWords()
  const known = useViewCommands()
  const list = useRef<HTMLDivElement>(null)
  const items = commands.map((id) => (id === null ? null : (known.find((command) => command.id === id) ?? undefined)))
  const shown = items.filter((item) => item !== undefined)
  const count = shown.filter((item) => item !== null).length
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const room = element.offsetParent?.getBoundingClientRect()
    const box = element.getBoundingClientRect()
    if (room && box.bottom > room.bottom) element.style.top = `${Math.max(8, top - (box.bottom - room.bottom) - 8)}px`
    if (room && box.right > room.right) element.style.left = `${Math.max(8, left - (box.right - room.right) - 8)}px`
    // The commands of a card that was just chosen are known a moment later.
    if (count > 0 && !element.contains(document.activeElement))
      element.querySelector<HTMLElement>('[role=menuitem]')?.focus()
  }, [left, top, count])
  const moveFocus = (way: 1 | -1) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
    const at = all.findIndex((each) => each.matches(':focus'))
    all[(at + way + all.length) % all.length]?.focus()
  }
  return (
    <>
      <div
        ref={list}
        role="menu"
        aria-label={w.flow.menu}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveFocus(event.key === 'ArrowDown' ? 1 : -1)
          else if (event.key === 'Escape' || event.key === 'Tab') onClose()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
        className="absolute z-30 min-w-52 animate-rise rounded-lg border border-line bg-raised p-1 shadow-high"
        style={{ left, top }}
      >
        {shown.map((item, at) =>
          item === null ? (
            at > 0 && at < shown.length - 1 && <hr key={`line ${at}`} className="my-1 border-line" />
          ) : (
            <button
              key={item.id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                onClose()
                void item.run()
              }}
              className="flex h-7 w-full items-center gap-2 rounded-md px-2 text-left -outline-offset-2 hover:bg-hover focus:bg-hover"
            >
              <span className="flex-1 pr-4">{item.label}</span>
              {item.shortcut !== undefined && <Keys of={item.shortcut} />}
            </button>
          ),
        )}
      </div>
      <button
        type="button"
        tabIndex={-1}
        aria-label={w.common.close}
        className="absolute inset-0 z-20 cursor-default"
        onClick={onClose}
        onContextMenu={(event) => {
          event.preventDefault()
          onClose()
        }}
      />
    </>
  )
}
