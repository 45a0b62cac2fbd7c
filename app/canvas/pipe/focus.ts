/** Where the keyboard is after an edit: rows and stages are drawn again, and focus follows what was edited. */
import { tracePath } from './live.ts'
import type { Path } from './tree.ts'

/** So often, and so many milliseconds apart, it is looked for what is not drawn yet. */
const tries = 8
const apart = 20

let waiting: ReturnType<typeof setTimeout> | undefined

/** Whatever a person does next is stronger than a focus that is still to come. */
function forget(): void {
  clearTimeout(waiting)
  waiting = undefined
}

addEventListener('keydown', forget, true)
addEventListener('pointerdown', forget, true)

/** Gives the focus to the row or stage at a place, once it is drawn. */
export function focusPlace(path: Path | null): void {
  forget()
  if (path === null) return
  const wanted = tracePath(path)
  attempt(() => {
    const found = [...document.querySelectorAll<HTMLElement>('[data-path]')].find(
      ({ dataset }) => dataset.path === wanted,
    )
    found?.focus()
    found?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    return found
  })
}

/** Gives the focus to the first field of the inspector. */
export function focusForm(): void {
  forget()
  const fields = ['input', 'textarea', 'select', 'button', 'summary']
  const selector = fields.map((tag) => `aside [data-form] ${tag}:not([data-tools] *, :disabled)`).join(', ')
  attempt(() => {
    const found = document.querySelector<HTMLElement>(selector)
    found?.focus()
    return found
  })
}

/** Tries now and again until what was found keeps the focus. */
function attempt(look: () => Element | null | undefined): void {
  let left = tries
  const again = () => {
    const found = look()
    if (--left > 0) waiting = setTimeout(() => (found && document.activeElement === found ? forget() : again()), apart)
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
