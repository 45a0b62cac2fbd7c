/** The keyboard never falls off the page: where the focused element is gone and nothing else has taken over, the content has it. */

/** Milliseconds after a key or a click until its effect is on screen and the focus has moved. */
const settleDelay = 250

/** Watches over the focus of the document; gives what stops it. */
export function keepFocus(): () => void {
  let last: Element | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const rememberTarget = ({ target }: FocusEvent) => {
    if (target instanceof Element && target !== document.body) last = target
  }
  const checkFocus = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const { activeElement } = document
      // A click beside everything takes the focus on purpose: then the element is still there.
      if ((activeElement !== null && activeElement !== document.body) || last === null || last.isConnected) return
      document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
    }, settleDelay)
  }
  document.addEventListener('focusin', rememberTarget)
  document.addEventListener('keyup', checkFocus)
  document.addEventListener('click', checkFocus)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('focusin', rememberTarget)
    document.removeEventListener('keyup', checkFocus)
    document.removeEventListener('click', checkFocus)
  }
}
