import { useState } from 'react'
import { formatPart, isObject, type JsonObject, readConfig } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { failureText } from '../store/failure.ts'
import { changeTestData, type TestDataPlace } from '../store/project/test-data.ts'
import { toast } from '../store/toasts.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextArea } from '../ui/Field.tsx'
import { useBrowseWords } from './browse-words.ts'

interface EntityEditorProps {
  readonly place: TestDataPlace
  /** Null: a new one. */
  readonly entity: JsonObject | null
  readonly onClose: () => void
}

/** What the store adds to an entity is no part of test data. */
const storeField = /^_(?!id$|deleted$)/

/** One entity of test data as JSON: changed, added or removed, with a way back. */
export function EntityEditor({ place, entity, onClose }: EntityEditorProps) {
  const w = useWords()
  const words = useBrowseWords().browse.edit
  const id = entity === null ? null : String(entity._id)
  const [text, setText] = useState(() => formatPart(entity === null ? { _id: '' } : withoutStore(entity)).trimEnd())
  const [problem, setProblem] = useState<string | null>(null)
  const save = async (changed: JsonObject | null) => {
    try {
      const label = changed === null ? words.remove : id === null ? words.add : words.title(id)
      const { done, back } = await changeTestData(place, label, id, changed)
      if (!done) return setProblem(words.noPlace)
      toast(words.saved(place.pipe), 'good', back ? { label: w.edit.undo, run: () => void back() } : undefined)
      onClose()
    } catch (error) {
      setProblem(failureText(error))
    }
  }
  const apply = () => {
    try {
      const value = readConfig(text)
      if (!isObject(value) || typeof value._id !== 'string' || value._id === '') return setProblem(words.needsId)
      void save(value)
    } catch (error) {
      setProblem(failureText(error))
    }
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={id === null ? words.newTitle : words.title(id)}
      footer={
        <>
          {id !== null && (
            <Button look="danger" onClick={() => void save(null)}>
              {words.remove}
            </Button>
          )}
          <Button onClick={onClose}>{w.common.cancel}</Button>
          <Button look="main" onClick={apply}>
            {words.save}
          </Button>
        </>
      }
    >
      <TextArea
        mono
        rows={16}
        aria-label={words.json}
        aria-invalid={problem !== null}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setProblem(null)
        }}
      />
      {problem !== null && (
        <p role="alert" className="mt-2 rounded-md bg-bad-soft px-2 py-1 text-bad">
          {problem}
        </p>
      )}
    </Dialog>
  )
}

function withoutStore(entity: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(entity).filter(
      ([name, value]) => !storeField.test(name) && !(name === '_deleted' && value === false),
    ),
  )
}
