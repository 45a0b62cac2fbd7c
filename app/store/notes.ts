/** Short messages in a corner. What must not be missed belongs in the status line or on the page. */
import { create } from 'zustand'

export interface Note {
  readonly id: number
  readonly tone: 'good' | 'bad'
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

export const useNotes = create<{ readonly notes: readonly Note[] }>(() => ({ notes: [] }))

let last = 0

/** Says something briefly. */
export function toast(text: string, tone: Note['tone'] = 'good', action?: Note['action']): void {
  last += 1
  const note: Note = { id: last, tone, text, ...(action ? { action } : {}) }
  useNotes.setState((state) => ({ notes: [...state.notes.slice(-2), note] }))
}

/** Takes a message away. */
export function dismiss(id: number): void {
  useNotes.setState((state) => ({ notes: state.notes.filter((note) => note.id !== id) }))
}
