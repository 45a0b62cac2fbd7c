/** Short messages in a corner. Important messages belong in the status line or on the page. */
import { create } from 'zustand'

export interface ToastMessage {
  readonly id: number
  readonly tone: 'good' | 'bad'
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

export const useToasts = create<{ readonly notes: readonly ToastMessage[] }>(() => ({ notes: [] }))

let lastId = 0

/** Shows a message for a few seconds. */
export function toast(text: string, tone: ToastMessage['tone'] = 'good', action?: ToastMessage['action']): void {
  lastId += 1
  const note: ToastMessage = { id: lastId, tone, text, ...(action ? { action } : {}) }
  useToasts.setState((state) => ({ notes: [...state.notes.slice(-2), note] }))
}

/** Removes a message. */
export function dismissToast(id: number): void {
  useToasts.setState((state) => ({ notes: state.notes.filter((note) => note.id !== id) }))
}
