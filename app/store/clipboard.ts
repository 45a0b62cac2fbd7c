/** Text for the clipboard, which a browser may refuse. */
import { currentWords } from '../i18n/i18n.ts'
import { toast } from './toasts.ts'

/** Copies a text and says so (`message`), or says that it could not be copied. */
export async function copyToClipboard(text: string, message: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    toast(currentWords().sharing.notCopied, 'bad')
    return false
  }
  toast(message)
  return true
}
