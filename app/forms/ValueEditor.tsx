import { Float, isObject, type Json } from '../../engine-worker/index.ts'
import { isShownNumber } from '../data/value.ts'
import { useWords } from '../i18n/i18n.ts'
import { Input, Select } from '../ui/Field.tsx'
import { constantOfText } from './expression.ts'
import { NumberInput } from './NumberInput.tsx'
import { RowsControl } from './RowsControl.tsx'

/** The shapes that data has. */
const shapes = ['text', 'number', 'boolean', 'list', 'dict', 'null'] as const
type Shape = (typeof shapes)[number]

interface ValueEditorProps {
  readonly value: Json
  readonly label: string
  readonly disabled: boolean
  readonly onChange: (value: Json) => void
}

/** Any data as rows and fields: dictionaries by name, lists by place, and what stands in them. */
export function ValueEditor({ value, label, disabled, onChange }: ValueEditorProps) {
  const w = useWords()
  const shape = shapeOf(value)
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-1">
        <Select
          aria-label={`${label}: ${w.forms.type}`}
          className="h-7 w-auto! shrink-0 text-tiny"
          value={shape}
          disabled={disabled}
          onChange={(event) => {
            const next = shapes.find((each) => each === event.target.value)
            if (next) onChange(convertedTo(value, next))
          }}
        >
          {shapes.map((each) => (
            <option key={each} value={each}>
              {w.forms.shapes[each]}
            </option>
          ))}
        </Select>
        <Scalar shape={shape} value={value} label={label} disabled={disabled} onChange={onChange} />
      </div>
      {Array.isArray(value) && <ListRows items={value} label={label} disabled={disabled} onChange={onChange} />}
      {shape === 'dict' && isObject(value) && (
        <DictRows dict={value} label={label} disabled={disabled} onChange={onChange} />
      )}
    </div>
  )
}

function Scalar({ shape, value, label, disabled, onChange }: ValueEditorProps & { readonly shape: Shape }) {
  switch (shape) {
    case 'text':
      return (
        <Input
          mono
          className="min-w-0 flex-1"
          aria-label={label}
          value={typeof value === 'string' ? value : ''}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'number':
      return <NumberInput aria-label={label} value={value} disabled={disabled} onChange={onChange} />
    case 'boolean':
      return (
        <Select
          aria-label={label}
          value={String(value)}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value === 'true')}
        >
          <option value="true">true</option>
          <option value="false">false</option>
        </Select>
      )
    default:
      return null
  }
}

interface ListRowsProps extends Omit<ValueEditorProps, 'value'> {
  readonly items: readonly Json[]
}

function ListRows({ items, label, disabled, onChange }: ListRowsProps) {
  return (
    <div className="border-l border-line pl-2">
      <RowsControl
        items={items}
        disabled={disabled}
        fresh={() => emptyLike(items.at(-1))}
        fromTable={(table) =>
          table.map((cells) => (cells.length === 1 ? constantOfCell(cells[0]) : cells.map(constantOfCell)))
        }
        onChange={(next) => onChange([...next])}
      >
        {(item, index) => (
          <ValueEditor
            value={item}
            label={`${label} ${index + 1}`}
            disabled={disabled}
            onChange={(next) => onChange(items.map((each, at) => (at === index ? next : each)))}
          />
        )}
      </RowsControl>
    </div>
  )
}

interface DictRowsProps extends Omit<ValueEditorProps, 'value'> {
  readonly dict: { readonly [name: string]: Json }
}

function DictRows({ dict, label, disabled, onChange }: DictRowsProps) {
  const w = useWords()
  const entries = Object.entries(dict)
  const setPairs = (next: readonly (readonly [string, Json])[]) => onChange(Object.fromEntries(next))
  return (
    <div className="border-l border-line pl-2">
      <RowsControl
        items={entries}
        disabled={disabled}
        fresh={(): [string, Json] => [freeName(dict), '']}
        fromTable={(table) =>
          table.map(([name = '', ...cells]): [string, Json] => [
            name,
            cells.length === 1 ? constantOfCell(cells[0]) : cells.map(constantOfCell),
          ])
        }
        onChange={setPairs}
      >
        {([name, inner], index) => (
          <div className="flex min-w-0 flex-col gap-1">
            <Input
              mono
              aria-label={`${label}: ${w.forms.name} ${index + 1}`}
              value={name}
              disabled={disabled}
              // A name that another entry has would take its place: it is not taken while it is typed.
              onChange={({ target }) =>
                !Object.hasOwn(dict, target.value) &&
                setPairs(entries.map((each, at) => (at === index ? [target.value, inner] : each)))
              }
            />
            <ValueEditor
              value={inner}
              label={name}
              disabled={disabled}
              onChange={(next) => setPairs(entries.map((each, at) => (at === index ? [name, next] : each)))}
            />
          </div>
        )}
      </RowsControl>
    </div>
  )
}

function shapeOf(value: Json): Shape {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'string') return 'text'
  return value instanceof Float || isShownNumber(value) ? 'number' : 'dict'
}

/** A value in another shape; what there is goes along where it can. */
function convertedTo(value: Json, to: Shape): Json {
  const plain = typeof value === 'string' ? constantOfText(value) : value
  switch (to) {
    case 'text':
      return value === null || typeof value === 'object' ? '' : String(value)
    case 'number':
      return typeof plain === 'number' || typeof plain === 'bigint' ? plain : 0
    case 'boolean':
      return plain === true
    case 'list':
      return value === null || value === '' ? [] : [value]
    case 'dict':
      return isObject(value) ? value : {}
    default:
      return null
  }
}

function constantOfCell(cell: string | undefined): Json {
  return constantOfText(cell ?? '')
}

/** Another item of the kind of the last one. */
function emptyLike(item: Json | undefined): Json {
  if (Array.isArray(item)) return []
  return item !== undefined && shapeOf(item) === 'dict' ? {} : ''
}

/** A name that no entry has. */
export function freeName(dict: { readonly [name: string]: Json }): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'name' : `name${number}`
    if (!Object.hasOwn(dict, name)) return name
  }
}
