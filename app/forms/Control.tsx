import { type ReactNode, useId, useMemo, useState } from 'react'
import {
  equalityCall,
  type FieldType,
  formatPart,
  isObject,
  type Json,
  type JsonObject,
  type JsonPath,
  printJson,
  readConfig,
} from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { useEngine } from '../store/engine/state.ts'
import { failureText } from '../store/failure.ts'
import { useContent } from '../store/project/project.ts'
import { Input, Select, TextArea } from '../ui/Field.tsx'
import { ExpressionField } from './ExpressionField.tsx'
import { NameField } from './NameField.tsx'
import { useNestedForms } from './nested-forms.ts'
import { PropertyAdder } from './PropertyAdder.tsx'
import { Rows } from './Rows.tsx'
import { freeName, ValueEditor } from './ValueEditor.tsx'

interface ControlProps {
  readonly type: FieldType
  readonly value: Json | undefined
  /** The documented default, shown where nothing is set. */
  readonly otherwise: Json | undefined
  readonly path: JsonPath
  readonly ids: {
    readonly 'aria-label'?: string
    readonly id: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': boolean
  }
  readonly disabled: boolean
  readonly onChange: (value: Json | undefined) => void
}

/** The control for a type of field. What a control cannot show (a variable, an unusual shape) is edited as JSON. */
export function Control(props: ControlProps): ReactNode {
  const { type, value, otherwise, path, ids, disabled, onChange } = props
  const w = useWords()
  const { Form, StageForm } = useNestedForms()
  const hint = otherwise === undefined ? undefined : printed(otherwise)
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
      const fitting = type.of.find((each) => fits(each, value)) ?? (value === undefined ? type.of[0] : undefined)
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

/** A value as the help text shows it. */
export function printed(value: Json): string {
  return typeof value === 'string' ? value : printJson(value)
}

function NumberControl({
  value,
  otherwise,
  ids,
  disabled,
  onChange,
  whole,
}: ControlProps & { readonly whole: boolean }) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === undefined ? '' : printed(value))
  return (
    <Input
      {...ids}
      inputMode="numeric"
      value={shown}
      placeholder={otherwise === undefined ? undefined : printed(otherwise)}
      disabled={disabled}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const text = event.target.value.trim()
        setTyped(event.target.value)
        if (text === '') onChange(undefined)
        else if ((whole ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(text)) onChange(readConfig(text))
        else if (/^\$ENV\([^)]+\)$/.test(text)) onChange(text)
      }}
    />
  )
}

function ReferenceControl({
  value,
  otherwise,
  ids,
  disabled,
  onChange,
  to,
}: ControlProps & { readonly to: 'dataset' | 'pipe' | 'system' }) {
  const list = useId()
  const content = useContent()
  const facts = useEngine((state) => state.facts)
  const names = useMemo(() => {
    if (to === 'dataset') return [...new Set(facts.flatMap(({ writes }) => writes ?? []))].sort()
    return Object.values(content.components)
      .filter(({ kind }) => kind === to)
      .map(({ id }) => id)
  }, [to, facts, content])
  return (
    <>
      <Input
        mono
        {...ids}
        list={list}
        value={typeof value === 'string' ? value : ''}
        placeholder={otherwise === undefined ? undefined : printed(otherwise)}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {names.map((name) => (
          <option key={name} value={name} />
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
      <Rows
        items={items}
        disabled={disabled}
        {...(of.is === 'property' ? {} : { fresh: () => fresh(of) })}
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
      </Rows>
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
  const put = (next: readonly (readonly [string, Json])[]) => onChange(Object.fromEntries(next))
  return (
    <div {...ids} role="group" className="flex flex-col gap-1">
      <Rows
        items={entries}
        disabled={disabled}
        fresh={(): readonly [string, Json] => [freeName(dict), fresh(of)]}
        {...(takesText(of)
          ? { fromTable: (table) => table.map(([name = '', ...cells]) => [name, cells.join(' ')] as const) }
          : {})}
        onChange={put}
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
                put(entries.map((each, at) => (at === index ? [target.value, inner] : each)))
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
                onChange={(next) => put(entries.map((each, at) => (at === index ? [name, next ?? ''] : each)))}
              />
            </div>
          </div>
        )}
      </Rows>
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

/** Longer values are edited as text: a field for each part would be thousands. */
const longestOfFields = 20_000

/** Data of any shape, as fields. */
function DataControl(props: ControlProps) {
  const { value, ids, disabled, onChange } = props
  if (value !== undefined && printJson(value).length > longestOfFields) return <JsonControl {...props} />
  return (
    <div {...ids} role="group">
      <ValueEditor value={value ?? ''} label={ids['aria-label'] ?? ''} disabled={disabled} onChange={onChange} />
    </div>
  )
}

/** Any JSON, applied when it is right. */
function JsonControl({ value, otherwise, ids, disabled, onChange }: ControlProps) {
  const w = useWords()
  const [typed, setTyped] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const text = typed ?? (value === undefined ? '' : formatPart(value).trimEnd())
  return (
    <>
      <TextArea
        mono
        {...ids}
        rows={Math.min(16, text.split('\n').length + 1)}
        value={text}
        placeholder={otherwise === undefined ? undefined : printed(otherwise)}
        disabled={disabled}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (typed === null) return
          try {
            onChange(typed.trim() === '' ? undefined : readConfig(typed))
            setTyped(null)
            setProblem(null)
          } catch (error) {
            setProblem(failureText(error))
          }
        }}
      />
      {problem !== null && (
        <p role="alert" className="text-tiny text-bad">
          {w.pipe.jsonBroken(problem)}
        </p>
      )}
    </>
  )
}

function fits(type: FieldType, value: Json | undefined): boolean {
  switch (type.is) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint'
    case 'list':
      return Array.isArray(value) && value.every((item) => fits(type.of, item))
    case 'object':
    case 'map':
    case 'kind':
    case 'rules':
      return isObject(value)
    case 'choice':
      return typeof value === 'string' && type.of.includes(value)
    case 'text':
    case 'property':
    case 'secret':
    case 'cron':
    case 'reference':
      return typeof value === 'string'
    case 'expression':
      return value !== undefined
    case 'either':
      return type.of.some((each) => fits(each, value))
    default:
      return false
  }
}

function fresh(type: FieldType): Json {
  switch (type.is) {
    case 'boolean':
      return false
    case 'integer':
    case 'number':
      return 0
    case 'list':
      return []
    case 'object':
    case 'map':
    case 'kind':
    case 'rules':
    case 'entities':
      return {}
    case 'expression':
      return equalityCall('', '')
    default:
      return ''
  }
}
