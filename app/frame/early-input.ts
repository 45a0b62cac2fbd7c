/**
 * What a person did before the app was there: `public/boot.js` listens from the first paint on, and keeps keys and dropped
 * files until the app takes them over.
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

/** Gives the app what came before it, once: files to `onFiles`, keys to what has the focus, one after the other. */
export async function replayEarlyInput(onFiles: (files: readonly ChosenFile[]) => void): Promise<void> {
  const early = globalThis.takeEarlyInput?.()
  globalThis.takeEarlyInput = undefined
  if (!early) return
  const files = [...(await filesOfEntries(early.entries)), ...filesOfInput(early.files)]
  if (files.length > 0) onFiles(files)
  for (const key of early.keys) {
    await drawn()
    press(key)
  }
}

/** What a key has opened takes the focus when it is drawn. */
function drawn(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

function press(key: KeyboardEventInit): void {
  const target = document.activeElement ?? document.body
  const isOpen = target.dispatchEvent(new KeyboardEvent('keydown', key))
  // Keys that are made by a program write nothing; a text field gets the letter here.
  if (!isOpen || key.key?.length !== 1 || key.ctrlKey || key.metaKey || key.altKey) return
  if (!(target instanceof HTMLInputElement) && !(target instanceof HTMLTextAreaElement)) return
  target.setRangeText(key.key, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end')
  target.dispatchEvent(new InputEvent('input', { bubbles: true, data: key.key, inputType: 'insertText' }))
}
