import { useState } from 'react'
import type { Json, JsonObject } from '../../../../engine-worker/index.ts'
import { isObject } from '../../../../engine-worker/index.ts'
import { useProject } from '../../../store/project/project.ts'
import { Button } from '../../../ui/Button.tsx'
import { Input } from '../../../ui/Field.tsx'
import { ExpressionEditor } from '../ExpressionEditor.tsx'
import { PlainSetting } from './PlainSetting.tsx'
import { RemoveItem, SettingFrame } from './SettingFrame.tsx'
import { firstValue, settingOf } from './schema.ts'
import type { SettingProps } from './setting-props.ts'
import { settingLabel, settingSays, useSettingWords } from './settings-words.ts'

/** One setting, in the control that its declaration asks for. */
export function SettingField(props: SettingProps) {
  const { schema, place, value, onChange } = props
  const w = useSettingWords()
  const readOnly = useProject((state) => state.readOnly)
  const setting = settingOf(schema)
  const label = props.label ?? settingLabel(w, place)
  const help = props.label === undefined ? settingSays(w, place, schema) : ''
  if (setting.is === 'list') return <ListSetting {...props} label={label} help={help} item={setting.item} />
  if (setting.is === 'record') return <RecordSetting {...props} label={label} help={help} item={setting.item} />
  if (setting.is === 'object')
    return <ObjectSetting {...props} label={label} help={help} parts={setting.parts} needed={setting.needed} />
  if (setting.is === 'expression')
    return (
      <ExpressionEditor
        label={label}
        help={help}
        value={value}
        start={null}
        // An expression of a model is DTL or SQL, both of which are JSON.
        onChange={(next, gesture) => onChange(next as Json | undefined, gesture)}
      />
    )
  const isExpression = setting.is === 'time' && isObject(value ?? null)
  if (isExpression)
    return (
      <ObjectSetting
        {...props}
        label={label}
        help={help}
        parts={{ expression: expressionSchema }}
        needed={['expression']}
      />
    )
  const byExpression = setting.is === 'time' && !readOnly && (
    <Button small look="quiet" onClick={() => onChange({ expression: '' }, null)}>
      {w.byExpression}
    </Button>
  )
  return <PlainSetting {...props} setting={setting} label={label} help={help} aside={byExpression} />
}

/** An expression, as it is declared. */
const expressionSchema: JsonObject = { anyOf: [{ properties: { sql: {} } }, {}] }

interface PartsProps extends SettingProps {
  readonly label: string
  readonly help: string
}

function ListSetting({ item, ...props }: PartsProps & { readonly item: JsonObject }) {
  const { label, help, value, onChange } = props
  const w = useSettingWords()
  const items: readonly Json[] = Array.isArray(value) ? value : []
  const setItems = (next: readonly Json[], gesture: string | null) =>
    onChange(next.length === 0 ? undefined : [...next], gesture)
  return (
    <SettingFrame label={label} help={help} onAdd={() => setItems([...items, firstValue(item)], null)}>
      {items.map((each, at) => (
        // Items have no names of their own; their places are what is edited.
        <div key={`${at}`} className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <SettingField
              {...props}
              schema={item}
              label={`${label} ${at + 1}`}
              value={each}
              onChange={(next, gesture) =>
                setItems(
                  next === undefined ? items.toSpliced(at, 1) : items.with(at, next),
                  gesture === null ? null : `${gesture} ${at}`,
                )
              }
            />
          </div>
          <RemoveItem label={w.removeItem(label, at + 1)} onRemove={() => setItems(items.toSpliced(at, 1), null)} />
        </div>
      ))}
    </SettingFrame>
  )
}

function RecordSetting({ item, ...props }: PartsProps & { readonly item: JsonObject }) {
  const { label, help, value, onChange } = props
  const w = useSettingWords()
  const readOnly = useProject((state) => state.readOnly)
  const [name, setName] = useState('')
  const entries = value !== undefined && isObject(value) ? Object.entries(value) : []
  const setPairs = (next: readonly (readonly [string, Json])[], gesture: string | null) =>
    onChange(next.length === 0 ? undefined : Object.fromEntries(next), gesture)
  const isNew = name !== '' && !entries.some(([key]) => key === name)
  const add = () => {
    if (isNew) setPairs([...entries, [name, firstValue(item)]], null)
    setName('')
  }
  return (
    <SettingFrame label={label} help={help} onAdd={null}>
      {entries.map(([key, each], at) => (
        <div key={key} className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <SettingField
              {...props}
              schema={item}
              label={key}
              value={each}
              onChange={(next, gesture) =>
                setPairs(
                  next === undefined ? entries.toSpliced(at, 1) : entries.with(at, [key, next]),
                  gesture === null ? null : `${gesture} ${key}`,
                )
              }
            />
          </div>
          <RemoveItem label={w.removeItem(label, at + 1)} onRemove={() => setPairs(entries.toSpliced(at, 1), null)} />
        </div>
      ))}
      {!readOnly && (
        <div className="flex gap-2">
          <Input
            mono
            aria-label={`${label}: ${w.name}`}
            placeholder={w.name}
            value={name}
            onChange={({ target }) => setName(target.value)}
            onKeyDown={({ key }) => key === 'Enter' && add()}
          />
          <Button small disabled={!isNew} aria-label={w.addItem(label)} onClick={add}>
            {w.item}
          </Button>
        </div>
      )}
    </SettingFrame>
  )
}

interface ObjectSettingProps extends PartsProps {
  readonly parts: Readonly<Record<string, JsonObject>>
  readonly needed: readonly string[]
}

function ObjectSetting({ parts, needed, ...props }: ObjectSettingProps) {
  const { label, help, value, place, choices, onChange } = props
  const settings: JsonObject = value !== undefined && isObject(value) ? value : {}
  return (
    <SettingFrame label={label} help={help} onAdd={null}>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(180px,1fr))] gap-3 border-l-2 border-line pl-3">
        {Object.entries(parts).map(([key, part]) => (
          <SettingField
            key={key}
            schema={part}
            place={`${place}.${key}`}
            value={settings[key]}
            choices={choices}
            onChange={(next, gesture) => {
              const { [key]: _, ...rest } = settings
              // A part that must be there stays as an empty one.
              if (next !== undefined) onChange({ ...settings, [key]: next }, gesture)
              else onChange(needed.includes(key) ? { ...settings, [key]: '' } : rest, gesture)
            }}
          />
        ))}
      </div>
    </SettingFrame>
  )
}
