/** The keyboard never falls off the page: where the focused element is gone and nothing else has taken over, the content has it. */

/** Milliseconds after a key or a click until its effect is on screen and the focus has moved. */
const settled = 250

/** Watches over the focus of the document; gives what stops it. */
export function keepFocus(): () => void {
  let last: Element | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const remember = ({ target }: FocusEvent) => {
    if (target instanceof Element && target !== document.body) last = target
  }
  const check = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const { activeElement } = document
      // A click beside everything takes the focus on purpose: then the element is still there.
      if ((activeElement !== null && activeElement !== document.body) || last === null || last.isConnected) return
      document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
    }, settled)
  }
  document.addEventListener('focusin', remember)
  document.addEventListener('keyup', check)
  document.addEventListener('click', check)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('focusin', remember)
    document.removeEventListener('keyup', check)
    document.removeEventListener('click', check)
  }
}
