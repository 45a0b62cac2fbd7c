import { Plus, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Json, JsonObject, ModelPart } from '../../../../engine-worker/index.ts'
import { ask } from '../../../store/engine/open-project.ts'
import { useEngine } from '../../../store/engine/state.ts'
import { useProject } from '../../../store/project/project.ts'
import { useQuery } from '../../../store/use-query.ts'
import { Input } from '../../../ui/Field.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { SettingField } from './SettingField.tsx'
import { firstValue, settingOf, settingsIn } from './schema.ts'
import type { NamedChoices } from './setting-props.ts'
import { settingLabel, settingSays, useSettingWords } from './settings-words.ts'

interface SettingsFormProps {
  readonly part: ModelPart
  readonly value: object
  readonly choices: NamedChoices
  /** A setting by which the part is found: it is changed elsewhere. */
  readonly name?: string
  /** Changes one setting; undefined takes it away. */
  readonly onChange: (key: string, label: string, value: Json | undefined, gesture: string | null) => void
}

/** All settings of a part of the model, as they are declared: those that are set as controls, the others to be added. */
export function SettingsForm({ part, value, choices, name, onChange }: SettingsFormProps) {
  const w = useSettingWords()
  const readOnly = useProject((state) => state.readOnly)
  const ready = useEngine((state) => state.state === 'ready')
  const [wanted, setWanted] = useState('')
  const [added, setAdded] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  // What was just added is where the work goes on.
  useEffect(() => {
    if (added === null) return
    const control = list.current?.querySelector<HTMLElement>(
      `[data-setting="${added}"] :is(input, select, textarea, button)`,
    )
    control?.scrollIntoView({ block: 'center' })
    control?.focus()
    setAdded(null)
  }, [added])
  const forms = useQuery(ready ? 'model form' : null, () => ask('modelForm', null), { about: 'model form' })
  const schema: JsonObject | undefined = forms.value?.[part]
  if (schema === undefined) return null
  // A part of a model is JSON by its declaration.
  const settings = value as JsonObject
  const declared = settingsIn(schema).filter(([key]) => key !== name)
  const all = declared.map(([key, each]) => {
    const place = `${part}.${key}`
    return { key, schema: each, place, label: settingLabel(w, place), says: settingSays(w, place, each) }
  })
  const set = all.filter(({ key }) => settings[key] !== undefined)
  const text = wanted.trim().toLowerCase()
  const others = all.filter(
    ({ key, label, says }) => settings[key] === undefined && `${label} ${says} ${key}`.toLowerCase().includes(text),
  )
  return (
    <div ref={list} className="flex flex-col gap-4">
      {set.map(({ key, schema: each, place, label }) => (
        <div key={key} data-setting={key} className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <SettingField
              schema={each}
              place={place}
              value={settings[key]}
              choices={choices}
              onChange={(next, gesture) => onChange(key, label, next, gesture)}
            />
          </div>
          {!readOnly && settingOf(each).is !== 'expression' && (
            <IconButton
              label={w.remove(label)}
              className="size-6"
              onClick={() => onChange(key, label, undefined, null)}
            >
              <X size={13} aria-hidden />
            </IconButton>
          )}
        </div>
      ))}
      {!readOnly && (
        <section aria-label={w.more} className="flex flex-col gap-2">
          <header className="flex items-center gap-3">
            <h3 className="eyebrow flex-1">{w.more}</h3>
            <Input
              className="max-w-52"
              aria-label={w.find}
              placeholder={w.find}
              value={wanted}
              onChange={({ target }) => setWanted(target.value)}
            />
          </header>
          <ul className="flex flex-col">
            {others.map(({ key, schema: each, label, says }) => (
              <li key={key}>
                <button
                  type="button"
                  aria-label={w.add(label)}
                  className="flex min-h-7 w-full items-baseline gap-2 rounded-md px-2 py-1 text-left hover:bg-sunken"
                  onClick={() => {
                    onChange(key, label, firstValue(each), null)
                    setAdded(key)
                  }}
                >
                  <Plus size={12} aria-hidden className="shrink-0 translate-y-0.5 text-ink-faint" />
                  <span className="w-56 shrink-0">{label}</span>
                  <span className="min-w-0 flex-1 text-tiny text-ink-soft">{says}</span>
                </button>
              </li>
            ))}
          </ul>
          {others.length === 0 && <p className="text-ink-soft">{w.none}</p>}
        </section>
      )}
    </div>
  )
}
