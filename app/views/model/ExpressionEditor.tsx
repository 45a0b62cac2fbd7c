import { Plus, X } from 'lucide-react'
import { useId, useMemo } from 'react'
import type { Json, ModelExpression } from '../../../engine-worker/index.ts'
import { ExpressionField } from '../../forms/ExpressionField.tsx'
import { FormProvider } from '../../forms/FormProvider.tsx'
import { valueAtPath } from '../../pipe/json-edits.ts'
import { PipeContext, useDraft } from '../../pipe/pipe.ts'
import { useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { Input } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useModelWords } from './model-words.ts'
import { sqlOf } from './names.ts'

interface ExpressionEditorProps {
  readonly label: string
  readonly help: string
  readonly value: ModelExpression | undefined
  /** What an expression begins with; null where nothing is at hand. */
  readonly start: string | null
  readonly onChange: (value: ModelExpression | undefined, gesture: string | null) => void
}

/** Where the expression stands in the draft that the blocks edit: a step that adds a property. */
const expressionPath = ['transform', 'rules', 'default', 0, 2] as const

/** An expression of the model as blocks; SQL, which mapping files have, as its text. Without one the value stays as it is. */
export function ExpressionEditor({ label, help, value, start, onChange }: ExpressionEditorProps) {
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  const sql = value === undefined ? null : sqlOf(value)
  return (
    <fieldset aria-label={label} className="flex min-w-0 flex-col gap-1">
      <header className="flex items-center gap-2">
        <h3 className="flex-1 font-normal text-ink-soft">{label}</h3>
        {value !== undefined && !readOnly && (
          <IconButton label={w.expression.remove(label)} className="size-5" onClick={() => onChange(undefined, null)}>
            <X size={12} aria-hidden />
          </IconButton>
        )}
      </header>
      {value === undefined ? (
        <p className="flex items-center gap-2">
          <span className="text-ink-faint">{w.expression.none}</span>
          {!readOnly && (
            <Button small icon={<Plus size={12} aria-hidden />} onClick={() => onChange(start ?? '', null)}>
              {w.expression.add}
            </Button>
          )}
        </p>
      ) : sql !== null ? (
        <Input
          mono
          aria-label={`${label}: SQL`}
          value={sql}
          disabled={readOnly}
          onChange={(event) => onChange({ sql: event.target.value }, `sql ${label}`)}
        />
      ) : (
        <Blocks label={label} value={value} onChange={onChange} />
      )}
      <p className="text-tiny text-ink-faint">{help}</p>
    </fieldset>
  )
}

interface BlocksProps {
  readonly label: string
  readonly value: ModelExpression
  readonly onChange: ExpressionEditorProps['onChange']
}

function Blocks({ label, value: expression, onChange }: BlocksProps) {
  // DTL is JSON; what is SQL has a field of its own.
  const value = expression as Json
  const id = `model ${useId()}`
  const draft = useMemo(
    () => ({
      value: {
        _id: id,
        type: 'pipe',
        source: { type: 'embedded', entities: [] },
        transform: { type: 'dtl', rules: { default: [['add', 'value', value]] } },
      },
      change: (_: string, next: { [key: string]: Json }, gesture: string | null) =>
        onChange(valueAtPath(next, [...expressionPath]) ?? null, gesture === null ? null : `${id} ${gesture}`),
    }),
    [id, value, onChange],
  )
  useDraft(id, draft)
  return (
    <PipeContext value={id}>
      <FormProvider>
        <ExpressionField value={value} path={[...expressionPath]} label={label} />
      </FormProvider>
    </PipeContext>
  )
}
