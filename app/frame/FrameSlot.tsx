/** Places in the frame that the view on screen fills: actions in the top bar, words in the status line. */
import { type ReactNode, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'

type Place = 'crumbs' | 'actions' | 'status'

const slotElements = new Map<Place, HTMLElement>()
const listeners = new Set<() => void>()

function subscribe(changed: () => void): () => void {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

/** Where a slot's content appears; in the frame only. */
export function FrameSlotPlace({ at, className }: { readonly at: Place; readonly className?: string }) {
  return (
    <div
      className={className}
      ref={(node) => {
        if (node) slotElements.set(at, node)
        else slotElements.delete(at)
        for (const changed of listeners) changed()
      }}
    />
  )
}

/** Puts its children into the frame. */
export function FrameSlot({ at, children }: { readonly at: Place; readonly children: ReactNode }) {
  const node = useSyncExternalStore(
    subscribe,
    () => slotElements.get(at) ?? null,
    () => null,
  )
  return node ? createPortal(children, node) : null
}
