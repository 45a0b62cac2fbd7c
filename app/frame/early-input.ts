/**
 * Input before the app has loaded: `public/boot.js` listens from the first paint on, and keeps keys and dropped files
 * until the app handles them.
 */
import { type ChosenFile, filesOfEntries, filesOfInput } from '../store/project/import/chosen-files.ts'

interface EarlyInput {
  readonly keys: readonly KeyboardEventInit[]
  readonly entries: readonly FileSystemEntry[]
  readonly files: readonly File[]
}

declare global {
  var takeEarlyInput: (() => EarlyInput) | undefined
}

/** Replays the early input, once: files to `onFiles`, keys to the focused element, one after the other. */
export async function replayEarlyInput(onFiles: (files: readonly ChosenFile[]) => void): Promise<void> {
  const early = globalThis.takeEarlyInput?.()
  globalThis.takeEarlyInput = undefined
  if (!early) return
  const files = [...(await filesOfEntries(early.entries)), ...filesOfInput(early.files)]
  if (files.length > 0) onFiles(files)
  let opens = false
  for (const key of early.keys) {
    await nextDraw()
    // A shortcut may open something that is still loading: the letters that follow are for its text field.
    for (
      let frames = 0;
      opens && isLetter(key) && !isTextField(document.activeElement) && frames < mostFrames;
      frames++
    )
      await nextDraw()
    opens = replayKey(key) || (opens && isLetter(key))
  }
}

/** Frames to wait for what a shortcut opens. */
const mostFrames = 300

function isLetter({ key, ctrlKey, metaKey, altKey }: KeyboardEventInit): boolean {
  return key?.length === 1 && !ctrlKey && !metaKey && !altKey
}

function isTextField(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
}

/** What a key has opened takes the focus when it is drawn. */
function nextDraw(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

/** Presses a key; whether a command took it. */
function replayKey(key: KeyboardEventInit): boolean {
  const target = document.activeElement ?? document.body
  const isOpen = target.dispatchEvent(new KeyboardEvent('keydown', key))
  // Synthetic key events insert no text; the letter is inserted into a text field here.
  if (!isOpen) return true
  if (!isLetter(key) || !isTextField(target)) return false
  target.setRangeText(key.key ?? '', target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end')
  target.dispatchEvent(new InputEvent('input', { bubbles: true, data: key.key ?? '', inputType: 'insertText' }))
  return false
}
