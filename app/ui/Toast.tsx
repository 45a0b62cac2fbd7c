import { AlertTriangle, Check, X } from 'lucide-react'
import { useEffect } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { dismissToast, type ToastMessage, useToasts } from '../store/toasts.ts'
import { Button } from './Button.tsx'
import { classes } from './classes.ts'

function NoteView({ note }: { readonly note: ToastMessage }) {
  const w = useWords()
  useEffect(() => {
    const timer = setTimeout(() => dismissToast(note.id), note.tone === 'bad' ? 12_000 : 5_000)
    return () => clearTimeout(timer)
  }, [note])
  return (
    <div className="flex animate-rise items-center gap-3 rounded-lg border border-line bg-raised py-2 pr-2 pl-3 shadow-high">
      <span className={classes('shrink-0', note.tone === 'good' ? 'text-good' : 'text-bad')}>
        {note.tone === 'good' ? <Check size={16} aria-hidden /> : <AlertTriangle size={16} aria-hidden />}
      </span>
      <span className="max-w-96">{note.text}</span>
      {note.action && (
        <Button
          small
          onClick={() => {
            note.action?.run()
            dismissToast(note.id)
          }}
        >
          {note.action.label}
        </Button>
      )}
      <button
        type="button"
        aria-label={w.common.close}
        className="rounded-sm p-1 text-ink-faint hover:text-ink"
        onClick={() => dismissToast(note.id)}
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  )
}

/** Where toasts stand; once in the frame. */
export function Toasts() {
  const notes = useToasts((state) => state.notes)
  return (
    <output aria-live="polite" className="fixed right-4 bottom-9 z-50 flex flex-col items-end gap-2">
      {notes.map((note) => (
        <NoteView key={note.id} note={note} />
      ))}
    </output>
  )
}
