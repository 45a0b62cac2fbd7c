import { type ReactNode, useId } from 'react'
import { type FieldType, isObject, type Json, type JsonObject } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { Input, Select, TextArea } from '../ui/Field.tsx'
import { lazyComponent } from '../ui/lazy.tsx'
import { BytesField } from './BytesField.tsx'
import type { CodeFieldProps } from './CodeField.tsx'
import { ExpressionField } from './ExpressionField.tsx'
import { fitsField, freshField } from './field-values.ts'
import { type ControlProps, DataControl, defaultText, JsonControl } from './JsonControl.tsx'
import { NameField } from './NameField.tsx'
import { useNestedForms } from './nested-forms.ts'
import { PropertyAdder } from './PropertyAdder.tsx'
import { RowsControl } from './RowsControl.tsx'
import { NumberControl, ReferenceControl } from './ValueControls.tsx'
import { freeName } from './ValueEditor.tsx'

const CodeField = lazyComponent<CodeFieldProps>(async () => (await import('./CodeField.tsx')).CodeField)

/** The control for a type of field. What a control cannot show (a variable, an unusual shape) is edited as JSON. */
export function Control(props: ControlProps): ReactNode {
  const { type, value, otherwise, path, ids, disabled, onChange } = props
  const w = useWords()
  const { Form, StageForm } = useNestedForms()
  const hint = otherwise === undefined ? undefined : defaultText(otherwise)
  if (typeof value === 'string' && /^\$(ENV|SECRET)\(/.test(value)) {
    return <Input mono {...ids} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value)} />
  }
  switch (type.is) {
    case 'property':
      if (value !== undefined && typeof value !== 'string') return <JsonControl {...props} />
      return (
        <NameField
          names="property"
          value={value ?? ''}
          path={path}
          {...(hint === undefined ? {} : { placeholder: hint })}
          ids={ids}
          onChange={onChange}
        />
      )
    case 'text':
    case 'secret':
    case 'cron':
      if (value !== undefined && typeof value !== 'string') return <JsonControl {...props} />
      if (type.is === 'text' && type.suggestions)
        return <SuggestedText {...props} value={value} suggestions={type.suggestions} />
      if (type.is === 'text' && type.format === 'javascript')
        return (
          <CodeField
            value={value ?? ''}
            label={String(path.at(-1) ?? '')}
            ids={ids}
            disabled={disabled}
            onChange={onChange}
          />
        )
      if (type.is === 'text' && type.format === 'base64')
        return <BytesField value={value ?? ''} most={type.bytes} ids={ids} disabled={disabled} onChange={onChange} />
      if (type.is === 'text' && type.multiline) {
        return (
          <TextArea
            mono
            rows={4}
            {...ids}
            value={value ?? ''}
            placeholder={hint}
            disabled={disabled}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
      return (
        <Input
          {...ids}
          mono={type.is !== 'text'}
          value={value ?? ''}
          placeholder={
            (type.is === 'text'
              ? type.placeholder
              : type.is === 'secret'
                ? '$SECRET(name)'
                : type.is === 'cron'
                  ? '0 * * * ?'
                  : undefined) ?? hint
          }
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'integer':
    case 'number':
      return <NumberControl {...props} whole={type.is === 'integer'} />
    case 'boolean':
      if (value !== undefined && typeof value !== 'boolean') return <JsonControl {...props} />
      return (
        <Select
          {...ids}
          value={value === undefined ? '' : String(value)}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value === 'true')}
        >
          <option value="">{hint === undefined ? w.forms.notSet : w.forms.byDefault(hint)}</option>
          <option value="true">true</option>
          <option value="false">false</option>
        </Select>
      )
    case 'choice': {
      if (value !== undefined && typeof value !== 'string') return <JsonControl {...props} />
      const known = value === undefined || type.of.includes(value)
      return (
        <Select
          {...ids}
          value={value ?? ''}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        >
          <option value="">{hint === undefined ? w.forms.notSet : w.forms.byDefault(hint)}</option>
          {!known && <option value={value}>{value}</option>}
          {type.of.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </Select>
      )
    }
    case 'reference':
      return typeof value === 'string' || value === undefined ? (
        <ReferenceControl {...props} to={type.to} />
      ) : (
        <JsonControl {...props} />
      )
    case 'expression':
      return <ExpressionField value={value ?? ''} path={path} label={String(path.at(-1) ?? '')} />
    case 'list':
      return value === undefined || Array.isArray(value) ? (
        <ListControl {...props} of={type.of} items={value ?? []} />
      ) : (
        <JsonControl {...props} />
      )
    case 'object':
      return value === undefined || isObject(value) ? (
        <div className="rounded-md border border-line p-2">
          <Form fields={type.fields} value={value ?? {}} path={path} />
        </div>
      ) : (
        <JsonControl {...props} />
      )
    case 'kind': {
      const config = isObject(value) ? value : {}
      const named = typeof config.type === 'string' ? config.type : type.of === 'pump' ? 'scheduled' : ''
      return (
        <details className="rounded-md border border-line p-2">
          <summary className="text-ink-soft">{named === '' ? w.forms.notSet : named}</summary>
          <div className="mt-2 flex flex-col gap-3">
            <StageForm part={type.of} type={named} config={config} path={path} />
          </div>
        </details>
      )
    }
    case 'either': {
      const fitting = type.of.find((each) => fitsField(each, value)) ?? (value === undefined ? type.of[0] : undefined)
      return fitting && fitting.is !== 'either' ? <Control {...props} type={fitting} /> : <JsonControl {...props} />
    }
    case 'map':
      return value === undefined || isObject(value) ? (
        <MapControl {...props} of={type.of} dict={value ?? {}} />
      ) : (
        <JsonControl {...props} />
      )
    case 'json':
    case 'entities':
      return <DataControl {...props} />
    default:
      return <JsonControl {...props} />
  }
}

/** A text with those that are usually meant to choose from. */
function SuggestedText({
  value,
  suggestions,
  ids,
  disabled,
  onChange,
}: Omit<ControlProps, 'value'> & {
  readonly value: string | undefined
  readonly suggestions: NonNullable<Extract<FieldType, { is: 'text' }>['suggestions']>
}) {
  const list = useId()
  return (
    <>
      <Input
        mono
        {...ids}
        list={list}
        value={value ?? ''}
        disabled={disabled}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id={list}>
        {suggestions.map(({ value: each, says }) => (
          <option key={each} value={each}>
            {says}
          </option>
        ))}
      </datalist>
    </>
  )
}

function ListControl({
  items,
  of,
  path,
  ids,
  disabled,
  onChange,
}: ControlProps & { readonly items: readonly Json[]; readonly of: FieldType }) {
  return (
    <div {...ids} role="group" className="flex flex-col gap-1">
      <RowsControl
        items={items}
        disabled={disabled}
        {...(of.is === 'property' ? {} : { fresh: () => freshField(of) })}
        {...(takesText(of) ? { fromTable: (table) => table.flat().filter((cell) => cell !== '') } : {})}
        onChange={(next) => onChange([...next])}
      >
        {(item, index) => (
          <Control
            type={of}
            value={item}
            otherwise={undefined}
            path={[...path, index]}
            ids={idsOf(ids, String(index), `${path.at(-1)} ${index + 1}`)}
            disabled={disabled}
            onChange={(next) => onChange(items.map((each, at) => (at === index ? (next ?? '') : each)))}
          />
        )}
      </RowsControl>
      {!disabled && of.is === 'property' && (
        <PropertyAdder path={path} taken={items} onAdd={(names) => onChange([...items, ...names])} />
      )}
    </div>
  )
}

/** Names with what stands under each. */
function MapControl({
  dict,
  of,
  path,
  ids,
  disabled,
  onChange,
}: ControlProps & { readonly dict: JsonObject; readonly of: FieldType }) {
  const w = useWords()
  const entries = Object.entries(dict)
  const setPairs = (next: readonly (readonly [string, Json])[]) => onChange(Object.fromEntries(next))
  return (
    <div {...ids} role="group" className="flex flex-col gap-1">
      <RowsControl
        items={entries}
        disabled={disabled}
        fresh={(): readonly [string, Json] => [freeName(dict), freshField(of)]}
        {...(takesText(of)
          ? { fromTable: (table) => table.map(([name = '', ...cells]) => [name, cells.join(' ')] as const) }
          : {})}
        onChange={setPairs}
      >
        {([name, inner], index) => (
          <div className={takesText(of) ? 'flex min-w-0 items-start gap-1' : 'flex min-w-0 flex-col gap-1'}>
            <Input
              mono
              aria-label={`${path.at(-1)}: ${w.forms.name} ${index + 1}`}
              value={name}
              disabled={disabled}
              // A name that another entry has would take its place: it is not taken while it is typed.
              onChange={({ target }) =>
                !Object.hasOwn(dict, target.value) &&
                setPairs(entries.map((each, at) => (at === index ? [target.value, inner] : each)))
              }
            />
            <div className="min-w-0 flex-1">
              <Control
                type={of}
                value={inner}
                otherwise={undefined}
                path={[...path, name]}
                ids={idsOf(ids, String(index), name)}
                disabled={disabled}
                onChange={(next) => setPairs(entries.map((each, at) => (at === index ? [name, next ?? ''] : each)))}
              />
            </div>
          </div>
        )}
      </RowsControl>
    </div>
  )
}

/** The ids of a control inside another one. */
function idsOf(ids: ControlProps['ids'], inside: string, label: string): ControlProps['ids'] {
  return {
    id: `${ids.id}-${inside}`,
    'aria-label': label,
    'aria-describedby': ids['aria-describedby'],
    'aria-invalid': false,
  }
}

/** Whether what is typed or pasted is the value. */
function takesText({ is }: FieldType): boolean {
  return is === 'text' || is === 'property' || is === 'reference'
}
