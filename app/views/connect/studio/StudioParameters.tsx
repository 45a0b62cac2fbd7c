import { useState } from 'react'
import { isObject, type Json, type JsonObject } from '../../../../engine-worker/index.ts'
import { FormField, Input } from '../../../ui/Field.tsx'
import { useStudioWords } from './studio-words.ts'

interface ParametersProps {
  readonly params: Json | undefined
  /** What the service takes besides those for pages and changes. */
  readonly names: readonly string[]
  readonly onChange: (params: JsonObject) => void
}

/** Parameters that a list is asked with each time, as one line: `status=new&team=a`. */
export function StudioParameters({ params, names, onChange }: ParametersProps) {
  const w = useStudioWords()
  const [text, setText] = useState(lineOf(params))
  return (
    <FormField label={w.params} help={w.paramsHint(names.slice(0, 12).join(', '))}>
      {(ids) => (
        <Input
          mono
          {...ids}
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            onChange(paramsOf(target.value))
          }}
        />
      )}
    </FormField>
  )
}

function lineOf(params: Json | undefined): string {
  const entries = isObject(params) ? Object.entries(params) : []
  return entries.map(([name, value]) => `${name}=${String(value)}`).join('&')
}

/** The parameters of a line; a name without a value is not there yet. */
function paramsOf(line: string): JsonObject {
  const pieces = line.split('&').flatMap((piece) => {
    const at = piece.indexOf('=')
    return at < 1 || at === piece.length - 1 ? [] : [[piece.slice(0, at).trim(), piece.slice(at + 1)] as const]
  })
  return Object.fromEntries(pieces)
}
