import { X } from 'lucide-react'
import type { Model, ModelMapping, PropertyMapping } from '../../../engine-worker/index.ts'
import { editModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { Checkbox, FormField, Select } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ExpressionEditor } from './ExpressionEditor.tsx'
import { changeMapped, withPart } from './edits.ts'
import { useModelWords } from './model-words.ts'
import { SettingsButton } from './settings/SettingsButton.tsx'

interface MappedPropertyProps {
  readonly model: Model
  readonly mapping: ModelMapping
  readonly property: string
  readonly onClose: () => void
}

const directions = ['both', 'in', 'out'] as const

/** One property of one system: its direction, and the expressions on its way in and out. */
export function MappedProperty({ model, mapping, property, onClose }: MappedPropertyProps) {
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  const mapped = mapping.properties.find(({ to }) => to === property)
  if (mapped === undefined) return null
  const change = (edit: (each: PropertyMapping) => PropertyMapping, gesture: string | null = null) =>
    editModel(
      w.mapped.step(property, mapping.name),
      (before) => changeMapped(before, mapping.name, property, edit),
      gesture,
    )
  return (
    <section
      aria-label={w.mapped.title(property, mapping.name)}
      className="max-h-72 shrink-0 overflow-auto border-t border-line bg-surface p-4"
    >
      <header className="mb-2 flex items-center gap-2">
        <h2 className="flex-1">{w.mapped.title(property, mapping.name)}</h2>
        <SettingsButton
          model={model}
          target={{ part: 'mapped', mapping: mapping.name, property }}
          name={w.mapped.title(property, mapping.name)}
        />
        <IconButton label={w.mapped.close} onClick={onClose}>
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      <div className="grid grid-cols-[180px_1fr_1fr] gap-4 max-lg:grid-cols-1">
        <div className="flex flex-col gap-2">
          <FormField label={w.mapped.direction}>
            {(ids) => (
              <Select
                {...ids}
                value={mapped.direction ?? 'both'}
                disabled={readOnly}
                onChange={(event) => {
                  const next = directions.find((each) => each === event.target.value)
                  change((each) => withPart(each, 'direction', next === 'both' ? undefined : next))
                }}
              >
                {directions.map((each) => (
                  <option key={each} value={each}>
                    {w.mapped.directions[each]}
                  </option>
                ))}
              </Select>
            )}
          </FormField>
          <Checkbox
            label={w.mapped.required}
            disabled={readOnly}
            checked={mapped.required === true}
            onChange={(event) => change((each) => withPart(each, 'required', event.target.checked || undefined))}
          />
        </div>
        <ExpressionEditor
          label={w.mapped.in}
          help={w.mapped.inHelp}
          value={mapped.in}
          start={mapped.from === undefined ? null : `_S.${mapped.from}`}
          onChange={(value, gesture) => change((each) => withPart(each, 'in', value), gesture)}
        />
        <ExpressionEditor
          label={w.mapped.out}
          help={w.mapped.outHelp}
          value={mapped.out}
          start={`_S.${property}`}
          onChange={(value, gesture) => change((each) => withPart(each, 'out', value), gesture)}
        />
      </div>
    </section>
  )
}
