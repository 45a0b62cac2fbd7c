import type { Json, Model, ModelPart } from '../../../../engine-worker/index.ts'
import { editModel } from '../../../store/project/model-file.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { useColumns } from '../columns.ts'
import { changeConcept, changeDatatype, changeMapped, changeMapping, changeProperty, withSetting } from '../edits.ts'
import { SettingsForm } from './SettingsForm.tsx'
import type { NamedChoices } from './setting-props.ts'
import { useSettingWords } from './settings-words.ts'

/** The part of the model whose settings are shown. */
export type SettingsTarget =
  | { readonly part: 'model' }
  | { readonly part: 'concept'; readonly concept: string }
  | { readonly part: 'property'; readonly concept: string; readonly property: string }
  | { readonly part: 'mapping'; readonly mapping: string }
  | { readonly part: 'mapped'; readonly mapping: string; readonly property: string }

interface SettingsDialogProps {
  readonly model: Model
  readonly target: SettingsTarget
  readonly onClose: () => void
}

/** Everything that the model can say of one of its parts. */
export function SettingsDialog({ model, target, onClose }: SettingsDialogProps) {
  const w = useSettingWords()
  const mapping = 'mapping' in target ? model.mappings.find(({ name }) => name === target.mapping) : undefined
  const concept = 'concept' in target ? target.concept : (mapping?.concept ?? '')
  const columns = useColumns(model, concept)
  const choices: NamedChoices = {
    column: mapping === undefined ? [] : (columns[mapping.name] ?? []),
    property: Object.keys(model.concepts[concept]?.properties ?? {}),
    concept: Object.keys(model.concepts),
    mapping: model.mappings.map(({ name }) => name),
  }
  const name =
    target.part === 'model'
      ? w.model
      : 'property' in target
        ? target.property
        : target.part === 'mapping'
          ? target.mapping
          : concept
  const settingsForm = (
    part: ModelPart,
    value: object | undefined,
    of: string,
    change: (key: string, value: Json | undefined) => (before: Model) => Model,
  ) =>
    value === undefined ? null : (
      <SettingsForm
        part={part}
        value={value}
        choices={choices}
        {...(part === 'mapped' ? { name: 'to' } : {})}
        onChange={(key, label, next, gesture) =>
          editModel(w.step(label, of), change(key, next), gesture === null ? null : `${part} ${of} ${gesture}`)
        }
      />
    )
  return (
    <Dialog
      open
      wide
      title={w.title(name)}
      says={w.start}
      onClose={onClose}
      footer={
        <Button look="main" onClick={onClose}>
          {w.close}
        </Button>
      }
    >
      {target.part === 'model' &&
        settingsForm('model', model, name, (key, value) => (before) => withSetting(before, key, value))}
      {target.part === 'concept' &&
        settingsForm(
          'concept',
          model.concepts[concept],
          name,
          (key, value) => (before) => changeConcept(before, concept, (one) => withSetting(one, key, value)),
        )}
      {target.part === 'property' &&
        settingsForm(
          'property',
          model.concepts[concept]?.properties[name],
          name,
          (key, value) => (before) => changeProperty(before, concept, name, (one) => withSetting(one, key, value)),
        )}
      {target.part === 'mapped' &&
        settingsForm(
          'mapped',
          mapping?.properties.find(({ to }) => to === name),
          name,
          (key, value) => (before) => changeMapped(before, target.mapping, name, (one) => withSetting(one, key, value)),
        )}
      {target.part === 'mapping' && mapping !== undefined && (
        <div className="flex flex-col gap-6">
          {settingsForm(
            'mapping',
            mapping,
            name,
            (key, value) => (before) => changeMapping(before, name, (one) => withSetting(one, key, value)),
          )}
          <section
            aria-label={w.datatypeTitle(mapping.datatype)}
            className="flex flex-col gap-3 border-t border-line pt-4"
          >
            <h3>{w.datatypeTitle(mapping.datatype)}</h3>
            {settingsForm(
              'datatype',
              model.systems[mapping.system]?.datatypes[mapping.datatype],
              mapping.datatype,
              (key, value) => (before) =>
                changeDatatype(before, mapping.system, mapping.datatype, (one) => withSetting(one, key, value)),
            )}
          </section>
        </div>
      )}
    </Dialog>
  )
}
