/** Where the focus goes when something modal opens and closes. */
import { useRef } from 'react'

// A field for files is often out of sight and out of the tab order, behind a button of its own.
const focusableSelector = ':not(:disabled):not([hidden]):not([tabindex="-1"])'
const focusableInBody = ['input', 'textarea', 'select', 'button']
  .map((tag) => `[data-body] ${tag}${focusableSelector}, [data-footer] ${tag}${focusableSelector}`)
  .join(', ')

let wasMovedElsewhere = false

/** Says that what a modal led to has the focus from now on, so that it does not go back to where it was. */
export function focusGoesElsewhere(): void {
  wasMovedElsewhere = true
}

/**
 * Handlers for the content of a dialog: what it is about gets the focus (not its close button, which comes first), and
 * what had it before gets it back.
 */
export function useModalFocus(): {
  readonly onOpenAutoFocus: (event: Event) => void
  readonly onCloseAutoFocus: (event: Event) => void
} {
  const before = useRef<HTMLElement | null>(null)
  return {
    onOpenAutoFocus: (event) => {
      wasMovedElsewhere = false
      before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
      const content = event.currentTarget
      if (!(content instanceof HTMLElement)) return
      event.preventDefault()
      const first = content.querySelector<HTMLElement>(focusableInBody)
      if (first) first.focus()
      else content.focus()
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault()
      if (!wasMovedElsewhere) before.current?.focus()
    },
  }
}
