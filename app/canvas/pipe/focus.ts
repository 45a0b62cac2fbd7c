/** Where the keyboard is after an edit: rows and stages are drawn again, and focus follows what was edited. */
import { tracePath } from './live.ts'
import type { Path } from './tree.ts'

/** Gives the focus to the row or stage at a place, once it is drawn. */
export function focusPlace(path: Path | null): void {
  if (path === null) return
  const wanted = tracePath(path)
  let tries = 0
  const look = () => {
    const found = [...document.querySelectorAll<HTMLElement>('[data-path]')].find(
      ({ dataset }) => dataset.path === wanted,
    )
    if (found && document.activeElement !== found) {
      found.focus()
      found.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }
    // It may not be drawn yet, and what an edit takes away may take the focus with it.
    if (++tries < 6) setTimeout(() => (found && document.activeElement !== document.body ? undefined : look()), 20)
  }
  look()
}

/** Gives the focus to the first field of the inspector. */
export function focusForm(): void {
  const fields = ['input', 'textarea', 'select', 'button', 'summary']
  const found = fields.map((tag) => `aside [data-form] ${tag}:not([data-tools] *, :disabled)`).join(', ')
  setTimeout(() => document.querySelector<HTMLElement>(found)?.focus(), 40)
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
