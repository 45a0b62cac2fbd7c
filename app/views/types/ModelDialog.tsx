import { X } from 'lucide-react'
import { useState } from 'react'
import { entityTypesIn, type JsonObject, modelId } from '../../../engine-worker/index.ts'
import { changeSchemaModel } from '../../store/project/schema-models.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormField, Input, Select, TextArea } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useTypesWords } from './types-words.ts'

interface ModelDialogProps {
  /** Null: a new model. */
  readonly id: string | null
  readonly model: JsonObject | null
  /** Ids of explicit models. */
  readonly taken: readonly string[]
  readonly pipes: readonly string[]
  readonly onClose: () => void
  readonly onSaved: (id: string) => void
}

/** An explicit model as a form: its id and name, what it is for, and its entity types. */
export function ModelDialog({ id: given, model, taken, pipes, onClose, onSaved }: ModelDialogProps) {
  const w = useTypesWords().types
  const common = useTypesWords().common
  const [id, setId] = useState(given ?? '')
  const [name, setName] = useState(textOf(model?.name))
  const [description, setDescription] = useState(textOf(model?.description))
  const [types, setTypes] = useState<readonly string[]>(model === null ? [] : entityTypesIn(model).map(modelId))
  const trimmed = id.trim()
  const isTaken = given === null && taken.includes(trimmed)
  const isBad = trimmed === '' || trimmed.includes('/')
  const save = () => {
    changeSchemaModel(w.edited(trimmed), trimmed, (before) => {
      const { name: _, description: __, entity_types: ___, ...others } = before ?? {}
      const known = new Map((before === null ? [] : entityTypesIn(before)).map((type) => [modelId(type), type]))
      return {
        ...others,
        id: trimmed,
        ...(name.trim() === '' ? {} : { name: name.trim() }),
        ...(description.trim() === '' ? {} : { description: description.trim() }),
        entity_types: types.map((type) => known.get(type) ?? { id: type }),
      }
    })
    onSaved(trimmed)
  }
  const otherPipes = pipes.filter((pipe) => !types.includes(pipe))
  return (
    <Dialog open onClose={onClose} title={given === null ? w.newModel : w.edited(given)} says={w.says}>
      <form
        className="flex flex-col gap-3 pt-1"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isBad && !isTaken) save()
        }}
      >
        {given === null && (
          <FormField
            label={w.form.id}
            help={w.form.idHelp}
            required
            problem={isTaken ? w.form.taken : id !== '' && isBad ? w.form.badId : null}
          >
            {(ids) => <Input {...ids} mono value={id} onChange={(event) => setId(event.target.value)} />}
          </FormField>
        )}
        <FormField label={w.form.name}>
          {(ids) => <Input {...ids} value={name} onChange={(event) => setName(event.target.value)} />}
        </FormField>
        <FormField label={w.form.description}>
          {(ids) => (
            <TextArea {...ids} rows={3} value={description} onChange={(event) => setDescription(event.target.value)} />
          )}
        </FormField>
        <FormField label={w.form.types}>
          {(ids) => (
            <Select
              {...ids}
              value=""
              onChange={({ target }) => target.value !== '' && setTypes([...types, target.value])}
            >
              <option value="">{w.form.add}</option>
              {otherPipes.map((pipe) => (
                <option key={pipe}>{pipe}</option>
              ))}
            </Select>
          )}
        </FormField>
        <ul className="flex flex-wrap gap-1">
          {types.map((type) => (
            <li key={type} className="flex items-center gap-1 rounded-md bg-sunken pl-2">
              <span className="mono">{type}</span>
              <IconButton label={w.form.remove(type)} onClick={() => setTypes(types.filter((each) => each !== type))}>
                <X size={13} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" look="main" disabled={isBad || isTaken}>
            {w.form.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
