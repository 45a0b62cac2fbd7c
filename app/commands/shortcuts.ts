/** Keyboard shortcuts: the command of a key event. */
import { isApple } from '../ui/platform.ts'
import type { AppCommand } from './command.ts'
import { commandContext } from './command-context.ts'
import { commands } from './list.ts'

/** The shortcut that a key event is, as commands write it: `Mod+Shift+Z`. */
function shortcutOf(event: KeyboardEvent): string {
  const mod = isApple ? event.metaKey : event.ctrlKey
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  const named = key === ' ' ? 'Space' : key
  const shifted = event.shiftKey && (named.length > 1 || /[A-Z]/.test(named))
  return [mod && 'Mod', event.altKey && 'Alt', shifted && 'Shift', named].filter(Boolean).join('+')
}

/** Listens for shortcuts for as long as the app runs. */
export function startShortcuts(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    const shortcut = shortcutOf(event)
    if (isTyping(event.target) && !isActiveWhileTyping(shortcut)) return
    if (belongsToControl(event.target, shortcut)) return
    const now = commandContext()
    const found = commands.find((each) => each.shortcut === shortcut && (each.when?.(now) ?? true))
    if (!found) return
    event.preventDefault()
    void found.run(now)
  })
}

/** In a text field the keys belong to the text; only commands that no text field knows work there. */
function isActiveWhileTyping(shortcut: string): boolean {
  if (!shortcut.startsWith('Mod+') && !/^F\d+$/.test(shortcut)) return false
  return !/^Mod\+(Shift\+)?[ZYAXCV]$/.test(shortcut) && !/^Mod\+(Arrow|Home|End|Backspace|Delete)/.test(shortcut)
}

/** Enter and Space press the button they are on; in a dialog or menu, plain keys are its own. */
function belongsToControl(target: EventTarget | null, shortcut: string): boolean {
  if (!(target instanceof HTMLElement) || shortcut.startsWith('Mod+')) return false
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return true
  return (
    /^(Enter|Space)$/.test(shortcut) &&
    target.closest('button, a[href], summary, [role="button"], [role="tab"]') !== null
  )
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|range)$/.test(target.type)
}

/** The commands that apply now. */
export function applicable(): readonly AppCommand[] {
  const now = commandContext()
  return commands.filter((each) => each.when?.(now) ?? true)
}
