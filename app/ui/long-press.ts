/**
 * A long press of a finger is what the right button of a mouse is: it asks for the menu of what is under it. Some browsers
 * say so themselves, others do not.
 */

/** Milliseconds that a finger has to rest, and pixels that it may tremble. */
const pressDelay = 550
const maxMovement = 10

/** Listens for long presses for as long as the app runs. */
export function startLongPress(): void {
  let press: { readonly x: number; readonly y: number; readonly timer: ReturnType<typeof setTimeout> } | null = null
  const endPress = () => {
    if (press) clearTimeout(press.timer)
    press = null
  }
  addEventListener(
    'pointerdown',
    (event) => {
      const { target, clientX, clientY, pointerType, isPrimary } = event
      endPress()
      if (pointerType !== 'touch' || !isPrimary || !(target instanceof Element)) return
      // Text is chosen by a long press.
      if (target.closest('input, textarea, [contenteditable="true"], .cm-editor') !== null) return
      const openMenu = () => {
        press = null
        const about = { bubbles: true, cancelable: true, clientX, clientY, button: 2 }
        target.dispatchEvent(new MouseEvent('contextmenu', about))
      }
      press = { x: clientX, y: clientY, timer: setTimeout(openMenu, pressDelay) }
    },
    { capture: true },
  )
  addEventListener(
    'pointermove',
    ({ clientX, clientY }) => {
      if (press && Math.hypot(clientX - press.x, clientY - press.y) > maxMovement) endPress()
    },
    { capture: true, passive: true },
  )
  // The browser asked itself; or the finger left, or another came.
  for (const name of ['pointerup', 'pointercancel', 'contextmenu'] as const)
    addEventListener(name, endPress, { capture: true })
}
