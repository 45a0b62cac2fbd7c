import { type ReactNode, useId } from 'react'
import { useProject } from '../../../store/project/project.ts'
import { FormField, Input, Select } from '../../../ui/Field.tsx'
import type { Setting } from './schema.ts'
import type { SettingProps } from './setting-props.ts'
import { choiceWords, useSettingWords } from './settings-words.ts'
import { valueFromText, valueText } from './value-text.ts'

interface PlainSettingProps extends SettingProps {
  readonly setting: Extract<
    Setting,
    { readonly is: 'text' | 'flag' | 'count' | 'value' | 'choice' | 'time' | 'expression' }
  >
  readonly label: string
  readonly help: string
  readonly aside?: ReactNode
}

/** A setting that is one control: a text, a number, a choice, or any value as people write it. */
export function PlainSetting({ setting, label, help, aside, ...props }: PlainSettingProps) {
  const { place, value, choices, onChange } = props
  const w = useSettingWords()
  const readOnly = useProject((state) => state.readOnly)
  const list = useId()
  const field = { label, aside, ...(help === '' ? {} : { help }) }
  switch (setting.is) {
    case 'flag':
      return (
        <FormField {...field}>
          {(ids) => (
            <Select
              {...ids}
              value={value === undefined ? '' : String(value)}
              disabled={readOnly}
              onChange={({ target }) => onChange(target.value === '' ? undefined : target.value === 'true', null)}
            >
              <option value="">{w.asUsual}</option>
              <option value="true">{w.yes}</option>
              <option value="false">{w.no}</option>
            </Select>
          )}
        </FormField>
      )
    case 'choice':
      return (
        <FormField {...field}>
          {(ids) => (
            <Select
              {...ids}
              value={typeof value === 'string' ? value : ''}
              disabled={readOnly}
              onChange={({ target }) => onChange(target.value === '' ? undefined : target.value, null)}
            >
              <option value="">{w.asUsual}</option>
              {setting.of.map((each) => (
                <option key={each} value={each}>
                  {choiceWords(w, each)}
                </option>
              ))}
            </Select>
          )}
        </FormField>
      )
    case 'count':
      return (
        <FormField {...field}>
          {(ids) => (
            <Input
              {...ids}
              inputMode="numeric"
              value={valueText(value)}
              disabled={readOnly}
              onChange={({ target }) => {
                const number = Number(target.value)
                if (target.value === '') onChange(undefined, place)
                else if (Number.isInteger(number)) onChange(number, place)
              }}
            />
          )}
        </FormField>
      )
    case 'value':
      return (
        <FormField {...field}>
          {(ids) => (
            <Input
              {...ids}
              mono
              value={valueText(value)}
              disabled={readOnly}
              onChange={({ target }) => onChange(valueFromText(target.value), place)}
            />
          )}
        </FormField>
      )
    default:
      return (
        <FormField {...field}>
          {(ids) => (
            <NamedInput
              {...props}
              ids={ids}
              list={list}
              names={setting.is === 'text' ? setting.names : 'column'}
              choices={choices}
            />
          )}
        </FormField>
      )
  }
}

interface NamedInputProps extends SettingProps {
  readonly ids: object
  readonly list: string
  readonly names: string | null
}
/** A text, with what it may name to choose from. */
function NamedInput({ ids, list, names, choices, value, place, onChange }: NamedInputProps) {
  const readOnly = useProject((state) => state.readOnly)
  const known = names === null ? [] : (choices[names] ?? [])
  return (
    <>
      <Input
        {...ids}
        mono={names !== null}
        {...(known.length > 0 ? { list } : {})}
        value={typeof value === 'string' ? value : ''}
        disabled={readOnly}
        onChange={({ target }) => onChange(target.value, place)}
      />
      {known.length > 0 && (
        <datalist id={list}>
          {known.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  )
}
