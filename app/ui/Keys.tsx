import { classes } from './classes.ts'
import { isApple } from './platform.ts'

const arrowSigns: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' }

/** A shortcut as this platform writes it; `Mod` is Ctrl, or Command on Apple's. */
function shortcutKeys(shortcut: string): readonly string[] {
  return shortcut.split('+').map((key) => (key === 'Mod' ? (isApple ? '⌘' : 'Ctrl') : (arrowSigns[key] ?? key)))
}

/** Draws a shortcut such as `Mod+K`. */
export function Keys({ of, inverted }: { readonly of: string; readonly inverted?: boolean }) {
  return (
    <kbd
      className={classes(
        'inline-flex shrink-0 items-center rounded-sm border px-1 font-sans text-tiny',
        inverted ? 'border-current opacity-70' : 'border-line bg-sunken text-ink-faint',
      )}
    >
      {shortcutKeys(of).join(' ')}
    </kbd>
  )
}
