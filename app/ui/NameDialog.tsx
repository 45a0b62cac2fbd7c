import { type FormEvent, useState } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { FormField, Input } from './Field.tsx'

interface NameDialogProps {
  readonly title: string
  readonly name: string
  readonly onClose: () => void
  readonly onName: (name: string) => void
}

/** Asks for a name. */
export function NameDialog({ title, name, onClose, onName }: NameDialogProps) {
  const w = useWords()
  const [text, setText] = useState(name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') onName(text.trim())
  }
  return (
    <Dialog open onClose={onClose} title={title}>
      <form onSubmit={submit} className="flex flex-col gap-4 pt-1">
        <FormField label={w.projects.name} required>
          {(ids) => <Input {...ids} value={text} onChange={(event) => setText(event.target.value)} />}
        </FormField>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{w.common.cancel}</Button>
          <Button type="submit" look="main" disabled={text.trim() === ''}>
            {w.common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
