/** Copy, cut and paste through the platform's clipboard, so that text editors and other tabs take part. */
import { useEffect, useRef } from 'react'

interface ClipboardHandlers {
  /** The text to put there, or null when nothing is selected. */
  readonly copy: () => string | null
  /** Called after a successful copy of a cut. */
  readonly cut?: () => void
  readonly paste?: (text: string) => void
}

/** Handles clipboard events outside of text fields for as long as the component is mounted. */
export function useClipboard(handlers: ClipboardHandlers): void {
  const latest = useRef(handlers)
  latest.current = handlers
  useEffect(() => {
    const writeSelection = (event: ClipboardEvent): boolean => {
      if (isText(event.target) || !getSelection()?.isCollapsed) return false
      const text = latest.current.copy()
      if (text === null) return false
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      return true
    }
    const copy = (event: ClipboardEvent) => void writeSelection(event)
    const cut = (event: ClipboardEvent) => {
      if (latest.current.cut && writeSelection(event)) latest.current.cut()
    }
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (isText(event.target) || !latest.current.paste || text.trim() === '') return
      event.preventDefault()
      latest.current.paste(text)
    }
    document.addEventListener('copy', copy)
    document.addEventListener('cut', cut)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('cut', cut)
      document.removeEventListener('paste', paste)
    }
  }, [])
}

function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select') !== null)
  )
}
