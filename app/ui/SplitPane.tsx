import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import { classes } from './classes.ts'

interface SplitPaneProps {
  /** Where the second pane stands. */
  readonly side: 'right' | 'bottom'
  readonly size: number
  readonly min: number
  readonly max: number
  readonly label: string
  /** The largest share of the height that the lower pane takes. */
  readonly most?: string
  readonly onSize: (size: number) => void
  readonly first: ReactNode
  /** Absent: the first pane has all the room. */
  readonly second: ReactNode | null
}

/** Two panes with a divider that moves by pointer and by arrow keys. */
export function SplitPane({ side, size, min, max, label, most = '70%', onSize, first, second }: SplitPaneProps) {
  const frame = useRef<HTMLDivElement>(null)
  const across = side === 'right'
  const setSize = (next: number) => onSize(Math.round(Math.min(max, Math.max(min, next))))

  const handleDrag = (event: PointerEvent<HTMLHRElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !frame.current) return
    const bounds = frame.current.getBoundingClientRect()
    setSize(across ? bounds.right - event.clientX : bounds.bottom - event.clientY)
  }
  const handleKeyDown = (event: KeyboardEvent) => {
    const grow = across ? 'ArrowLeft' : 'ArrowUp'
    const shrink = across ? 'ArrowRight' : 'ArrowDown'
    if (event.key !== grow && event.key !== shrink) return
    event.preventDefault()
    setSize(size + (event.key === grow ? 24 : -24))
  }
  return (
    <div ref={frame} className={classes('flex min-h-0 min-w-0 flex-1', across ? 'flex-row' : 'flex-col')}>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">{first}</div>
      {second !== null && (
        <>
          <hr
            tabIndex={0}
            aria-label={label}
            aria-orientation={across ? 'vertical' : 'horizontal'}
            aria-valuenow={size}
            aria-valuemin={min}
            aria-valuemax={max}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={handleDrag}
            onKeyDown={handleKeyDown}
            className={classes(
              'relative z-10 m-0 shrink-0 border-0 bg-line transition-colors duration-150 hover:bg-accent focus-visible:bg-accent',
              across
                ? 'w-px cursor-col-resize before:absolute before:inset-y-0 before:-left-1 before:w-2'
                : 'h-px cursor-row-resize before:absolute before:inset-x-0 before:-top-1 before:h-2',
            )}
          />
          <div
            className="flex min-h-0 min-w-0 shrink-0 flex-col"
            style={across ? { width: size, maxWidth: '60%' } : { height: size, maxHeight: most }}
          >
            {second}
          </div>
        </>
      )}
    </div>
  )
}
