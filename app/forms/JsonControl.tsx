import { useState } from 'react'
import {
  type FieldType,
  formatPart,
  type Json,
  type JsonPath,
  printJson,
  readConfig,
} from '../../engine-worker/index.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { failureText } from '../store/failure.ts'
import { TextArea } from '../ui/Field.tsx'
import { ValueEditor } from './ValueEditor.tsx'

/** What the control of a field is given. */
export interface ControlProps {
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

/** A value as the help text shows it. */
export function defaultText(value: Json): string {
  return typeof value === 'string' ? value : printJson(value)
}

/** Longer values are edited as text: a field for each part would be thousands. */
const maxLengthWithFields = 20_000

/** Data of any shape, as fields. */
export function DataControl(props: ControlProps) {
  const { value, ids, disabled, onChange } = props
  if (value !== undefined && printJson(value).length > maxLengthWithFields) return <JsonControl {...props} />
  return (
    <div {...ids} role="group">
      <ValueEditor value={value ?? ''} label={ids['aria-label'] ?? ''} disabled={disabled} onChange={onChange} />
    </div>
  )
}

/** Any JSON, applied when it is right. */
export function JsonControl({ value, otherwise, ids, disabled, onChange }: ControlProps) {
  const w = usePipeWords()
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
        placeholder={otherwise === undefined ? undefined : defaultText(otherwise)}
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
