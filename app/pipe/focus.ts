/** Where the keyboard is after an edit: rows and stages are drawn again, and focus follows what was edited. */

import type { JsonPath } from '../../engine-worker/index.ts'
import { tracePath } from './preview-store.ts'

/** Milliseconds for which an element that is not rendered yet is looked for. */
const renderTimeMs = 2_000
/** The same while a whole view is still loading. */
const loadTimeMs = 10_000
const attemptIntervalMs = 20
/** Milliseconds for which an element must keep the focus: a canvas that measures its cards renders them once more. */
const stableTimeMs = 300

let pendingFocus: ReturnType<typeof setTimeout> | undefined

/** Cancels a focus that is still pending: a key or a click of the person wins. */
function cancelPendingFocus(): void {
  clearTimeout(pendingFocus)
  pendingFocus = undefined
}

if (typeof document !== 'undefined') {
  addEventListener('keydown', cancelPendingFocus, true)
  addEventListener('pointerdown', cancelPendingFocus, true)
  addEventListener('wheel', cancelPendingFocus, { capture: true, passive: true })
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
  let shown: Element | null = null
  focusWithRetries(() => {
    const found = elementAt(path)
    if (found !== shown) found?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    shown = found
    // A stage that takes the focus would be chosen in the place of its rule: being in view is enough. Its steps may come later.
    if (!found?.matches('[data-step]')) return null
    found.focus()
    return found
  }, loadTimeMs)
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

/**
 * Looks for an element and focuses it, until it has kept the focus for a while, another element has taken it, or the
 * time is up.
 */
function focusWithRetries(look: () => Element | null | undefined, timeMs = renderTimeMs): void {
  const end = performance.now() + timeMs
  let focused: Element | null = null
  let since = 0
  const attempt = () => {
    const now = performance.now()
    const active = document.activeElement === document.body ? null : document.activeElement
    if (focused !== null && active !== null && active !== focused) return cancelPendingFocus()
    if (focused === null || active === null) {
      const found = look() ?? null
      focused = found !== null && document.activeElement === found ? found : null
      since = now
    } else if (now - since >= stableTimeMs) return cancelPendingFocus()
    if (now < end) pendingFocus = setTimeout(attempt, attemptIntervalMs)
  }
  attempt()
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
