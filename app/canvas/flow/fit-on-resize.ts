/** What is shown whole stays whole when the window changes, until a hand has moved it. */
import { useEffect, useRef } from 'react'

/** The window's new size is known to the canvas only after a moment. */
const resizeDelay = 150

/** Shows everything anew after each change of the window; gives the marks of being moved by hand or not. */
export function useFitOnResize(fit: () => void, isMovedAtFirst: boolean) {
  const isMoved = useRef(isMovedAtFirst)
  const latest = useRef(fit)
  latest.current = fit
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const handleResize = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (!isMoved.current) latest.current()
      }, resizeDelay)
    }
    addEventListener('resize', handleResize)
    return () => {
      clearTimeout(timer)
      removeEventListener('resize', handleResize)
    }
  }, [])
  // Moves by the program come without an event.
  const markMoved = useRef((event: unknown) => {
    if (event) isMoved.current = true
  })
  return { isMoved, markMoved: markMoved.current }
}
