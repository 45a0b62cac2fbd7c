/** Where the keyboard is after an edit: rows and stages are drawn again, and focus follows what was edited. */

import type { JsonPath } from '../../engine-worker/index.ts'
import { tracePath } from './preview-store.ts'

/** How often an element that is not rendered yet is looked for. */
const attempts = 8
/** The same while a whole view is still loading. */
const attemptsWhileLoading = 100
const attemptIntervalMs = 20

let waiting: ReturnType<typeof setTimeout> | undefined

/** Cancels a focus that is still pending: a key or a click of the person wins. */
function cancelPendingFocus(): void {
  clearTimeout(waiting)
  waiting = undefined
}

if (typeof document !== 'undefined') {
  addEventListener('keydown', cancelPendingFocus, true)
  addEventListener('pointerdown', cancelPendingFocus, true)
}

/** Gives the focus to the row or stage at a place, once it is drawn. */
export function focusPlace(path: JsonPath | null): void {
  cancelPendingFocus()
  if (path === null) return
  const wanted = tracePath(path)
  focusWithRetries(() => {
    const found = [...document.querySelectorAll<HTMLElement>('[data-path]')].find(
      ({ dataset }) => dataset.path === wanted,
    )
    found?.focus()
    found?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    return found
  })
}

/** Gives the focus to the row or stage that a place is in. */
export function focusAround(path: JsonPath): void {
  elementAt(path)?.focus()
}

/** Brings the step that a place is in into view, with the focus, once a view that may still be loading draws it. */
export function showPlace(path: JsonPath | null): void {
  cancelPendingFocus()
  if (path === null) return
  focusWithRetries(() => {
    const found = elementAt(path)
    found?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    // A stage that takes the focus would be chosen in the place of its rule: being in view is enough.
    if (found && !found.matches('[data-step]')) return document.activeElement
    found?.focus()
    return found
  }, attemptsWhileLoading)
}

/** The innermost row or stage on the way to a place. */
function elementAt(path: JsonPath): HTMLElement | null {
  for (let length = path.length; length > 0; length--) {
    const wanted = CSS.escape(tracePath(path.slice(0, length)))
    const found = document.querySelector<HTMLElement>(`[data-path="${wanted}"]`)
    if (found) return found
  }
  return null
}

/** Gives the focus to the first field of the inspector. */
export function focusForm(): void {
  cancelPendingFocus()
  const fields = ['input', 'textarea', 'select', 'button', 'summary']
  const selector = fields.map((tag) => `aside [data-form] ${tag}:not([data-tools] *, :disabled)`).join(', ')
  focusWithRetries(() => {
    const found = document.querySelector<HTMLElement>(selector)
    found?.focus()
    return found
  })
}

/** Gives the focus to the field of an expression in the inspector, once it is drawn. */
export function focusField(path: JsonPath): void {
  cancelPendingFocus()
  const wanted = CSS.escape(tracePath(path))
  focusWithRetries(() => {
    const field = document.querySelector(`[data-field="${wanted}"]`)
    const found = field?.querySelector<HTMLElement>('input, textarea') ?? field?.querySelector<HTMLElement>('button')
    found?.focus()
    return found
  })
}

/** Looks for an element and focuses it, again and again until it keeps the focus or the attempts are used up. */
function focusWithRetries(look: () => Element | null | undefined, times = attempts): void {
  let left = times
  const again = () => {
    const found = look()
    if (--left > 0)
      waiting = setTimeout(
        () => (found && document.activeElement === found ? cancelPendingFocus() : again()),
        attemptIntervalMs,
      )
  }
  again()
}

/** Moves the focus to the element before or after one, among those that match. */
export function focusBeside(from: Element, selector: string, way: -1 | 1): boolean {
  const all: Element[] = [...document.querySelectorAll(selector)]
  const found = all[all.indexOf(from) + way]
  const next = found instanceof HTMLElement ? found : undefined
  next?.focus()
  next?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  return next !== undefined
}
