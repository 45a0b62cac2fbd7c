/** Which of the dialogs that any view can ask for is open. */
import { create } from 'zustand'

export type DialogName = 'export' | 'share' | 'import' | 'rename' | 'paste' | 'version' | 'server'

export const useDialogs = create<{ readonly open: DialogName | null }>(() => ({ open: null }))

/** Closes the dialog that is open. */
export function closeDialog(): void {
  useDialogs.setState({ open: null })
}
