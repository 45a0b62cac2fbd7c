import { useState } from 'react'
import { setModelsOfPipe } from '../../store/project/schema-models.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormField, Input } from '../../ui/Field.tsx'
import type { ListedType } from './type-rows.ts'
import { useTypesWords } from './types-words.ts'

/** Which implicit models a pipe belongs to: those of its place and id, or those that `metadata.models` names. */
export function ModelsOfPipe({ type, onClose }: { readonly type: ListedType; readonly onClose: () => void }) {
  const words = useTypesWords()
  const w = words.types.ofPipe
  const [isOwn, setOwn] = useState(type.models.join() !== type.usualModels.join())
  const [text, setText] = useState(type.models.join(', '))
  const ids = [
    ...new Set(
      text
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    ),
  ]
  return (
    <Dialog open onClose={onClose} title={w.title(type.pipe)} says={w.says}>
      <form
        className="flex flex-col gap-3 pt-1"
        onSubmit={(event) => {
          event.preventDefault()
          setModelsOfPipe(w.edited(type.pipe), type.pipe, isOwn ? ids : null)
          onClose()
        }}
      >
        {[false, true].map((own) => (
          <label key={String(own)} className="flex min-h-6 items-center gap-2">
            <input type="radio" name="models" checked={isOwn === own} onChange={() => setOwn(own)} />
            {own ? w.own : w.usual(type.usualModels.join(', '))}
          </label>
        ))}
        {isOwn && (
          <FormField label={w.ids}>
            {(field) => <Input {...field} mono value={text} onChange={(event) => setText(event.target.value)} />}
          </FormField>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" look="main">
            {w.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
